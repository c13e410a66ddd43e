import type { Instrument } from '../instruments/instrument';
import type { Note } from '../score/score';
import { playableTogether } from '../instruments/playing-limits';
import { modulo12, pitchClass } from '../theory/key';
import { STEP_TICKS } from '../theory/meter-grid';
import { nearestPitch } from '../theory/pitch-ladder';
import { leadVoices } from '../theory/voice-leading';
import type { ArrangedSection } from './arranged-section';
import { choosePart, partsFor } from './choose-part';
import { gridEvents, type GridEvent } from './grid-events';
import type { HarmonySpan } from './harmony-timeline';
import { playedTick, playedVelocity } from './performance';

const LEVELS: Readonly<Record<string, number>> = { X: 98, x: 86, g: 66 };
/** Those that break chords wherever the style has a broken figure. */
const BROKEN_CHORD_INSTRUMENTS = ['orchestral-harp', 'celesta', 'music-box', 'kalimba', 'koto', 'dulcimer'];
const TURN_PERCENT = 70;
const POWER_CHORD_GUITARS = ['overdriven-guitar', 'distortion-guitar'];
/** Ticks between the strings of a strum. */
const STRUM_TICKS = 7;

/** Comping: the style's figure on voice-led chords; guitars strum, distorted ones play power chords, single voices guide tones. */
export function compingSection(part: ArrangedSection): Note[] {
  const { frame, section, player, random, kind } = part;
  const { comping } = frame.harmonyStyle;
  const use = { meter: frame.meter, section: section.name, energy: section.energy };
  const broken = comping.figures.filter(({ grid }) => /[1-6]/.test(grid));
  const breaks = BROKEN_CHORD_INSTRUMENTS.includes(player.id) && partsFor(broken, use).length > 0;
  const choices = breaks ? broken : comping.figures;
  const usual = choosePart(choices, use, kind);
  // The last bar of a phrase may have another figure, of the same sort.
  const sort = choices.filter(({ grid }) => /[1-6]/.test(grid) === /[1-6]/.test(usual.grid));
  const turn = kind.chance(TURN_PERCENT) ? choosePart(sort, use, kind) : usual;
  const notes: Note[] = [];
  let previous: number[] = [];
  let voiced: HarmonySpan | undefined;
  // How often a chord was struck again.
  let strikes = 0;
  for (let bar = 0; bar < section.bars; bar++) {
    const absolute = section.startBar + bar;
    const energy = frame.energyAt(section, bar);
    const figure = bar % 4 === 3 ? turn : usual;
    const final = frame.isFinalBar(absolute);
    const events = final
      ? [{ step: 0, steps: frame.steps, sign: 'x' }]
      : withChanges(gridEvents(figure, bar, frame), absolute, part);
    for (const event of events) {
      const chord = chordUnder(event, absolute, part);
      if (final) previous = closingVoicing(chord, previous, part);
      else if (chord !== voiced) [previous, strikes] = [voicing(chord, previous, part), 0];
      else if (!player.polyphonic) {
        const centre = previous[0] ?? player.lowestPitch;
        previous = singleVoice(chord, previous, { player, turn: part.place + ++strikes, centre });
      }
      voiced = chord;
      const start = frame.tickOf(absolute, event.step);
      if (
        carriesBass(part) &&
        (event.step === 0 || chord.startTick === frame.barStart(absolute) + event.step * STEP_TICKS)
      ) {
        notes.push(...leftHand(chord, absolute, event.step, part));
      }
      const length = frame.tickOf(absolute, event.step + event.steps) - start;
      const voice = Number(event.sign);
      const sounding = voice > 0 ? previous.slice((voice - 1) % Math.max(1, previous.length)).slice(0, 1) : previous;
      const strum = player.family === 'guitar' && sounding.length > 2 && figure.gatePercent > 50 ? STRUM_TICKS : 0;
      const onset = playedTick(start, 4, frame.barStart(absolute), random);
      const level = voice > 0 ? (frame.beats.includes(event.step) ? 84 : 74) : (LEVELS[event.sign] ?? 80);
      sounding.forEach((pitch, index) => {
        notes.push({
          startTick: onset + strum * index,
          durationTicks: Math.max(
            30,
            Math.round((length * (final ? 100 : figure.gatePercent)) / 100) - 10 - strum * index,
          ),
          pitch,
          // The top voice carries the line of the chords.
          velocity: playedVelocity(level + (index === sounding.length - 1 ? 4 : 0), energy, random),
        });
      });
    }
  }
  return notes;
}

/** Whether this player has the bass to play as well: nobody else does, and the instrument has the voices. */
function carriesBass({ plan, section, player, place }: ArrangedSection): boolean {
  const hasBass = plan.tracks.some(({ role, sectionIds }) => role === 'bass' && sectionIds.includes(section.id));
  return !hasBass && place === 0 && player.polyphonic && !POWER_CHORD_GUITARS.includes(player.id);
}

/** The root below the chord, for as long as the bar or the chord lasts. */
function leftHand(
  chord: HarmonySpan,
  bar: number,
  step: number,
  { frame, section, player, random }: ArrangedSection,
): Note[] {
  const highest = Math.max(
    player.lowestPitch,
    Math.min(player.lowestPitch + 19, frame.harmonyStyle.comping.lowest - 1),
  );
  const pitch = nearestPitch([chord.bass], 42, player.lowestPitch, highest);
  if (pitch === undefined) return [];
  const start = frame.tickOf(bar, step);
  const end = Math.min(chord.endTick, frame.barStart(bar + 1));
  const energy = frame.energyAt(section, bar - section.startBar);
  return [
    {
      startTick: start,
      durationTicks: Math.max(60, end - start - 20),
      pitch,
      velocity: playedVelocity(82, energy, random),
    },
  ];
}

/** The chord an event sounds: its own, or, as a push, the next one where that begins within an eighth. */
function chordUnder(event: GridEvent, bar: number, { frame, harmony, kind }: ArrangedSection): HarmonySpan {
  const tick = frame.barStart(bar) + event.step * STEP_TICKS;
  const own = harmony.at(tick);
  const next = harmony.after(tick);
  const pushes = next.startTick - tick <= 2 * STEP_TICKS && next.startTick > tick && event.step > 0;
  const sectionGoesOn = frame.withinBar(next.startTick) === 0;
  return pushes && sectionGoesOn && kind.fork(bar, event.step).chance(frame.harmonyStyle.comping.anticipatePercent)
    ? next
    : own;
}

/** Chords held into a change are struck again with the new one. */
function withChanges(events: GridEvent[], bar: number, { frame, harmony }: ArrangedSection): GridEvent[] {
  return events.flatMap((event) => {
    const parts: GridEvent[] = [{ ...event }];
    for (let step = event.step + 1; step < event.step + event.steps; step++) {
      const tick = frame.barStart(bar) + step * STEP_TICKS;
      const current = parts[parts.length - 1];
      if (!current || harmony.at(tick).startTick !== tick) continue;
      parts.push({ step, steps: current.step + current.steps - step, sign: current.sign });
      current.steps = step - current.step;
    }
    return parts;
  });
}

function voicing(
  chord: HarmonySpan,
  previous: readonly number[],
  { brief, plan, section, frame, key, player, place }: ArrangedSection,
): number[] {
  const { comping } = frame.harmonyStyle;
  const lowest = Math.max(player.lowestPitch, comping.lowest);
  const highest = Math.max(lowest + 7, Math.min(player.highestPitch, comping.highest));
  if (POWER_CHORD_GUITARS.includes(player.id)) {
    const accompanists = plan.tracks.filter(
      ({ role, sectionIds }) => (role === 'chords' || role === 'pad') && sectionIds.includes(section.id),
    );
    return powerChord(chord, player, { place, withTenth: accompanists.length === 1 });
  }
  if (!player.polyphonic) return singleVoice(chord, previous, { player, turn: place, centre: (lowest + highest) / 2 });
  // The tonic chord keeps its root: without it, it is another chord (Ebmaj9 is Gm7), and the key goes unheard; and so does what was asked for.
  const rootless = comping.rootless && !brief.progression.value.length && chord.root !== pitchClass(key.tonic);
  const tones = essentialTones(chord, comping.voices, rootless);
  // A second player keeps out of the first one's way.
  const centre = (lowest + highest) / 2 + (place % 2 ? 6 : -1);
  const strict = frame.style.harmony.parallels === 'avoided';
  const fits = playableTogether(player);
  return leadVoices(tones, { voices: comping.voices, lowest, highest, centre, previous, strict, fits });
}

/** One tone of a chord: its third first, which tells what it is, then the others in turn, each near the one before. */
function singleVoice(
  chord: HarmonySpan,
  previous: readonly number[],
  { player, turn, centre }: { player: Instrument; turn: number; centre: number },
): number[] {
  const tone = chord.tones[(1 + turn) % chord.tones.length] ?? chord.root;
  const pitch = nearestPitch([tone], previous[0] ?? centre, player.lowestPitch, player.highestPitch);
  return pitch === undefined ? [] : [pitch];
}

/** Without a bass, the closing chord stands on its root. */
function closingVoicing(chord: HarmonySpan, previous: readonly number[], part: ArrangedSection): number[] {
  const { plan, section, player, place } = part;
  const pitches = voicing(chord, previous, part);
  const hasBass = plan.tracks.some(({ role, sectionIds }) => role === 'bass' && sectionIds.includes(section.id));
  if (hasBass || place > 0) return pitches;
  const lowest = pitches[0] ?? player.lowestPitch;
  const root =
    nearestPitch([chord.root], lowest - 6, player.lowestPitch, lowest) ??
    nearestPitch([chord.root], lowest, player.lowestPitch, player.highestPitch);
  if (root === undefined) return pitches;
  return player.polyphonic ? [root, ...pitches.filter((pitch) => pitch > root)] : [root];
}

interface PowerChord {
  place: number;
  withTenth: boolean;
}

/** Root, fifth and octave, low on the guitar, the second guitar an octave higher; with the third on top where nobody else sounds it. */
function powerChord(chord: HarmonySpan, player: Instrument, { place, withTenth }: PowerChord): number[] {
  const root = player.lowestPitch + modulo12(chord.root - player.lowestPitch) + (place % 2 ? 12 : 0);
  const intervals = chord.tones.map((tone) => modulo12(tone - chord.root));
  const fifth = intervals.find((interval) => interval >= 6 && interval <= 8) ?? 7;
  const third = intervals.find((interval) => interval >= 2 && interval <= 5);
  return [root, root + fifth, root + 12, ...(withTenth && third !== undefined ? [root + 12 + third] : [])];
}

/** The tones that make a chord what it is, first: third, seventh, colours, fifth; the root first of all unless left to the bass. */
export function essentialTones(chord: HarmonySpan, voices: number, rootless: boolean): number[] {
  const [root = 0, third, fifth, seventh, ...colours] = chord.tones;
  const given = (tones: (number | undefined)[]) => tones.filter((tone) => tone !== undefined);
  if (chord.tones.length <= 3) return chord.tones;
  const rest = given([third, seventh, ...colours.slice().reverse(), fifth]);
  return rootless && rest.length >= 3
    ? [...rest, root].slice(0, Math.max(voices, 3))
    : [root, ...rest].slice(0, Math.max(voices, 3));
}
