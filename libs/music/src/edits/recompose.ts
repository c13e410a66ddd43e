import { AGENTS } from '../agents/compose';
import { emptyScore } from '../agents/empty-score';
import { playableNotes } from '../agents/performance';
import { nearest } from '../brief/nearest';
import { checkMeter } from '../brief/read-meter';
import type { Brief } from '../brief/brief';
import { InputError } from '../input-error';
import { instrument } from '../instruments/instrument';
import { orchestrate } from '../plan/orchestration';
import type { Plan } from '../plan/plan';
import { barAtTick, barLengthTicks, barStartTick, endTick } from '../score/timeline';
import type { Score } from '../score/score';
import { findStyleByAlias, STYLES } from '../styles/style-catalogue';
import { STEP_TICKS } from '../theory/meter-grid';
import type { EditOf } from './edit';
import { withinRange } from './edit-track';
import { rebend } from './rebend';
import { changeTrack, stated, type SongState } from './song-state';
import { writeTrack } from './write-track';

/**
 * The song in another time signature: each bar keeps its chords, in proportion, and its key; every part is written anew by
 * its agent, with the mix it had.
 * @throws InputError for a meter that nothing is written in.
 */
export function setMeter(state: SongState, { numerator, denominator }: EditOf<'set_meter'>, field: string): SongState {
  const { score, plan } = state;
  checkMeter(field, { numerator, denominator });
  if (score.meters.every((meter) => meter.numerator === numerator && meter.denominator === denominator)) return state;
  const brief = { ...state.brief, meter: stated({ numerator, denominator }) };
  const to = barLengthTicks({ numerator, denominator });
  const moved = (tick: number) => {
    const bar = barAtTick(score, tick);
    const start = barStartTick(score, bar);
    const share = (tick - start) / (barStartTick(score, bar + 1) - start);
    return bar * to + Math.min(to, Math.round(share * (to / STEP_TICKS)) * STEP_TICKS);
  };
  const base: Score = {
    ...emptyScore(brief, plan),
    keys: score.keys.map((key) => ({ ...key, tick: barAtTick(score, key.tick) * to })),
    chords: score.chords.flatMap((chord) => {
      const startTick = moved(chord.startTick);
      const durationTicks = moved(chord.startTick + chord.durationTicks) - startTick;
      return durationTicks > 0 ? [{ ...chord, startTick, durationTicks }] : [];
    }),
  };
  const written = performed(brief, plan, base);
  const tracks = written.tracks.map((track) => ({
    ...track,
    mix: score.tracks.find(({ id }) => id === track.id)?.mix ?? track.mix,
  }));
  return { brief, plan, score: { ...written, title: score.title, tracks } };
}

/**
 * The song as another style plays it. Form, chords, keys, title and the notes of the first lead stay; band, rhythm, swing,
 * mix and ending are the new style's, the tempo too where the old one is none of its own.
 * @throws InputError for an unknown style, with the nearest names.
 */
export function setStyle(state: SongState, { style: name }: EditOf<'set_style'>, field: string): SongState {
  const { score } = state;
  const next = findStyleByAlias(name);
  if (!next) {
    const ids = STYLES.map(({ id }) => id);
    throw new InputError(`${field}.style`, name, `a style; nearest: ${nearest(name, ids, 5).join(', ')}`);
  }
  const { lowest, highest, default: usual } = next.tempoBpm;
  const tempo = state.brief.tempoMilliBpm.value;
  const brief: Brief = {
    ...state.brief,
    style: stated(next.id),
    blend: stated<string[]>([]),
    swingPercent: stated(next.swing.percent),
    tempoMilliBpm: tempo >= lowest * 1000 && tempo <= highest * 1000 ? state.brief.tempoMilliBpm : stated(usual * 1000),
  };
  const plan: Plan = {
    ...state.plan,
    tracks: orchestrate(brief, next, score.sections).filter(({ sectionIds }) => sectionIds.length > 0),
  };
  const base = { ...emptyScore(brief, plan), meters: score.meters, keys: score.keys, chords: score.chords };
  const written = performed(brief, plan, base);
  return withMelody(state, { brief, plan, score: { ...written, title: score.title } });
}

/** Who plays the melody now plays the one there was. */
function withMelody(before: SongState, after: SongState): SongState {
  const old = before.score.tracks.find(({ role, notes }) => role === 'lead' && notes.length > 0);
  const lead = after.score.tracks.find(({ role }) => role === 'lead');
  if (!old || !lead) return after;
  const player = instrument(lead.instrument);
  if (player.isDrumKit) return after;
  const notes = playableNotes(withinRange(old.notes, player), player, endTick(after.score));
  const led = changeTrack(after.score, lead.id, (track) => ({ ...track, notes }));
  const answered = led.tracks
    .filter(({ role }) => role === 'counter')
    .reduce(
      (current, { id }) =>
        changeTrack(current, id, (track) => ({
          ...track,
          notes: writeTrack(after.brief, after.plan, current, track).notes,
        })),
      led,
    );
  return rebend(after, { ...after, score: answered });
}

/** All agents but harmony, whose chords are there. */
function performed(brief: Brief, plan: Plan, base: Score): Score {
  return (['rhythm', 'bass', 'melody', 'arranger', 'mixer'] as const).reduce(
    (score, agent) => AGENTS[agent]({ brief, plan, score, attempt: 0 }),
    base,
  );
}
