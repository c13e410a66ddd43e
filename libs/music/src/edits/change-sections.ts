import { playableNotes } from '../agents/performance';
import { InputError } from '../input-error';
import { instrument } from '../instruments/instrument';
import type { Score, Section, Track } from '../score/score';
import { endTick, sectionRange, type TickRange } from '../score/timeline';
import type { EditOf } from './edit';
import { findSection, withSections, type SongState } from './song-state';
import { spliceNotes } from './splice-notes';

/**
 * Plays a section again, as often as asked, before going on. The copies go in front of it, so that what leads on (a
 * ritardando, a change of tempo within it) stays at its end; they play at the tempo the section begins with.
 */
export function repeatSection(
  state: SongState,
  { sectionId, times }: EditOf<'repeat_section'>,
  field: string,
): SongState {
  let current = state;
  for (let count = 0; count < times; count++)
    current = repeatOnce(current, findSection(current.score, sectionId, `${field}.sectionId`));
  return current;
}

/** Takes a section out and closes the gap. A note that rings into it from before ends where it would meet another one. @throws InputError for the only section. */
export function removeSection(state: SongState, { sectionId }: EditOf<'remove_section'>, field: string): SongState {
  const { score } = state;
  const section = findSection(score, sectionId, `${field}.sectionId`);
  if (score.sections.length === 1)
    throw new InputError(`${field}.sectionId`, sectionId, 'a section that is not the only one');
  const range = sectionRange(score, section);
  const length = range.endTick - range.startTick;
  const back = (tick: number) => (tick >= range.endTick ? tick - length : tick);
  const outside = (tick: number) => tick < range.startTick || tick >= range.endTick;
  const sections = score.sections
    .filter(({ id }) => id !== sectionId)
    .map((other) =>
      other.startBar > section.startBar ? { ...other, startBar: other.startBar - section.bars } : other,
    );
  const end = endTick(score) - length;
  const next: Score = {
    ...score,
    sections,
    tempos: withoutRange(score.tempos, range, end),
    meters: withoutRange(score.meters, range, end),
    keys: withoutRange(score.keys, range, end),
    chords: score.chords
      .filter(({ startTick }) => outside(startTick))
      .map((chord) => ({ ...chord, startTick: back(chord.startTick) })),
    tracks: score.tracks.map((track) => {
      const notes = track.notes
        .filter(({ startTick }) => outside(startTick))
        .map((note) => ({ ...note, startTick: back(note.startTick) }));
      const controls = track.controls
        .filter(({ tick }) => outside(tick))
        .map((control) => ({ ...control, tick: back(control.tick) }));
      return { ...track, notes: playableNotes(notes, instrument(track.instrument), end), controls };
    }),
    master: { ...score.master, fadeOutTicks: Math.min(score.master.fadeOutTicks, end) },
  };
  return withSections(state, next, (ids) => ids.filter((id) => id !== sectionId));
}

function repeatOnce(state: SongState, section: Section): SongState {
  const { score } = state;
  const range = sectionRange(score, section);
  const length = range.endTick - range.startTick;
  const copy: Section = { ...section, id: freshId(score, section.name) };
  const sections = score.sections.flatMap((other) => {
    const later = { ...other, startBar: other.startBar + section.bars };
    if (other.id === section.id) return [copy, later];
    return [other.startBar > section.startBar ? later : other];
  });
  const inside = <T extends { startTick: number }>(items: readonly T[]) =>
    items.filter(({ startTick }) => startTick >= range.startTick && startTick < range.endTick);
  const next: Score = {
    ...score,
    sections,
    tempos: score.tempos.map((tempo) =>
      tempo.tick > range.startTick ? { ...tempo, tick: tempo.tick + length } : tempo,
    ),
    meters: repeated(score.meters, range),
    keys: repeated(score.keys, range),
    chords: [
      ...score.chords.filter(({ startTick }) => startTick < range.startTick),
      ...inside(score.chords),
      ...later(score.chords, range.startTick, length),
    ],
    tracks: score.tracks.map((track) => repeatTrack(track, range, inside(track.notes))),
  };
  return withSections(state, next, (ids) => ids.flatMap((id) => (id === section.id ? [copy.id, id] : [id])));
}

function repeatTrack(track: Track, range: TickRange, copied: Track['notes']): Track {
  const length = range.endTick - range.startTick;
  const before = track.notes.filter(({ startTick }) => startTick < range.startTick);
  const moved = [...before, ...later(track.notes, range.startTick, length)];
  return {
    ...track,
    notes: spliceNotes(moved, copied, range, instrument(track.instrument)),
    controls: [
      ...track.controls.filter(({ tick }) => tick < range.endTick),
      ...track.controls
        .filter(({ tick }) => tick >= range.startTick)
        .map((control) => ({ ...control, tick: control.tick + length })),
    ],
  };
}

function later<T extends { startTick: number }>(items: readonly T[], from: number, by: number): T[] {
  return items
    .filter(({ startTick }) => startTick >= from)
    .map((item) => ({ ...item, startTick: item.startTick + by }));
}

/** Changes of key or meter with those of a range played twice; the second time begins with what the first began with. */
function repeated<T extends { tick: number }>(changes: readonly T[], range: TickRange): T[] {
  const length = range.endTick - range.startTick;
  const within = changes.filter(({ tick }) => tick > range.startTick && tick < range.endTick);
  const initial = changes.findLast(({ tick }) => tick <= range.startTick);
  const again = within.length > 0 && initial ? [{ ...initial, tick: range.endTick }] : [];
  return [
    ...changes.filter(({ tick }) => tick < range.endTick && (tick <= range.startTick || within.length > 0)),
    ...again,
    ...changes
      .filter(({ tick }) => tick > range.startTick)
      .map((change) => ({ ...change, tick: change.tick + length })),
  ];
}

/** Changes of tempo, key or meter with those of a range left out; what is in force after it stays in force. */
function withoutRange<T extends { tick: number }>(changes: readonly T[], range: TickRange, end: number): T[] {
  const length = range.endTick - range.startTick;
  const after = changes
    .filter(({ tick }) => tick > range.endTick)
    .map((change) => ({ ...change, tick: change.tick - length }));
  const before = changes.filter(({ tick }) => tick < range.startTick);
  const current = changes.findLast(({ tick }) => tick <= range.endTick);
  const previous = before.at(-1);
  const differs = current && (!previous || !sameButTick(current, previous));
  const joint = differs && range.startTick < end ? [{ ...current, tick: range.startTick }] : [];
  return [...before, ...joint, ...after];
}

function sameButTick<T extends { tick: number }>(a: T, b: T): boolean {
  return JSON.stringify({ ...a, tick: 0 }) === JSON.stringify({ ...b, tick: 0 });
}

function freshId(score: Score, name: string): string {
  const ids = new Set(score.sections.map(({ id }) => id));
  let number = score.sections.filter((section) => section.name === name).length + 1;
  while (ids.has(`${name}-${number}`)) number++;
  return `${name}-${number}`;
}
