import { DRUM_KEYS, type DrumKeyName } from '../instruments/drum-key';
import { instrument } from '../instruments/instrument';
import { randomStream, type RandomStream } from '../random/random-stream';
import type { Note, Section, Track } from '../score/score';
import { DRUM_SIGNS, type Style } from '../styles/style';
import { modulo12, pitchClass } from '../theory/key';
import { keyAt } from '../score/timeline';
import { STEP_TICKS } from '../theory/meter-grid';
import { nearestPitch } from '../theory/pitch-ladder';
import type { Agent, AgentInput } from './agent';
import { choosePart } from './choose-part';
import { signsOf } from './grid-events';
import { harmonyTimeline, type HarmonyTimeline } from './harmony-timeline';
import { drummedByOnePlayer } from './one-player';
import { playableNotes, playedTick, playedVelocity, withParts } from './performance';
import { plays } from './plays';
import { songFrame, type SongFrame } from './song-frame';

type DrumPart = Style['drums']['grids'][number];

const TIMEKEEPERS: readonly DrumKeyName[] = [
  'closed-hi-hat',
  'open-hi-hat',
  'pedal-hi-hat',
  'ride',
  'ride-bell',
  'shaker',
  'tambourine',
  'maracas',
];
const BACKBEATS: readonly DrumKeyName[] = ['snare', 'clap', 'side-stick', 'electric-snare'];
const BACKBONE: readonly DrumKeyName[] = [...BACKBEATS, 'kick', 'acoustic-kick'];
/** What hand percussion is played on where the track's instrument is a kit. */
const HAND_PERCUSSION: readonly DrumKeyName[] = ['maracas', 'tambourine', 'open-high-conga', 'shaker'];

/** Writes drums and percussion: grids by energy, ghost notes, fills before new sections, crashes, a close. */
export const rhythm: Agent = (input) => {
  const frame = songFrame(input.brief, input.plan, input.score);
  const harmony = harmonyTimeline(input.score);
  const tracks = withParts(input.score.tracks, (track) => {
    if (track.role !== 'drums' && track.role !== 'percussion') return undefined;
    const player = instrument(track.instrument);
    const kit = track.role === 'drums' && player.isDrumKit;
    const notes = input.plan.sections
      .filter((section) => plays(input.plan, track.id, section.id))
      .flatMap((section) => {
        const seedPath = [input.brief.seed.value, 'rhythm', input.attempt] as const;
        const random = randomStream(...seedPath, section.id, track.id);
        const kind = randomStream(...seedPath, 'kind', section.name, track.id);
        const part = { input, frame: frame.of(section), harmony, track, section, random, kind };
        return kit ? drumSection(part) : percussionSection(part);
      });
    return { notes: playableNotes(kit ? drummedByOnePlayer(notes, player) : notes, player, frame.endTick) };
  });
  return { ...input.score, tracks };
};

interface SectionPart {
  input: AgentInput;
  frame: SongFrame;
  harmony: HarmonyTimeline;
  track: Track;
  section: Section;
  random: RandomStream;
  /** The stream that all sections of one kind share: they keep their groove. */
  kind: RandomStream;
}

function drumSection({ input, frame, section, random, kind }: SectionPart): Note[] {
  const { drums } = frame.style;
  const use = { meter: frame.meter, section: section.name, energy: section.energy };
  const groove = choosePart(drums.grids, use, kind);
  const index = input.plan.sections.indexOf(section);
  const before = input.plan.sections[index - 1];
  const next = input.plan.sections[index + 1];
  const notes: Note[] = [];
  for (let bar = 0; bar < section.bars; bar++) {
    const absolute = section.startBar + bar;
    const energy = frame.energyAt(section, bar);
    if (frame.isFinalBar(absolute)) {
      notes.push(...closingHit(frame, absolute, energy, random));
      continue;
    }
    const lastBar = bar === section.bars - 1;
    const fills = lastBar && section.bars > 1 && (next !== undefined || input.brief.loop.value);
    const smallFill = !lastBar && bar % 8 === 7 && random.chance(50);
    const fill = fills || smallFill ? choosePart(drums.fills, { ...use, energy }, random) : undefined;
    notes.push(...barHits(frame, { groove, fill, bar, absolute, energy, random }));
    if (bar === 0 && drums.crash && section.energy >= 55 && (!before || section.energy >= before.energy)) {
      notes.push(hit('crash', frame.barStart(absolute), 104, energy, random));
    }
  }
  return notes;
}

interface BarDraw {
  groove: DrumPart;
  fill: DrumPart | undefined;
  bar: number;
  absolute: number;
  energy: number;
  random: RandomStream;
}

function barHits(frame: SongFrame, { groove, fill, bar, absolute, energy, random }: BarDraw): Note[] {
  const { drums } = frame.style;
  const fillStart = fill ? firstStep(fill, frame) : Infinity;
  const notes: Note[] = [];
  const play = (part: DrumPart, from: number, to: number) => {
    for (const [name, grid] of Object.entries(part.lines) as [DrumKeyName, string | undefined][]) {
      if (!grid) continue;
      const signs = signsOf({ grid, meter: part.meter }, bar, frame);
      const elsewhere = part === groove && BACKBONE.includes(name) ? moved(signs, part.meter, frame) : undefined;
      frame.sourcesOf(part.meter).forEach(({ source: own, echo }, step) => {
        const source = step === elsewhere?.step ? elsewhere.source : own;
        if (source < from || source >= to || (echo && !TIMEKEEPERS.includes(name))) return;
        const sign = DRUM_SIGNS[signs(source)];
        if (!sign || !random.chance(sign.percent)) return;
        const late = BACKBEATS.includes(name) && sign.level > 60 ? drums.backbeatLateTicks : 0;
        const tick = frame.tickOf(absolute, step) + late;
        notes.push(
          hit(name, playedTick(tick, drums.looseTicks, frame.barStart(absolute), random), sign.level, energy, random),
        );
      });
    }
  };
  play(groove, 0, fillStart);
  if (fill) play(fill, fillStart, Infinity);
  return notes;
}

/** Where a meter has no room for the only beat of a bar that has a kick or back-beat (the third, in half-time), its last beat takes it. */
function moved(
  signs: (source: number) => string,
  meter: string | undefined,
  frame: SongFrame,
): { step: number; source: number } | undefined {
  const strong = Array.from({ length: frame.figureSteps(meter) }, (_, source) => source).filter((source) =>
    /[Xx]/.test(signs(source)),
  );
  const [first] = strong;
  const step = frame.beats.at(-1);
  const kept = frame.sourcesOf(meter).some(({ source, echo }) => !echo && strong.includes(source));
  return first === undefined || step === undefined || kept ? undefined : { step, source: first };
}

/** The step from which a fill takes over: a beat, so that the groove's beat before it is whole. */
function firstStep(fill: DrumPart, { beats }: SongFrame): number {
  const starts = Object.values(fill.lines).map((grid) => grid?.search(/[^.]/) ?? -1);
  const first = Math.min(...starts.filter((step) => step >= 0));
  return fill.meter ? (beats.findLast((beat) => beat <= first) ?? 0) : first - (first % 4);
}

function closingHit(frame: SongFrame, bar: number, energy: number, random: RandomStream): Note[] {
  const { drums } = frame.style;
  const tick = frame.barStart(bar);
  return [
    hit('kick', tick, 104, energy, random),
    hit(drums.crash ? 'crash' : 'ride', tick, drums.crash ? 108 : 84, energy, random),
  ];
}

function hit(name: DrumKeyName, startTick: number, level: number, energy: number, random: RandomStream): Note {
  const long = name === 'crash' || name === 'ride' || name === 'open-hi-hat';
  return {
    startTick,
    durationTicks: long ? STEP_TICKS * 2 : STEP_TICKS / 2,
    pitch: DRUM_KEYS[name],
    velocity: playedVelocity(level, energy, random, 5),
  };
}

/** One line on pitched or hand percussion; pitched instruments play tonic or dominant where the chord has them, else its root. */
function percussionSection(part: SectionPart): Note[] {
  const { input, frame, harmony, track, section, random, kind } = part;
  const player = instrument(track.instrument);
  const use = { meter: frame.meter, section: section.name, energy: section.energy };
  const { grid, meter, lines } = choosePart(frame.style.percussion, use, kind);
  if (player.isDrumKit && lines) return ensembleSection(part, { energy: [0, 100], weight: 1, meter, lines });
  const handKey = DRUM_KEYS[randomStream(input.brief.seed.value, 'rhythm', 'hand', track.id).pick(HAND_PERCUSSION)];
  const centre = Math.round((player.lowestPitch + player.highestPitch) / 2) - 4;
  // Timpani are tuned to tonic and dominant.
  const tonic = pitchClass(keyAt(input.score, frame.barStart(section.startBar)).tonic);
  const tuned = [tonic, modulo12(tonic + 7)];
  const notes: Note[] = [];
  for (let bar = 0; bar < section.bars; bar++) {
    const absolute = section.startBar + bar;
    const energy = frame.energyAt(section, bar);
    const signs = signsOf({ grid, meter }, bar, frame);
    frame.sourcesOf(meter).forEach(({ source, echo }, step) => {
      const closing = frame.isFinalBar(absolute);
      if (source < 0 || echo || (closing && step > 0)) return;
      const sign = DRUM_SIGNS[closing ? 'X' : signs(source)];
      if (!sign || !random.chance(sign.percent)) return;
      const start = frame.tickOf(absolute, step);
      const chord = harmony.at(frame.barStart(absolute) + step * STEP_TICKS);
      const pitch = player.isDrumKit
        ? handKey
        : nearestPitch(
            [tuned.find((tone) => chord.tones.includes(tone)) ?? chord.root],
            centre,
            player.lowestPitch,
            player.highestPitch,
          );
      if (pitch === undefined) return;
      notes.push({
        startTick: playedTick(start, frame.style.drums.looseTicks, frame.barStart(absolute), random),
        durationTicks: player.isDrumKit ? STEP_TICKS / 2 : closing ? frame.barTicks / 2 : STEP_TICKS,
        pitch,
        velocity: playedVelocity(sign.level, energy, random, 5),
      });
    });
  }
  return notes;
}

/** An ensemble of percussion on the keys of a kit, without fills; all that plays on the first step closes. */
function ensembleSection({ frame, section, random }: SectionPart, groove: DrumPart): Note[] {
  return Array.from({ length: section.bars }, (_, bar) => {
    const absolute = section.startBar + bar;
    const energy = frame.energyAt(section, bar);
    const hits = barHits(frame, { groove, fill: undefined, bar, absolute, energy, random });
    if (!frame.isFinalBar(absolute)) return hits;
    const first = hits.filter(({ startTick }) => startTick < frame.barStart(absolute) + STEP_TICKS / 2);
    return first.length ? first : hits.slice(0, 1).map((note) => ({ ...note, startTick: frame.barStart(absolute) }));
  }).flat();
}
