import { plays } from '../agents/plays';
import { playableNotes } from '../agents/performance';
import { instrument, type Instrument } from '../instruments/instrument';
import { DRUM_KEYS } from '../instruments/drum-key';
import type { Note, Score, Track } from '../score/score';
import { barAtTick, barStartTick, beatLengthTicks, meterAt, sectionRange, type TickRange } from '../score/timeline';
import type { EditOf } from './edit';
import { rebend } from './rebend';
import { isInside, rangeOf, tracksOf } from './scope';
import { rewrite } from './rewrite';
import { spliceNotes } from './splice-notes';
import { changePlannedTrack, changeTrack, findSection, type SongState } from './song-state';

const LOUDER = 1.1;
const MORE_ENERGY = 15;
/** What keeps the time in a kit: its gaps are filled. */
const TIME_KEEPERS: readonly number[] = [
  DRUM_KEYS['closed-hi-hat'],
  DRUM_KEYS['pedal-hi-hat'],
  DRUM_KEYS.ride,
  DRUM_KEYS['ride-2'],
  DRUM_KEYS.shaker,
  DRUM_KEYS.tambourine,
];

/**
 * A scope made bigger: all of it louder; hi-hats, rides and shakers twice as dense, with a crash to begin with; bass notes
 * struck again on each half beat; chords, pads and leads that can, doubled at the octave. Of a whole section the energy
 * rises too, and the tracks that rest in it join in.
 */
export function intensify(state: SongState, edit: EditOf<'intensify'>, field: string): SongState {
  const joined =
    edit.sectionId !== undefined && edit.trackId === undefined ? fuller(state, edit.sectionId, field) : state;
  const { score } = joined;
  const range = rangeOf(score, edit, field);
  const next = tracksOf(score, edit, field).reduce(
    (current, { id }) =>
      changeTrack(current, id, (track) => ({
        ...track,
        notes: spliceNotes(track.notes, bigger(score, track, range), range, instrument(track.instrument), {
          ringOut: true,
        }),
      })),
    score,
  );
  return rebend(state, { ...joined, score: next });
}

/** The section with more energy, and played by all. */
function fuller(state: SongState, sectionId: string, field: string): SongState {
  const section = findSection(state.score, sectionId, `${field}.sectionId`);
  const raise = <T extends { id: string; energy: number }>(sections: readonly T[]): T[] =>
    sections.map((each) =>
      each.id === sectionId ? { ...each, energy: Math.min(100, each.energy + MORE_ENERGY) } : each,
    );
  const range = sectionRange(state.score, section);
  const resting = state.score.tracks.filter(
    ({ id, notes }) => !plays(state.plan, id, sectionId) && !notes.some((note) => isInside(range, note.startTick)),
  );
  const ids = state.score.sections.map(({ id }) => id);
  const plan = resting.reduce(
    (current, { id }) =>
      changePlannedTrack(current, id, (track) => ({
        ...track,
        sectionIds: ids.filter((each) => each === sectionId || track.sectionIds.includes(each)),
      })),
    { ...state.plan, sections: raise(state.plan.sections) },
  );
  const raised = { ...state, plan, score: { ...state.score, sections: raise(state.score.sections) } };
  return rewrite(raised, range, resting, false);
}

function bigger(score: Score, track: Track, range: TickRange): Note[] {
  const player = instrument(track.instrument);
  const louder = track.notes
    .filter(({ startTick }) => isInside(range, startTick))
    .map((note) => ({ ...note, velocity: Math.min(127, Math.round(note.velocity * LOUDER) + 2) }));
  const denser =
    track.role === 'drums' || track.role === 'percussion'
      ? [...opening(track, range, louder), ...filled(score, louder)]
      : track.role === 'bass'
        ? struckAgain(score, louder)
        : player.polyphonic && track.role !== 'fx'
          ? doubled(louder, player)
          : louder;
  return playableNotes(denser, player, Infinity);
}

/** A crash where the kit begins the range, in place of nothing. */
function opening({ role }: Track, { startTick }: TickRange, notes: readonly Note[]): Note[] {
  const [first] = notes;
  if (role !== 'drums' || !first) return [];
  return [{ startTick, durationTicks: 240, pitch: DRUM_KEYS.crash, velocity: Math.min(127, first.velocity + 10) }];
}

/** Between two strokes of a time keeper less than two beats apart, another one, softer. */
function filled(score: Score, notes: readonly Note[]): Note[] {
  return notes.flatMap((note) => {
    if (!TIME_KEEPERS.includes(note.pitch)) return [note];
    const next = notes.find(({ startTick, pitch }) => startTick > note.startTick && pitch === note.pitch);
    const gap = next ? next.startTick - note.startTick : 0;
    const beat = beatLengthTicks(meterAt(score, note.startTick));
    if (gap > 2 * beat || gap < beat / 3) return [note];
    const startTick = note.startTick + Math.round(gap / 2);
    const velocity = Math.max(1, Math.round(note.velocity * 0.75));
    return [note, { ...note, startTick, velocity, durationTicks: Math.max(1, Math.min(note.durationTicks, gap >> 2)) }];
  });
}

/** Long notes struck again on each half beat. */
function struckAgain(score: Score, notes: readonly Note[]): Note[] {
  return notes.flatMap((note) => {
    const unit = beatLengthTicks(meterAt(score, note.startTick)) / 2;
    const bar = barStartTick(score, barAtTick(score, note.startTick));
    const end = note.startTick + note.durationTicks;
    const strokes = [note.startTick];
    for (let tick = bar + unit; tick <= end - unit / 2; tick += unit)
      if (tick >= note.startTick + unit * 0.75) strokes.push(Math.round(tick));
    return strokes.map((startTick, index) => ({
      ...note,
      startTick,
      durationTicks: Math.max(1, (strokes[index + 1] ?? end) - startTick),
      velocity: index === 0 ? note.velocity : Math.max(1, note.velocity - 8),
    }));
  });
}

/** The highest of notes that begin together, an octave above too, softer. */
function doubled(notes: readonly Note[], { highestPitch }: Instrument): Note[] {
  const tops = new Map<number, Note>();
  for (const note of notes) if (note.pitch >= (tops.get(note.startTick)?.pitch ?? 0)) tops.set(note.startTick, note);
  const above = [...tops.values()]
    .filter(({ pitch }) => pitch + 12 <= highestPitch)
    .map((note) => ({ ...note, pitch: note.pitch + 12, velocity: Math.max(1, Math.round(note.velocity * 0.8)) }));
  return [...notes, ...above];
}
