import { randomStream } from '../random/random-stream';
import type { Control, Note, Score, Track } from '../score/score';
import { keyAt } from '../score/timeline';
import { modulo12, pitchClass } from '../theory/key';
import { ownScale } from './own-scale';
import type { SongFrame } from './song-frame';

/** The controller number that stands for a pitch bend. */
const PITCH_BEND = -1;
/** MIDI registered parameter 0, the range of the pitch bend in semitones (MIDI 1.0 specification, RP-018): select it, then enter it. */
const [DATA_ENTRY, PARAMETER_LOW, PARAMETER_HIGH] = [6, 100, 101];
const BENDING: readonly number[] = [PITCH_BEND, DATA_ENTRY, PARAMETER_LOW, PARAMETER_HIGH];
const USUAL_RANGE = 2;
const GLIDE_RANGE = 12;
/** Notes that begin at most so long after the end of the one before join it, in ticks. */
const JOINED_TICKS = 60;
const BEND_STEPS = 6;

/**
 * Pitch bends of a part of one line: notes of a lead or counter tuned as the style's scale has them, slides into a note
 * from below, glides of a bass from the note before. A pure function of the notes, the seed and the style.
 */
export function bendControls(score: Pick<Score, 'keys' | 'seed' | 'style'>, frame: SongFrame, track: Track): Control[] {
  const { melody, bass } = frame.style;
  const melodic = track.role === 'lead' || track.role === 'counter';
  const reached = melodic ? melody.slidePercent : track.role === 'bass' ? bass.glidePercent : 0;
  const range = melodic ? USUAL_RANGE : GLIDE_RANGE;
  const tuning = melodic ? tunings(score) : undefined;
  if (!tuning && reached === 0) return [];
  const units = (semitones: number) => Math.max(-8192, Math.min(8191, Math.round((semitones * 8192) / range)));
  const controls: Control[] = [];
  let bent = 0;
  const bend = (tick: number, semitones: number) => {
    const value = units(semitones);
    if (value !== bent) controls.push({ tick, controller: PITCH_BEND, value });
    bent = value;
  };
  track.notes.forEach((note, index) => {
    const tuned = tuning?.(note) ?? 0;
    // A part has one pitch wheel: the note that begins next has it from there on.
    const until = track.notes[index + 1]?.startTick ?? Infinity;
    if (until === note.startTick) return;
    const from = reached === 0 ? 0 : startOf(note, track.notes[index - 1], { melodic, range });
    if (from === 0 || !randomStream(score.seed, 'bend', track.id, note.startTick).chance(reached))
      return bend(note.startTick, tuned);
    const length = Math.min(melodic ? 110 : 150, Math.round(note.durationTicks / 2));
    for (let step = 0; step <= BEND_STEPS; step++) {
      const tick = note.startTick + Math.round((length * step) / BEND_STEPS);
      if (tick < until) bend(tick, tuned + from * (1 - step / BEND_STEPS));
    }
  });
  if (melodic || controls.length === 0) return controls;
  return [
    { tick: 0, controller: PARAMETER_LOW, value: 0 },
    { tick: 0, controller: PARAMETER_HIGH, value: 0 },
    { tick: 1, controller: DATA_ENTRY, value: range },
    ...controls.map((control) => ({ ...control, tick: Math.max(2, control.tick) })),
  ];
}

/** A track with the bends that its notes ask for now, in the place of those of its notes before; the same object where the style bends nothing. */
export function withBends(score: Pick<Score, 'keys' | 'seed' | 'style'>, frame: SongFrame, track: Track): Track {
  const bends = bendControls(score, frame, track);
  if (bends.length === 0) return track;
  const others = track.controls.filter(({ controller }) => !BENDING.includes(controller));
  return { ...track, controls: byTick([...others, ...bends]) };
}

/** Controls in the order of a Score. */
export function byTick(controls: readonly Control[]): Control[] {
  return [...controls].sort((a, b) => a.tick - b.tick || a.controller - b.controller);
}

/** By how many semitones the style's scales tune a note away from equal temperament; undefined where they tune none. */
function tunings(score: Pick<Score, 'keys' | 'seed' | 'style'>): ((note: Note) => number) | undefined {
  const scales = new Map(score.keys.map(({ mode }) => [mode, ownScale(score.style, score.seed, mode)]));
  if ([...scales.values()].every((scale) => !scale?.cents.length)) return undefined;
  return ({ startTick, pitch }) => {
    const key = keyAt(score, startTick);
    const degree = modulo12(pitch - pitchClass(key.tonic));
    return (scales.get(key.mode)?.cents.find(([tuned]) => tuned === degree)?.[1] ?? 0) / 100;
  };
}

/** Where a bent note comes from, in semitones from its pitch; 0 where nothing leads into it. */
function startOf(
  note: Note,
  before: Note | undefined,
  { melodic, range }: { melodic: boolean; range: number },
): number {
  // Shorter notes are over before a slide is heard.
  if (note.durationTicks < 160) return 0;
  if (melodic) return -2;
  const joined = before && note.startTick - before.startTick - before.durationTicks <= JOINED_TICKS;
  return joined ? Math.max(-range, Math.min(range, before.pitch - note.pitch)) : 0;
}
