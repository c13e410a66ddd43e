import { instrument } from '../instruments/instrument';
import { DRUM_KEYS } from '../instruments/drum-key';
import { randomStream, type RandomStream } from '../random/random-stream';
import type { Note, Score, Section, Track } from '../score/score';
import { keyAt } from '../score/timeline';
import { STEP_TICKS } from '../theory/meter-grid';
import { modulo12, pitchClass } from '../theory/key';
import { nearestPitch, pitchLadder } from '../theory/pitch-ladder';
import type { Agent, AgentInput } from './agent';
import { choosePart } from './choose-part';
import { gridEvents, heldSteps, type GridEvent } from './grid-events';
import { harmonyTimeline, type HarmonySpan, type HarmonyTimeline } from './harmony-timeline';
import { withBreaths } from './one-player';
import { playableNotes, playedTick, playedVelocity, withParts } from './performance';
import { plays } from './plays';
import { songFrame, type SongFrame } from './song-frame';
import { steadyTempos } from './steady-tempos';

/** How often the last bar of a phrase has another figure. */
const TURN_PERCENT = 50;
const KICKS: readonly number[] = [DRUM_KEYS.kick, DRUM_KEYS['acoustic-kick']];

/** Writes the bass: the style's figures on the chords, with approaches to the next one, roots under the kick drum. */
export const bass: Agent = (input) => {
  const frame = songFrame(input.brief, input.plan, input.score);
  const harmony = harmonyTimeline(input.score);
  const steady = { tempos: steadyTempos(input.brief, input.plan, frame) };
  const kicks = kickSteps(input.score, frame);
  const tracks = withParts(input.score.tracks, (track) => {
    if (track.role !== 'bass') return undefined;
    const notes = input.plan.sections
      .filter((section) => plays(input.plan, track.id, section.id))
      .flatMap((section) => bassSection({ input, frame: frame.of(section), harmony, kicks, track, section }));
    const player = instrument(track.instrument);
    return { notes: withBreaths(playableNotes(notes, player, frame.endTick), player, steady) };
  });
  return { ...input.score, tracks };
};

interface SectionPart {
  input: AgentInput;
  frame: SongFrame;
  harmony: HarmonyTimeline;
  kicks: ReadonlySet<number>;
  track: Track;
  section: Section;
}

/** Steps, counted from the start of the song, at which a kick drum sounds. */
function kickSteps(score: Score, frame: SongFrame): Set<number> {
  const steps = new Set<number>();
  for (const { notes } of score.tracks.filter(({ role }) => role === 'drums')) {
    for (const { pitch, startTick } of notes) {
      if (!KICKS.includes(pitch)) continue;
      const bar = frame.barAt(startTick);
      const near = Math.round((startTick - frame.barStart(bar)) / STEP_TICKS);
      const [step = near] = [near - 1, near, near + 1]
        .filter((candidate) => candidate >= 0 && candidate < frame.at(startTick).steps)
        .sort((a, b) => Math.abs(frame.tickOf(bar, a) - startTick) - Math.abs(frame.tickOf(bar, b) - startTick));
      steps.add(frame.barStart(bar) / STEP_TICKS + step);
    }
  }
  return steps;
}

function bassSection({ input, frame, harmony, kicks, track, section }: SectionPart): Note[] {
  const seedPath = [input.brief.seed.value, 'bass', input.attempt] as const;
  const random = randomStream(...seedPath, section.id, track.id);
  const kind = randomStream(...seedPath, 'kind', section.name, track.id);
  const use = { meter: frame.meter, section: section.name, energy: section.energy };
  const usual = choosePart(frame.style.bass.figures, use, kind);
  const turn = kind.chance(TURN_PERCENT) ? choosePart(frame.style.bass.figures, use, kind) : usual;
  const figureOf = (bar: number) => (bar % 4 === 3 ? turn : usual);
  const tonic = pitchClass(keyAt(input.score, frame.barStart(section.startBar)).tonic);
  const [lowest, highest] = register(frame, track);
  const notes: Note[] = [];
  let previous = lowest + 7;
  for (let bar = 0; bar < section.bars; bar++) {
    const absolute = section.startBar + bar;
    const energy = frame.energyAt(section, bar);
    const events = frame.isFinalBar(absolute)
      ? [{ step: 0, steps: frame.steps, sign: 'R' }]
      : lockedToKick(withChordChanges(gridEvents(figureOf(bar), bar, frame), absolute, harmony, frame), absolute, {
          frame,
          kicks,
          random,
        });
    for (const event of events) {
      const straightTick = frame.barStart(absolute) + event.step * STEP_TICKS;
      const chord = harmony.at(straightTick);
      // Under an approach lies the chord it leads to, not the one two changes on.
      const next = harmony.after(straightTick);
      const scale = chord.scale;
      const pitch = bassPitch(event.sign, { chord, next, scale, tonic, previous, lowest, highest, random });
      const start = frame.tickOf(absolute, event.step);
      // What holds to the end of the bar goes on where the next bar of the figure holds it.
      const over = event.step + event.steps === frame.steps && bar + 1 < section.bars;
      const held = over && !frame.isFinalBar(absolute + 1) ? heldSteps(figureOf(bar + 1), bar + 1, frame) : 0;
      const length =
        frame.tickOf(absolute, event.step + event.steps) -
        start +
        frame.tickOf(absolute, held < frame.steps ? held : 0) -
        frame.barStart(absolute);
      const onBeat = frame.beats.includes(event.step);
      const level = event.step === 0 ? 104 : onBeat ? 96 : 88;
      notes.push({
        startTick: playedTick(start, 3, frame.barStart(absolute), random),
        durationTicks: Math.max(30, Math.round((length * frame.style.bass.gatePercent) / 100) - 4),
        pitch,
        velocity: playedVelocity(level, energy, random),
      });
      previous = pitch;
    }
  }
  return notes;
}

/** The style's register as far as the instrument has it; an octave at least, from the instrument's lowest note up where it has nothing of it. */
function register(frame: SongFrame, track: Track): [number, number] {
  const { lowestPitch, highestPitch } = instrument(track.instrument);
  const lowest = Math.min(Math.max(frame.style.bass.lowest, lowestPitch), Math.max(lowestPitch, highestPitch - 12));
  return [lowest, Math.min(highestPitch, Math.max(frame.style.bass.highest, lowest + 12))];
}

/** A note that sounds into another chord gives way to the new root. */
function withChordChanges(events: GridEvent[], bar: number, harmony: HarmonyTimeline, frame: SongFrame): GridEvent[] {
  return events.flatMap((event) => {
    const parts: GridEvent[] = [{ ...event }];
    for (let step = event.step + 1; step < event.step + event.steps; step++) {
      const tick = frame.barStart(bar) + step * STEP_TICKS;
      const current = parts[parts.length - 1];
      if (!current || harmony.at(tick).startTick !== tick) continue;
      parts.push({ step, steps: current.step + current.steps - step, sign: 'R' });
      current.steps = step - current.step;
    }
    return parts;
  });
}

interface KickLock {
  frame: SongFrame;
  kicks: ReadonlySet<number>;
  random: RandomStream;
}

/** Some kicks between the figure's notes get a root of their own. */
function lockedToKick(events: GridEvent[], bar: number, { frame, kicks, random }: KickLock): GridEvent[] {
  const locked = events.map((event) => ({ ...event }));
  for (let step = 0; step < frame.steps; step++) {
    if (!kicks.has(frame.barStart(bar) / STEP_TICKS + step) || locked.some((event) => event.step === step)) continue;
    if (!random.chance(frame.style.bass.kickLockPercent)) continue;
    const before = locked.findLast((event) => event.step < step);
    const after = locked.find((event) => event.step > step);
    if (before && before.step + before.steps > step) before.steps = step - before.step;
    const room = (after?.step ?? frame.steps) - step;
    locked.push({ step, steps: Math.min(2, room), sign: 'R' });
    locked.sort((a, b) => a.step - b.step);
  }
  return locked;
}

interface BassDemand {
  chord: HarmonySpan;
  next: HarmonySpan;
  scale: readonly number[];
  tonic: number;
  previous: number;
  lowest: number;
  highest: number;
  random: RandomStream;
}

function bassPitch(sign: string, demand: BassDemand): number {
  const { chord, next, scale, previous, lowest, highest, random } = demand;
  const centre = lowest + 8;
  const near = (pitchClasses: readonly number[], around: number) =>
    nearestPitch(pitchClasses, around, lowest, highest) ?? lowest;
  const root = near([chord.bass], (previous + 2 * centre) / 3);
  const target = near([next.bass], (previous + centre) / 2);
  const fifth = chord.tones.find((tone) => [6, 7, 8].includes(modulo12(tone - chord.root))) ?? chord.root;
  switch (sign) {
    case 'T':
      return near([demand.tonic], centre);
    case 'n':
      return target;
    case '5':
      return near([fifth], root + 4);
    case '3':
      return near([chord.tones[1] ?? chord.root], root + 4);
    case '7':
      return near([chord.tones[3] ?? fifth], root + 8);
    case '8':
      return root + 12 <= highest ? root + 12 : root;
    case 'w':
      return walkingPitch(demand, target);
    case 'a': {
      if (next.bass === chord.bass) return near([fifth], root + 4);
      const sides = [target - 1, target + 1].filter(
        (pitch) => pitch >= lowest && pitch <= highest && pitch !== previous,
      );
      return sides.length ? random.pick(sides) : target;
    }
    case 'd': {
      const steps = pitchLadder(scale, Math.max(lowest, target - 3), Math.min(highest, target + 3)).filter(
        (pitch) => pitch !== target && pitch !== previous,
      );
      return steps.length ? random.pick(steps) : near([fifth], root + 4);
    }
    default:
      return root;
  }
}

/** A tone of the chord or its scale on the way to the next root, never the one just played. */
function walkingPitch({ chord, scale, previous, lowest, highest, random }: BassDemand, target: number): number {
  const towards = previous + (target - previous) / 3;
  const candidates = pitchLadder(scale, Math.max(lowest, previous - 5), Math.min(highest, previous + 5)).filter(
    (pitch) => pitch !== previous,
  );
  if (!candidates.length) return previous;
  const weigh = (pitch: number) =>
    (chord.tones.includes(modulo12(pitch)) ? 3 : 1) /
    (1 + Math.abs(pitch - towards)) /
    (Math.abs(pitch - previous) === 6 ? 4 : 1);
  return random.pickWeighted(candidates, weigh);
}
