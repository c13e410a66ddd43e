import type { Brief } from '../brief/brief';
import type { Instrument } from '../instruments/instrument';
import type { RandomStream } from '../random/random-stream';
import type { Note, Section } from '../score/score';
import { STEP_TICKS } from '../theory/meter-grid';
import { ORNAMENTS } from '../styles/style';
import { nearestPitch, pitchLadder } from '../theory/pitch-ladder';
import type { BassUnder } from './bass-under';
import { gridEvents, type GridEvent } from './grid-events';
import type { HarmonyTimeline } from './harmony-timeline';
import { melodicPath, type WantedNote } from './melodic-path';
import type { MotifBar, PhraseBar, Theme } from './melody-theme';
import { playedTick, playedVelocity } from './performance';
import type { SongFrame } from './song-frame';

/** Bars of a phrase. */
export const PHRASE_BARS = 4;

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
  const common = (low: number) => Math.min(player.highestPitch, low + span) - Math.max(player.lowestPitch, low);
  const octaves = [0, -12, 12, -24, 24, -36, 36].map((octave) => wanted.lowest + octave);
  // Where it was meant to be if it has room there for an octave; else the octave with the most room.
  const low = octaves.find((start) => common(start) >= 12) ?? octaves.reduce((a, b) => (common(b) > common(a) ? b : a));
  const lowest = Math.max(low, player.lowestPitch);
  const highest = Math.max(lowest, Math.min(player.highestPitch, low + span));
  return { lowest, highest, centre: lowest + (highest - lowest) * (0.32 + 0.28 * (energy / 100)) };
}

export interface MelodyDemand {
  brief: Brief;
  frame: SongFrame;
  harmony: HarmonyTimeline;
  section: Section;
  theme: Theme;
  /** The bass to be led around; undefined where parallels are free. */
  bass?: BassUnder | undefined;
  register: MelodicRegister;
  random: RandomStream;
  /** 0 for the melody itself, 2 for a line a third below it. */
  degreesBelow: number;
  /** Whether nobody else plays: then no bar is left empty. */
  alone: boolean;
  /** Whether it has the tune in a bar of the section; it joins in the song's last one anyway. */
  playsBar: (bar: number) => boolean;
}

/** A note of the line before its pitch is found. */
interface Draft extends WantedNote {
  bar: number;
  step: number;
  steps: number;
  onBeat: boolean;
  closesPhrase: boolean;
}

/** The theme of a section set to its chords: question and answer of four bars each, every pair closing on a stable tone. */
export function melodyLine(demand: MelodyDemand): Note[] {
  const { frame, section, register } = demand;
  const notes: Note[] = [];
  for (let phrase = 0; phrase * PHRASE_BARS < section.bars; phrase++) {
    const drafts: Draft[] = [];
    const end = Math.min(section.bars, (phrase + 1) * PHRASE_BARS);
    for (let bar = phrase * PHRASE_BARS; bar < end; bar++) {
      if (demand.playsBar(bar) || frame.isFinalBar(section.startBar + bar))
        drafts.push(...barDrafts(demand, bar, phrase));
    }
    const from = notes.at(-1)?.pitch;
    const pitches = melodicPath(drafts, { ...register, intervals: frame.style.melody.intervals, from });
    drafts.forEach((draft, index) =>
      notes.push(...adorned(play(draft, pitches[index] ?? draft.wanted, demand), draft, demand)),
    );
  }
  return notes;
}

function barDrafts(demand: MelodyDemand, bar: number, phrase: number): Draft[] {
  const { frame, harmony, section, theme, register } = demand;
  const absolute = section.startBar + bar;
  const barStart = frame.barStart(absolute);
  if (frame.isFinalBar(absolute)) return [finalNote(demand, absolute)];
  const planned = phraseBar(theme, bar, phrase, section.bars);
  if (planned.use === 'rest' && !demand.alone) return [];
  const use: PhraseBar = planned.use === 'rest' ? { use: 'motif', index: 0, shift: 0 } : planned;
  const source: MotifBar = use.use === 'close' ? theme.close : (theme.motif[use.index] ?? theme.close);
  const shift = (use.use === 'motif' ? use.shift : 0) - demand.degreesBelow;
  const events = gridEvents(source, 0, frame);
  const centre = register.centre + (theme.arc[bar % PHRASE_BARS] ?? 0);
  const { tones } = harmony.at(barStart);
  const anchor = nearestPitch(tones.slice(0, 3), centre, register.lowest, register.highest) ?? register.lowest;
  return events.map((event, index): Draft => {
    const chord = harmony.at(barStart + event.step * STEP_TICKS);
    const ladder = pitchLadder(chord.scale, register.lowest, register.highest);
    const closesPhrase = use.use === 'close' && index === events.length - 1;
    const degree = (source.degrees[index % source.degrees.length] ?? 0) + shift;
    return {
      bar: absolute,
      step: event.step,
      steps: event.steps,
      wanted: ladder[clamp(rungOf(ladder, anchor) + degree, ladder.length)] ?? anchor,
      chord,
      bass: demand.bass?.(barStart + event.step * STEP_TICKS),
      stress: stressOf(event, frame),
      onBeat: frame.beats.includes(event.step),
      closesPhrase,
      // A question ends on the chord's third or fifth, an answer on its root or third.
      ...(closesPhrase && { confinedTo: phrase % 2 === 1 ? chord.tones.slice(0, 2) : chord.tones.slice(1, 3) }),
    };
  });
}

/** Which bar of the theme stands here; the last bar of a section, and of each phrase, closes. */
function phraseBar(theme: Theme, bar: number, phrase: number, sectionBars: number): PhraseBar {
  if (bar === sectionBars - 1 && sectionBars > 1) return { use: 'close' };
  const pattern = theme.phrases[phrase % 2] ?? theme.phrases[0];
  return pattern?.[bar % PHRASE_BARS] ?? { use: 'close' };
}

/** What a tone foreign to the chord costs: most on the first beat and in long notes, as much less on others as the style takes it lightly. */
function stressOf({ step, steps }: GridEvent, { beats, style }: SongFrame): number {
  const strictness = style.melody.chordTonePercent / 100;
  if (step === 0 || steps >= 6) return 5 * strictness;
  const beat = beats.indexOf(step);
  if (beat === Math.floor(beats.length / 2)) return 2.4 * strictness;
  return beat > 0 ? 1.2 * strictness : 0.2;
}

/** The song's last note: the root of the closing chord (its third in a line below), through the whole bar. */
function finalNote({ frame, harmony, register, degreesBelow, bass }: MelodyDemand, bar: number): Draft {
  const chord = harmony.at(frame.barStart(bar));
  const tone = degreesBelow ? (chord.tones[1] ?? chord.root) : chord.root;
  return {
    bar,
    step: 0,
    steps: frame.steps,
    wanted: Math.round(register.centre),
    chord,
    bass: bass?.(frame.barStart(bar)),
    stress: 0,
    onBeat: true,
    closesPhrase: true,
    confinedTo: [tone],
  };
}

function play(draft: Draft, pitch: number, { frame, section, random }: MelodyDemand): Note {
  const start = frame.tickOf(draft.bar, draft.step);
  const length = frame.tickOf(draft.bar, draft.step + draft.steps) - start;
  const inPhrase = (draft.bar - section.startBar) % PHRASE_BARS;
  // Phrases swell to their third bar and relax.
  const arch = [0, 4, 7, -3][inPhrase] ?? 0;
  const level = 96 + arch + (draft.step === 0 ? 6 : draft.onBeat ? 2 : -5) - (draft.closesPhrase ? 6 : 0);
  const energy = frame.energyAt(section, draft.bar - section.startBar);
  return {
    startTick: playedTick(start, 6, frame.barStart(draft.bar), random),
    durationTicks: Math.max(40, Math.round((length * frame.style.melody.gatePercent) / 100) - 8),
    pitch,
    velocity: playedVelocity(level, energy, random),
  };
}

/** How long each quick note of an ornament is, and the shortest note that is adorned, in ticks. */
const QUICK_TICKS = 50;
const LEAST_ADORNED_TICKS = 220;

/** A note with one of the style's ornaments before it, or as it is. */
function adorned(note: Note, draft: Draft, { frame, register, random }: MelodyDemand): Note[] {
  const { ornaments } = frame.style.melody;
  const long = note.durationTicks >= LEAST_ADORNED_TICKS && !frame.isFinalBar(draft.bar);
  const chosen = long ? ornaments.find(({ percent }) => random.chance(percent)) : undefined;
  if (!chosen) return [note];
  const steps = ORNAMENTS[chosen.kind];
  const quick = Math.min(QUICK_TICKS, Math.floor((note.durationTicks * 0.6) / (steps.length - 1)));
  const ladder = pitchLadder([...draft.chord.scale, note.pitch % 12], register.lowest, register.highest);
  const rung = ladder.indexOf(note.pitch);
  return steps.map((step, index) => {
    const last = index === steps.length - 1;
    const startTick = note.startTick + index * quick;
    return {
      startTick,
      durationTicks: last ? note.startTick + note.durationTicks - startTick : quick,
      pitch: ladder[rung + step] ?? note.pitch,
      velocity: last ? note.velocity : Math.max(1, note.velocity - (index === 0 ? 6 : 14)),
    };
  });
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
