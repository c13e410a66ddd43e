import { playableNotes } from '../agents/performance';
import { InputError } from '../input-error';
import { instrument } from '../instruments/instrument';
import type { Note, Role, Score, Track } from '../score/score';
import { barAtTick, barLengthTicks, barStartTick, endTick, isCompound, meterAt, sectionRange } from '../score/timeline';
import { style } from '../styles/style-catalogue';
import { STEP_TICKS } from '../theory/meter-grid';
import type { EditOf, Feel } from './edit';
import { rebend } from './rebend';
import { stated, type SongState } from './song-state';

/** Share of a pair that its first half takes, in percent: even, a light swing, triplets. */
const SWING_PERCENT: Partial<Record<Feel, number>> = { straight: 50, swing: 60, shuffle: 67 };
const RHYTHMIC: readonly Role[] = ['drums', 'percussion'];

/**
 * Another feel at the same tempo. `straight`, `swing` and `shuffle` move every note that stands off the beat to where the
 * new feel has it; `half_time` lets drums and percussion go half as fast, `double_time` twice as fast, and leaves all
 * others.
 * @throws InputError for a swing of eighths in a compound meter, which goes in threes already.
 */
export function setFeel(state: SongState, { feel }: EditOf<'set_feel'>, field: string): SongState {
  const percent = SWING_PERCENT[feel];
  if (percent !== undefined) return swung(state, feel, percent, field);
  const tracks = state.score.tracks.map((track) =>
    RHYTHMIC.includes(track.role) ? paced(state.score, track, feel === 'half_time') : track,
  );
  return { ...state, score: { ...state.score, tracks } };
}

function swung(state: SongState, feel: Feel, percent: number, field: string): SongState {
  const { score, brief } = state;
  const { unit } = style(brief.style.value).swing;
  if (unit === 'eighth' && score.meters.some(isCompound)) {
    throw new InputError(`${field}.feel`, feel, 'half_time or double_time: this meter goes in threes already');
  }
  const pair = (unit === 'eighth' ? 4 : 2) * STEP_TICKS;
  const [from, to] = [(brief.swingPercent.value / 100) * pair, (percent / 100) * pair];
  const end = endTick(score);
  const moved = (tick: number): number => {
    if (tick >= end) return tick;
    const bar = barStartTick(score, barAtTick(score, tick));
    const within = (tick - bar) % pair;
    // A pair that its bar cuts off is not swung.
    if (tick - within + pair > bar + barLengthTicks(meterAt(score, tick))) return tick;
    const next = within <= from ? (within * to) / from : to + ((within - from) * (pair - to)) / (pair - from);
    return tick - within + Math.round(next);
  };
  const tracks = score.tracks.map((track) => {
    const notes = track.notes.map((note): Note => {
      const startTick = moved(note.startTick);
      const endsAt = moved(note.startTick + note.durationTicks);
      return { ...note, startTick, durationTicks: Math.max(1, endsAt - startTick) };
    });
    return { ...track, notes: playableNotes(notes, instrument(track.instrument), end) };
  });
  return rebend(state, { ...state, brief: { ...brief, swingPercent: stated(percent) }, score: { ...score, tracks } });
}

/** Each bar of a section, with the next one, takes what the first of the two has; or each bar has its own twice. */
function paced(score: Score, track: Track, half: boolean): Track {
  const notes = score.sections.flatMap((section) => {
    const { startTick, endTick: end } = sectionRange(score, section);
    return track.notes
      .filter((note) => note.startTick >= startTick && note.startTick < end)
      .flatMap((note) => {
        const bar = barAtTick(score, note.startTick);
        const barStart = barStartTick(score, bar);
        const within = note.startTick - barStart;
        const length = barStartTick(score, bar + 1) - barStart;
        if (!half) {
          const quick = { ...note, durationTicks: Math.max(1, Math.round(note.durationTicks / 2)) };
          return [0, length / 2].map((shift) => ({ ...quick, startTick: barStart + Math.round(within / 2 + shift) }));
        }
        const isSecond = (bar - section.startBar) % 2 === 1;
        const slow = { ...note, startTick: barStart + within * 2, durationTicks: note.durationTicks * 2 };
        return isSecond || slow.startTick >= end ? [] : [slow];
      });
  });
  return { ...track, notes: playableNotes(notes, instrument(track.instrument), endTick(score)) };
}
