import type { Instrument } from '../instruments/instrument';
import type { RandomStream } from '../random/random-stream';
import type { Note, Section } from '../score/score';
import { STEP_TICKS } from '../theory/meter-grid';
import { modulo12 } from '../theory/key';
import { nearestPitch, pitchLadder } from '../theory/pitch-ladder';
import type { HarmonyTimeline } from './harmony-timeline';
import { melodicRegister } from './melody-line';
import { playedTick, playedVelocity } from './performance';
import type { SongFrame } from './song-frame';

export interface CounterDemand {
  frame: SongFrame;
  harmony: HarmonyTimeline;
  player: Instrument;
  section: Section;
  /** What the leads play, in order. */
  leadNotes: readonly Note[];
  random: RandomStream;
}

/** The second voice of a section in the style's manner. */
export function counterLine(demand: CounterDemand): Note[] {
  const { section, frame } = demand;
  const start = frame.barStart(section.startBar);
  const end = frame.barStart(section.startBar + section.bars);
  const lead = demand.leadNotes.filter((note) => note.startTick >= start && note.startTick < end);
  if (frame.style.melody.counter === 'thirds' && lead.length) return thirdsBelow(demand, lead);
  if (frame.style.melody.counter === 'answer' && lead.length) return answers(demand, lead);
  if (frame.style.melody.counter === 'heterophony' && lead.length) return heterophony(demand, lead);
  if (frame.style.melody.counter === 'imitation' && lead.length) return imitation(demand, lead);
  if (frame.style.melody.counter === 'interlock' && lead.length) return interlock(demand, lead);
  return guideTones(demand, start, end);
}

/** The note below each longer note of the lead that is a chord tone at least a minor third away. */
function thirdsBelow({ harmony, frame, player, section, random }: CounterDemand, lead: readonly Note[]): Note[] {
  return lead.flatMap((note) => {
    const { tones } = harmony.at(note.startTick);
    const pitch = pitchLadder(
      tones,
      Math.max(player.lowestPitch, note.pitch - 9),
      Math.min(player.highestPitch, note.pitch - 3),
    ).pop();
    if (pitch === undefined || note.durationTicks < 100) return [];
    const bar = frame.barAt(note.startTick) - section.startBar;
    return [{ ...note, pitch, velocity: playedVelocity(78, frame.energyAt(section, bar), random) }];
  });
}

/** The lead's line in this instrument's register, simpler: quick notes off the beats are left out, long ones struck again halfway. */
function heterophony({ frame, player, section, random }: CounterDemand, lead: readonly Note[]): Note[] {
  const { lowest, highest } = melodicRegister(frame, player, section.energy);
  return lead.flatMap((note) => {
    const step = frame.withinBar(note.startTick) / STEP_TICKS;
    const onBeat = frame.beats.some((beat) => Math.abs(step - beat) < 0.6);
    const pitch = nearestPitch([note.pitch % 12], note.pitch - 5, lowest, highest);
    if (pitch === undefined || (!onBeat && note.durationTicks < 2 * STEP_TICKS)) return [];
    const bar = frame.barAt(note.startTick);
    const velocity = playedVelocity(76, frame.energyAt(section, bar - section.startBar), random);
    const half = Math.round(note.durationTicks / 2);
    if (note.durationTicks < 6 * STEP_TICKS || frame.isFinalBar(bar)) return [{ ...note, pitch, velocity }];
    return [
      { ...note, pitch, velocity, durationTicks: half - 10 },
      { ...note, pitch, velocity: Math.max(1, velocity - 8), startTick: note.startTick + half, durationTicks: half },
    ];
  });
}

/** What the lead played a bar before, set to the chords of now: its own tones on beats, its scale between them. */
function imitation(demand: CounterDemand, lead: readonly Note[]): Note[] {
  const { frame, harmony, player, section, random } = demand;
  const { lowest, highest, centre } = melodicRegister(frame, player, section.energy);
  const end = frame.barStart(section.startBar + section.bars);
  const notes = lead.flatMap((note): Note[] => {
    const startTick = note.startTick + frame.barTicks;
    const bar = frame.barAt(startTick);
    if (startTick >= end || frame.isFinalBar(bar)) return [];
    const span = harmony.at(startTick + STEP_TICKS / 4);
    const step = frame.withinBar(startTick) / STEP_TICKS;
    const onBeat = frame.beats.some((beat) => Math.abs(step - beat) < 0.6);
    // A fourth below, or wherever between there and the middle of its range.
    const around = (note.pitch - 5 + centre) / 2;
    const pitch = nearestPitch(onBeat ? span.tones : span.scale, around, lowest, highest);
    if (pitch === undefined) return [];
    const velocity = playedVelocity(82, frame.energyAt(section, bar - section.startBar), random);
    return [{ startTick, durationTicks: Math.min(note.durationTicks, end - startTick), pitch, velocity }];
  });
  return [...notes, ...closingTone(demand, centre, lowest, highest)];
}

/** The chord's third or fifth through the song's last bar. */
function closingTone(demand: CounterDemand, centre: number, lowest: number, highest: number): Note[] {
  const { frame, harmony, section } = demand;
  const bar = section.startBar + section.bars - 1;
  if (!frame.isFinalBar(bar)) return [];
  const pitch = nearestPitch(harmony.at(frame.barStart(bar)).tones.slice(1, 3), centre, lowest, highest);
  return pitch === undefined ? [] : [tone(demand, { bar, step: 0, steps: frame.steps, pitch, level: 74 })];
}

/** On every eighth where the lead begins nothing, the step of the scale above what it holds: two parts make one line. */
function interlock(demand: CounterDemand, lead: readonly Note[]): Note[] {
  const { frame, harmony, player, section } = demand;
  const { lowest, highest, centre } = melodicRegister(frame, player, section.energy);
  const taken = new Set(lead.map(({ startTick }) => Math.round(startTick / STEP_TICKS)));
  const notes: Note[] = [];
  for (let bar = section.startBar; bar < section.startBar + section.bars; bar++) {
    if (frame.isFinalBar(bar)) continue;
    for (let step = 0; step < frame.steps; step += 2) {
      const place = Math.round(frame.tickOf(bar, step) / STEP_TICKS);
      const held = lead.findLast((note) => note.startTick <= place * STEP_TICKS + 20);
      if (taken.has(place) || !held) continue;
      const ladder = pitchLadder(harmony.at(place * STEP_TICKS).scale, lowest, highest);
      const near = nearestPitch([held.pitch % 12], centre, lowest, highest) ?? lowest;
      const pitch = ladder[ladder.findIndex((rung) => rung > near)] ?? near;
      notes.push(tone(demand, { bar, step, steps: 2, pitch, level: 76 }));
    }
  }
  return [...notes, ...closingTone(demand, centre, lowest, highest)];
}

/** Where the lead pauses for half a bar or more, three or four eighths through the chord's scale, ending on a chord tone. */
function answers(demand: CounterDemand, lead: readonly Note[]): Note[] {
  const { frame, harmony, player, section, random } = demand;
  const { lowest, highest, centre } = melodicRegister(frame, player, section.energy);
  const direction = random.chance(50) ? 1 : -1;
  const count = random.integer(3, 4);
  const notes: Note[] = [];
  for (let bar = 0; bar < section.bars; bar++) {
    const absolute = section.startBar + bar;
    const free = freeSteps(lead, absolute, frame);
    if (frame.isFinalBar(absolute)) {
      const pitch = nearestPitch(harmony.at(frame.barStart(absolute)).tones.slice(1, 3), centre, lowest, highest);
      if (pitch !== undefined)
        notes.push(tone(demand, { bar: absolute, step: 0, steps: frame.steps, pitch, level: 74 }));
      continue;
    }
    if (!free || free.steps < frame.steps / 2 || free.steps < count * 2) continue;
    const chord = harmony.at(frame.barStart(absolute) + free.step * 120);
    const ladder = pitchLadder(chord.scale, lowest, highest);
    const goal = nearestPitch(chord.tones, centre, lowest, highest) ?? lowest;
    const goalRung = ladder.indexOf(goal);
    for (let index = 0; index < count; index++) {
      const last = index === count - 1;
      const rung = goalRung - direction * (count - 1 - index);
      const step = free.step + 2 * index;
      const steps = last ? Math.min(free.step + free.steps - step, 6) : 2;
      notes.push(tone(demand, { bar: absolute, step, steps, pitch: ladder[rung] ?? goal, level: last ? 86 : 80 }));
    }
  }
  return notes;
}

/** The longest run of steps at the end of a bar in which no lead sounds. */
function freeSteps(lead: readonly Note[], bar: number, frame: SongFrame): { step: number; steps: number } | undefined {
  const start = frame.barStart(bar);
  const ends = lead
    .filter((note) => note.startTick < start + frame.barTicks && note.startTick + note.durationTicks > start)
    .map((note) => note.startTick + note.durationTicks - start);
  const step = Math.ceil(Math.max(0, ...ends) / 240) * 2;
  return step < frame.steps ? { step, steps: frame.steps - step } : undefined;
}

/** Thirds and sevenths of the chords in long notes, each as near as may be to the one before. */
function guideTones(demand: CounterDemand, start: number, end: number): Note[] {
  const { frame, harmony, player, section, random } = demand;
  const { lowest, highest, centre } = melodicRegister(frame, player, section.energy);
  let previous = Math.max(lowest, centre - 5);
  const notes: Note[] = [];
  for (const span of harmony.spans.filter((entry) => entry.startTick < end && entry.endTick > start)) {
    // An added sixth or ninth is a colour, no guide.
    const seventh = span.tones.find((tone) => [10, 11].includes(modulo12(tone - span.root)));
    const guides = [span.tones[1], seventh ?? span.tones[2]].filter((entry) => entry !== undefined);
    // Long chords move to the other guide tone halfway.
    const bars = (span.endTick - span.startTick) / frame.barTicks;
    const parts = bars >= 2 ? Math.round(bars) : 1;
    for (let part = 0; part < parts; part++) {
      const from = Math.round(span.startTick + ((span.endTick - span.startTick) * part) / parts);
      const to = Math.round(span.startTick + ((span.endTick - span.startTick) * (part + 1)) / parts);
      const choices = part % 2 ? guides.slice(1).concat(guides.slice(0, 1)).slice(0, 1) : guides;
      const pitch = nearestPitch(choices, previous, lowest, highest);
      if (pitch === undefined) continue;
      previous = pitch;
      const bar = frame.barAt(from) - section.startBar;
      notes.push({
        startTick: playedTick(from, 4, Math.max(from - frame.withinBar(from), start), random),
        durationTicks: Math.max(60, to - from - 24),
        pitch,
        velocity: playedVelocity(76, frame.energyAt(section, bar), random),
      });
    }
  }
  return notes;
}

interface CounterTone {
  bar: number;
  step: number;
  steps: number;
  pitch: number;
  level: number;
}

function tone({ frame, section, random }: CounterDemand, { bar, step, steps, pitch, level }: CounterTone): Note {
  const start = frame.tickOf(bar, step);
  return {
    startTick: playedTick(start, 5, frame.barStart(bar), random),
    durationTicks: Math.max(40, frame.tickOf(bar, step + steps) - start - 20),
    pitch,
    velocity: playedVelocity(level, frame.energyAt(section, bar - section.startBar), random),
  };
}
