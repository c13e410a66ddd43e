import { planForm } from '../plan/form';
import { InputError } from '../input-error';
import type { Section } from '../score/score';
import { barRange, totalBars } from '../score/timeline';
import { style } from '../styles/style-catalogue';
import type { EditOf } from './edit';
import { playsAt } from './plays-at';
import { rearranged, type Piece } from './rearrange';
import { rewrite } from './rewrite';
import { changePlannedTrack, findSection, withSections, type SongState } from './song-state';

/** Most bars of a song, as in a Brief. */
const MAX_BARS = 1024;
/** What leads on stays last: the fill of a section's last bar, the cadence of the song's last two. */
const [LEAD_BARS, CADENCE_BARS] = [1, 2];

/** Plays a section again, as often as asked, before going on; the copies go in front of it. */
export function repeatSection(
  state: SongState,
  { sectionId, times }: EditOf<'repeat_section'>,
  field: string,
): SongState {
  const { sections } = state.score;
  const section = findSection(state.score, sectionId, `${field}.sectionId`);
  checkRoom(state, section.bars * times, `${field}.times`, times);
  const copies: Section[] = [];
  for (let count = 0; count < times; count++)
    copies.push({ ...section, id: freshId([...sections, ...copies], section.name) });
  const ordered = sections.flatMap((each) => (each === section ? [...copies, section] : [each]));
  const pieces = ordered.map((each) => barsOf(copies.includes(each) ? section : each));
  const ids = copies.map(({ id }) => id);
  return joined(state, pieces, ordered, (own) => own.flatMap((id) => (id === sectionId ? [...ids, id] : [id])));
}

/** Takes a section out and closes the gap. A note that rings into it from before ends where it would meet another one. @throws InputError for the only section. */
export function removeSection(state: SongState, { sectionId }: EditOf<'remove_section'>, field: string): SongState {
  const section = findSection(state.score, sectionId, `${field}.sectionId`);
  const left = state.score.sections.filter((each) => each !== section);
  if (left.length === 0) throw new InputError(`${field}.sectionId`, sectionId, 'a section that is not the only one');
  return joined(state, left.map(barsOf), left, (ids) => ids.filter((id) => id !== sectionId));
}

/** Plays a section somewhere else: after another one, or first. */
export function moveSection(
  state: SongState,
  { sectionId, afterSectionId }: EditOf<'move_section'>,
  field: string,
): SongState {
  const section = findSection(state.score, sectionId, `${field}.sectionId`);
  const place = `${field}.afterSectionId`;
  if (afterSectionId === sectionId) throw new InputError(place, afterSectionId, 'another section than the moved one');
  const ordered = placed(state, section, afterSectionId, place);
  return joined(state, ordered.map(barsOf), ordered, (ids) => ids);
}

/**
 * A new section, composed: after another one, or first. Those play in it who play in the first section of its kind, or
 * else whom the style has play at its energy.
 */
export function insertSection(state: SongState, edit: EditOf<'insert_section'>, field: string): SongState {
  const { name, bars, afterSectionId } = edit;
  checkRoom(state, bars, `${field}.bars`, bars);
  const own = style(state.brief.style.value);
  const form = { value: [{ name, bars }], provenance: 'stated' as const, spans: [] };
  const [planned] = planForm({ ...state.brief, form }, own);
  const like = state.score.sections.find((each) => each.name === name);
  const section: Section = {
    id: freshId(state.score.sections, name),
    name,
    startBar: 0,
    bars,
    energy: like?.energy ?? planned?.energy ?? 50,
  };
  const ordered = placed(state, section, afterSectionId, `${field}.afterSectionId`);
  const pieces = ordered.map((each): Piece => (each === section ? { blankBars: bars } : barsOf(each)));
  const opened = joined(state, pieces, ordered, (ids) => ids);
  const plan = opened.plan.tracks.reduce((current, track) => {
    const joins = like ? track.sectionIds.includes(like.id) : playsAt(own, track.role, section.energy);
    const order = ordered.map(({ id }) => id).filter((id) => id === section.id || track.sectionIds.includes(id));
    return joins ? changePlannedTrack(current, track.id, (old) => ({ ...old, sectionIds: order })) : current;
  }, opened.plan);
  const place = findSection(opened.score, section.id, field);
  return rewrite({ ...opened, plan }, barRange(opened.score, place.startBar, bars), opened.score.tracks, true);
}

/**
 * A section longer or shorter: bars come in, composed, or go out before what leads on from it (the last bar of the
 * section, the last two of the song); the others stay.
 */
export function resizeSection(
  state: SongState,
  { sectionId, bars }: EditOf<'resize_section'>,
  field: string,
): SongState {
  const { score } = state;
  const section = findSection(score, sectionId, `${field}.sectionId`);
  const change = bars - section.bars;
  if (change === 0) return state;
  checkRoom(state, change, `${field}.bars`, bars);
  const isLast = section === score.sections.at(-1);
  const tail = Math.min(isLast ? CADENCE_BARS : LEAD_BARS, section.bars, bars);
  const at = section.startBar + section.bars - tail;
  const pieces: Piece[] =
    change > 0
      ? [{ fromBar: 0, toBar: at }, { blankBars: change }, { fromBar: at, toBar: totalBars(score) }]
      : [
          { fromBar: 0, toBar: at + change },
          { fromBar: at, toBar: totalBars(score) },
        ];
  const sections = score.sections.map((each) => (each === section ? { ...each, bars } : each));
  const next = joined(state, pieces, sections, (ids) => ids);
  if (change < 0) return next;
  return rewrite(next, barRange(next.score, at, change), next.score.tracks, true);
}

function barsOf({ startBar, bars }: Section): Piece {
  return { fromBar: startBar, toBar: startBar + bars };
}

/** The sections with one of them, or a new one, after another; first where none is named. */
function placed({ score }: SongState, section: Section, after: string | undefined, field: string): Section[] {
  const others = score.sections.filter(({ id }) => id !== section.id);
  const place = after === undefined ? 0 : others.indexOf(findSection(score, after, field)) + 1;
  return [...others.slice(0, place), section, ...others.slice(place)];
}

function joined(
  state: SongState,
  pieces: readonly Piece[],
  ordered: readonly Section[],
  sectionIds: (ids: string[]) => string[],
): SongState {
  let startBar = 0;
  const sections = ordered.map((section) => {
    const placedSection = { ...section, startBar };
    startBar += section.bars;
    return placedSection;
  });
  const order = new Map(sections.map(({ id }, index) => [id, index]));
  return withSections(state, rearranged(state.score, pieces, sections), (ids) =>
    sectionIds(ids).sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0)),
  );
}

function checkRoom({ score }: SongState, more: number, field: string, value: number): void {
  const total = totalBars(score);
  if (total + more > MAX_BARS)
    throw new InputError(field, value, `at most ${MAX_BARS} bars in all; there are ${total}`);
}

function freshId(sections: readonly Section[], name: string): string {
  const ids = new Set(sections.map(({ id }) => id));
  let number = sections.filter((section) => section.name === name).length + 1;
  while (ids.has(`${name}-${number}`)) number++;
  return `${name}-${number}`;
}
