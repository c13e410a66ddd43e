import type { Brief } from '../brief/brief';
import { keyFits, sameKey } from '../measures/find-key';
import { pitchClassEntropy } from '../measures/muspy-measures';
import { pitchedNotesIn } from '../measures/sounding-tracks';
import type { Plan } from '../plan/plan';
import type { Note, Score } from '../score/score';
import { STEP_TICKS } from '../theory/meter-grid';
import { criticise } from './critic';
import { QUICKEST_TICKS } from './faults/melody-faults';
import { harmonyTimeline } from './harmony-timeline';
import { songFrame, type SongFrame } from './song-frame';

/**
 * How good a Score is among candidates for one Brief, 0 to 1: half of it freedom from faults, the rest closeness to what
 * human music does in melody (steps, returning rhythms, range, chord tones on beats), form (fuller where the energy is
 * higher), pitch variety and clearness of key. Only to compare candidates; it is no measure of beauty.
 */
export function scoreQuality(brief: Brief, plan: Plan, score: Score): number {
  const frame = songFrame(brief, plan, score);
  const sound = 1 / (1 + criticise(brief, plan, score).length);
  const leads = score.tracks.filter(({ role, notes }) => role === 'lead' && notes.length > 3).map(({ notes }) => notes);
  const parts = [
    ...leads.map((notes) => melodyQuality(notes, score, frame)),
    formQuality(plan, score, frame),
    // Human music stands at 2.97 bits (MusPy on the SOD corpus).
    within(pitchClassEntropy(score) ?? 0, 2.5, 3.25, 0.5),
    keyQuality(brief, score),
  ];
  return 0.5 * sound + 0.5 * mean(parts);
}

function melodyQuality(notes: readonly Note[], score: Score, frame: SongFrame): number {
  const sizes = notes.slice(1).map((note, index) => Math.abs(note.pitch - (notes[index]?.pitch ?? note.pitch)));
  const moving = sizes.filter((size) => size > 0);
  const steps = moving.filter((size) => size <= 2).length / Math.max(1, moving.length);
  const repeated = 1 - moving.length / Math.max(1, sizes.length);
  const pitches = new Set(notes.map(({ pitch }) => pitch));
  const range = Math.max(...pitches) - Math.min(...pitches);
  return mean([
    // Two thirds of the intervals of folk and popular melodies are seconds (D. Huron, Sweet Anticipation, 2006, ch. 5).
    within(steps, 0.45, 0.8, 0.35),
    within(repeated, 0, 0.25, 0.3),
    within(range, 9, 19, 8),
    within(pitches.size, 6, 14, 5),
    within(returningBars(notes, frame), 0.45, 0.95, 0.35),
    within(chordToneShare(notes, score, frame), 0.7, 0.97, 0.3),
  ]);
}

/** The share of bars whose rhythm comes more than once. */
function returningBars(notes: readonly Note[], frame: SongFrame): number {
  const rhythms = new Map<number, string>();
  for (const { startTick, durationTicks } of notes) {
    if (durationTicks <= QUICKEST_TICKS) continue;
    const bar = frame.barAt(startTick);
    rhythms.set(bar, `${rhythms.get(bar) ?? ''} ${Math.round(frame.withinBar(startTick) / (2 * STEP_TICKS))}`);
  }
  const all = [...rhythms.values()];
  return all.filter((rhythm) => all.indexOf(rhythm) !== all.lastIndexOf(rhythm)).length / Math.max(1, all.length);
}

function chordToneShare(notes: readonly Note[], score: Score, frame: SongFrame): number {
  const harmony = harmonyTimeline(score);
  const onBeats = notes.filter(({ startTick }) => {
    const step = frame.withinBar(startTick) / STEP_TICKS;
    return frame.at(startTick).beats.some((beat) => Math.abs(step - beat) < 0.25);
  });
  const fitting = onBeats.filter(({ startTick, pitch }) =>
    harmony.at(startTick + STEP_TICKS / 4).restful.includes(pitch % 12),
  );
  return onBeats.length ? fitting.length / onBeats.length : 1;
}

/** How well the fullness of the sections (sum of velocities a bar) follows their energies: 1 where every pair agrees. */
function formQuality(plan: Plan, score: Score, frame: SongFrame): number {
  const levels = plan.sections.map((section) => {
    const start = frame.barStart(section.startBar);
    const end = frame.barStart(section.startBar + section.bars);
    const within = (note: Note) => note.startTick >= start && note.startTick < end;
    const sum = score.tracks.reduce(
      (total, { notes }) => total + notes.reduce((part, note) => part + (within(note) ? note.velocity : 0), 0),
      0,
    );
    return { energy: section.energy, level: sum / section.bars };
  });
  const pairs = levels
    .flatMap((a, index) => levels.slice(index + 1).map((b) => [a, b] as const))
    .filter(([a, b]) => Math.abs(a.energy - b.energy) >= 5);
  return pairs.length ? pairs.filter(([a, b]) => a.energy > b.energy === a.level > b.level).length / pairs.length : 1;
}

/** How far the asked key stands out from the next best one. */
function keyQuality(brief: Brief, score: Score): number {
  const fits = keyFits(pitchedNotesIn(score, brief.key.value), ['major', 'minor', brief.key.value.mode]);
  const own = fits.find(({ key }) => sameKey(key, brief.key.value))?.correlation ?? 0;
  const other = fits.find(({ key }) => !sameKey(key, brief.key.value))?.correlation ?? 0;
  return within(own - other, 0.05, 2, 0.2);
}

/** 1 from `low` to `high`, falling to 0 at a distance of `slope` on either side. */
function within(value: number, low: number, high: number, slope: number): number {
  const distance = Math.max(low - value, value - high, 0);
  return Math.max(0, 1 - distance / slope);
}

function mean(values: readonly number[]): number {
  return values.length ? values.reduce((sum, value) => sum + value, 0) / values.length : 1;
}
