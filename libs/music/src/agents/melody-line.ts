import type { Brief } from '../brief/brief';
import type { Instrument } from '../instruments/instrument';
import type { RandomStream } from '../random/random-stream';
import type { Note, Section } from '../score/score';
import { modulo12 } from '../theory/key';
import { STEP_TICKS } from '../theory/meter-grid';
import { nearestPitch, pitchLadder } from '../theory/pitch-ladder';
import { gridEvents } from './grid-events';
import type { HarmonySpan, HarmonyTimeline } from './harmony-timeline';
import type { MotifBar, PhraseBar, Theme } from './melody-theme';
import { playedTick, playedVelocity } from './performance';
import type { SongFrame } from './song-frame';

const PHRASE_BARS = 4;

/** Where a line may move, and around which pitch. */
export interface MelodicRegister {
  lowest: number;
  highest: number;
  centre: number;
}

/** The style's range where the instrument has it, moved by octaves where it has not; higher with more energy. */
export function melodicRegister(frame: SongFrame, player: Instrument, energy: number): MelodicRegister {
  const wanted = frame.style.melody;
  const span = wanted.highest - wanted.lowest;
  let lowest: number = wanted.lowest;
  while (lowest + span > player.highestPitch && lowest > player.lowestPitch) lowest -= 12;
  while (lowest < player.lowestPitch && lowest + 12 + span <= player.highestPitch) lowest += 12;
  lowest = Math.max(lowest, player.lowestPitch);
  const highest = Math.min(player.highestPitch, lowest + span);
  return { lowest, highest, centre: lowest + (highest - lowest) * (0.32 + 0.28 * (energy / 100)) };
}

export interface MelodyDemand {
  brief: Brief;
  frame: SongFrame;
  harmony: HarmonyTimeline;
  section: Section;
  theme: Theme;
  register: MelodicRegister;
  random: RandomStream;
  /** 0 for the melody itself, 2 for a line a third below it. */
  degreesBelow: number;
  /** Whether nobody else plays: then no bar is left empty. */
  alone: boolean;
  playsPhrase: (phrase: number) => boolean;
}

/** A note of the line before it is played: steps from the start of the song. */
interface Draft {
  bar: number;
  step: number;
  steps: number;
  pitch: number;
  chord: HarmonySpan;
  onBeat: boolean;
  closesPhrase: boolean;
}

/** The theme of a section set to its chords: question and answer of four bars each, every pair closing on a stable tone. */
export function melodyLine(demand: MelodyDemand): Note[] {
  const drafts: Draft[] = [];
  for (let bar = 0; bar < demand.section.bars; bar++) {
    const phrase = Math.floor(bar / PHRASE_BARS);
    if (!demand.playsPhrase(phrase) && !demand.frame.isFinalBar(demand.section.startBar + bar)) continue;
    drafts.push(...barDrafts(demand, bar, phrase));
  }
  const line = smooth(resolve(drafts), demand.register);
  return line.map((draft) => play(draft, demand));
}

function barDrafts(demand: MelodyDemand, bar: number, phrase: number): Draft[] {
  const { frame, harmony, section, theme, register } = demand;
  const absolute = section.startBar + bar;
  const barStart = absolute * frame.barTicks;
  if (frame.isFinalBar(absolute)) return [finalNote(demand, absolute)];
  const planned = phraseBar(theme, bar, phrase, section.bars);
  if (planned.use === 'rest' && !demand.alone) return [];
  const use: PhraseBar = planned.use === 'rest' ? { use: 'motif', index: 0, shift: 0 } : planned;
  const source: MotifBar = use.use === 'close' ? theme.close : (theme.motif[use.index] ?? theme.close);
  const shift = (use.use === 'motif' ? use.shift : 0) - demand.degreesBelow;
  const events = gridEvents(source.cell, 0, frame);
  const home = harmony.at(barStart);
  const anchor =
    nearestPitch(home.tones.slice(0, 3), register.centre, register.lowest, register.highest) ?? register.lowest;
  return events.map((event, index): Draft => {
    const chord = harmony.at(barStart + event.step * STEP_TICKS);
    const ladder = pitchLadder(chord.scale, register.lowest, register.highest);
    const closesPhrase = use.use === 'close' && index === events.length - 1;
    const onBeat = frame.beats.includes(event.step);
    const degree = (source.degrees[index % source.degrees.length] ?? 0) + shift;
    let pitch = ladder[clamp(rungOf(ladder, anchor) + degree, ladder.length)] ?? anchor;
    if (closesPhrase) pitch = closingPitch(chord, pitch, phrase, register);
    else if (onBeat && isStrong(demand, event.step, index)) pitch = chordPitch(chord, pitch, register);
    return { bar: absolute, step: event.step, steps: event.steps, pitch, chord, onBeat, closesPhrase };
  });
}

/** Which bar of the theme stands here; the last bar of a section, and of each phrase, closes. */
function phraseBar(theme: Theme, bar: number, phrase: number, sectionBars: number): PhraseBar {
  if (bar === sectionBars - 1 && sectionBars > 1) return { use: 'close' };
  const pattern = theme.phrases[phrase % 2] ?? theme.phrases[0];
  return pattern?.[bar % PHRASE_BARS] ?? { use: 'close' };
}

/** How much rarer chord tones are on beats other than the first and the middle one, in percent. */
const WEAK_BEAT_FREEDOM = 35;

/** Whether a note on a beat takes a chord tone: drawn once for each place of the bar, so that returns of a bar stay alike. */
function isStrong({ brief, frame, section }: MelodyDemand, step: number, index: number): boolean {
  if (step === 0) return true;
  const roll = (brief.seed.value * 31 + step * 17 + index * 7 + section.name.length * 13) % 100;
  const strong = frame.beats.indexOf(step) === Math.floor(frame.beats.length / 2);
  return roll < frame.style.melody.chordTonePercent - (strong ? 0 : WEAK_BEAT_FREEDOM);
}

/** A question ends on the chord's third, fifth or beyond, an answer on its root or third. */
function closingPitch(chord: HarmonySpan, pitch: number, phrase: number, { lowest, highest }: MelodicRegister): number {
  const stable = phrase % 2 === 1 ? chord.tones.slice(0, 2) : chord.tones.slice(1, 3);
  return nearestPitch(stable, pitch, lowest, highest) ?? pitch;
}

function chordPitch(chord: HarmonySpan, pitch: number, { lowest, highest }: MelodicRegister): number {
  return nearestPitch(chord.tones, pitch, lowest, highest) ?? pitch;
}

/** The song's last note: the root of the closing chord (its third in a line below), through the whole bar. */
function finalNote({ frame, harmony, register, degreesBelow }: MelodyDemand, bar: number): Draft {
  const chord = harmony.at(bar * frame.barTicks);
  const tone = degreesBelow ? (chord.tones[1] ?? chord.root) : chord.root;
  const pitch = nearestPitch([tone], register.centre, register.lowest, register.highest) ?? register.lowest;
  return { bar, step: 0, steps: frame.steps, pitch, chord, onBeat: true, closesPhrase: true };
}

/** A tone foreign to the chord stays only if it is short and goes on by step; others move to the nearest chord tone. */
function resolve(drafts: Draft[]): Draft[] {
  return drafts.map((draft, index) => {
    if (draft.chord.tones.includes(modulo12(draft.pitch))) return draft;
    const next = drafts[index + 1];
    const way = next ? Math.abs(next.pitch - draft.pitch) : Infinity;
    const passes = draft.steps <= 4 && !(draft.step === 0 && draft.steps > 2) && way > 0 && way <= 2;
    if (passes) return draft;
    return {
      ...draft,
      pitch: nearestPitch(draft.chord.tones, draft.pitch, draft.pitch - 6, draft.pitch + 6) ?? draft.pitch,
    };
  });
}

/** Leaps beyond a sixth close up: the later note moves an octave where that is nearer and in range. */
function smooth(drafts: Draft[], { lowest, highest }: MelodicRegister): Draft[] {
  let before: number | undefined;
  return drafts.map((draft) => {
    let { pitch } = draft;
    if (pitch < lowest) pitch += 12;
    if (pitch > highest) pitch -= 12;
    if (before !== undefined && Math.abs(pitch - before) > 9) {
      const other = pitch > before ? pitch - 12 : pitch + 12;
      if (other >= lowest && other <= highest && Math.abs(other - before) < Math.abs(pitch - before)) pitch = other;
    }
    before = pitch;
    return { ...draft, pitch };
  });
}

function play(draft: Draft, { frame, section, random }: MelodyDemand): Note {
  const start = frame.tickOf(draft.bar, draft.step);
  const length = frame.tickOf(draft.bar, draft.step + draft.steps) - start;
  const inPhrase = (draft.bar - section.startBar) % PHRASE_BARS;
  // Phrases swell to their third bar and relax.
  const arch = [0, 4, 7, -3][inPhrase] ?? 0;
  const level = 96 + arch + (draft.step === 0 ? 6 : draft.onBeat ? 2 : -5) - (draft.closesPhrase ? 6 : 0);
  const energy = frame.energyAt(section, draft.bar - section.startBar);
  return {
    startTick: playedTick(start, 6, draft.bar * frame.barTicks, random),
    durationTicks: Math.max(40, Math.round((length * frame.style.melody.gatePercent) / 100) - 8),
    pitch: draft.pitch,
    velocity: playedVelocity(level, energy, random),
  };
}

function rungOf(ladder: readonly number[], pitch: number): number {
  const index = ladder.findIndex((rung) => rung >= pitch);
  return index < 0 ? ladder.length - 1 : index;
}

function clamp(rung: number, rungs: number): number {
  // Beyond an end the line turns back instead of sticking to it.
  if (rung < 0) return Math.min(rungs - 1, -rung);
  if (rung >= rungs) return Math.max(0, 2 * (rungs - 1) - rung);
  return rung;
}
