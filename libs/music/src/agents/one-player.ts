import { isAcousticKit, LIMBS, STICK_KEYS, breathOf, playableTogether } from '../instruments/playing-limits';
import type { Instrument } from '../instruments/instrument';
import type { Note, Score } from '../score/score';
import { tempoAt, tickToSeconds } from '../score/timeline';

/** Notes that begin this close together, in ticks, are struck as one: a strum, or hands that are not quite together. */
export const TOGETHER_TICKS = 60;
/** The shortest that a note is cut to. */
const LEAST_TICKS = 40;

const endOf = ({ startTick, durationTicks }: Note) => startTick + durationTicks;

/**
 * Chords as one player can hold them: what still sounds when more is struck than hands or strings can hold is let go,
 * the longest-held first, and of a chord that is too wide in itself inner tones are left out. `line` is what the same
 * player plays besides, and stays as it is. The same notes where the instrument has no such limit.
 */
export function heldByOnePlayer(notes: readonly Note[], player: Instrument, line: readonly Note[] = []): Note[] {
  const fits = playableTogether(player);
  if (!fits) return [...notes];
  const kept: Note[] = [];
  let sounding: Note[] = [];
  for (const { tick, own, others } of strikes(notes, line)) {
    sounding = sounding.filter((note) => endOf(note) > tick);
    const held = others.map(({ pitch }) => pitch);
    const struck = [...own];
    const pitches = (chord: readonly Note[]) => [...new Set([...chord.map(({ pitch }) => pitch), ...held])];
    while (struck.length > 1 && !fits(pitches(struck))) struck.splice(Math.floor(struck.length / 2), 1);
    const still = [...sounding].sort((a, b) => a.startTick - b.startTick || a.pitch - b.pitch);
    while (still.length && !fits(pitches([...still, ...struck]))) {
      const released = still.shift();
      if (released) released.durationTicks = Math.max(LEAST_TICKS, tick - released.startTick);
    }
    if (!struck.length) continue;
    const copies = struck.map((note) => ({ ...note }));
    kept.push(...copies);
    sounding = [...still, ...copies];
  }
  return kept;
}

/** What begins together, and what of the line sounds with it. */
function strikes(notes: readonly Note[], line: readonly Note[]) {
  const all = [...notes.map((note) => ({ note, own: true })), ...line.map((note) => ({ note, own: false }))];
  all.sort((a, b) => a.note.startTick - b.note.startTick || a.note.pitch - b.note.pitch);
  const groups: { tick: number; own: Note[]; others: Note[] }[] = [];
  let ringing: Note[] = [];
  for (const { note, own } of all) {
    let group = groups.at(-1);
    if (!group || note.startTick - group.tick >= TOGETHER_TICKS) {
      ringing = ringing.filter((other) => endOf(other) > note.startTick + TOGETHER_TICKS / 2);
      group = { tick: note.startTick, own: [], others: [...ringing] };
      groups.push(group);
    }
    if (own) group.own.push(note);
    else {
      group.others.push(note);
      ringing.push(note);
    }
  }
  return groups;
}

/** A drum part as a drummer with two sticks can play it: of more strokes at once the less needed ones are left out. The same notes for kits that no drummer sits at. */
export function drummedByOnePlayer(notes: readonly Note[], kit: Instrument): Note[] {
  if (!isAcousticKit(kit)) return [...notes];
  const sorted = [...notes].sort((a, b) => a.startTick - b.startTick);
  const kept: Note[] = [];
  for (let from = 0; from < sorted.length;) {
    const tick = sorted[from]?.startTick ?? 0;
    let to = from;
    while (to < sorted.length && (sorted[to]?.startTick ?? 0) - tick < DRUM_TOGETHER_TICKS) to++;
    const struck = sorted.slice(from, to);
    const keys = [...new Set(struck.map(({ pitch }) => pitch))]
      .filter((key) => STICK_KEYS.includes(key))
      .sort((a, b) => STICK_KEYS.indexOf(a) - STICK_KEYS.indexOf(b));
    const without = keys.slice(LIMBS);
    kept.push(...struck.filter(({ pitch }) => !without.includes(pitch)));
    from = to;
  }
  return kept;
}

/** Strokes closer than this, in ticks, are one motion: less than the quickest single strokes of one hand. */
export const DRUM_TOGETHER_TICKS = 50;

/** A line with room to breathe: where a player would go on for too long, the longest note since the last pause ends early. The same notes where nobody needs to breathe. */
export function withBreaths(notes: readonly Note[], player: Instrument, score: Pick<Score, 'tempos'>): Note[] {
  const breath = breathOf(player);
  if (!breath) return [...notes];
  const line = notes.map((note) => ({ ...note }));
  const pause = (tick: number) => Math.ceil((breath.pauseSeconds * tempoAt(score, tick).milliBpm * 480) / 60_000);
  const seconds = (from: number, to: number) => tickToSeconds(score, to) - tickToSeconds(score, from);
  let first = 0;
  for (let index = 0; index < line.length; index++) {
    const note = line[index];
    const before = line[index - 1];
    if (!note) continue;
    if (before && note.startTick - endOf(before) >= pause(note.startTick)) first = index;
    while (seconds(line[first]?.startTick ?? 0, endOf(note)) > breath.seconds) {
      if (first === index) {
        // A single note that is too long for any breath.
        const most = Math.floor((breath.seconds * tempoAt(score, note.startTick).milliBpm * 480) / 60_000);
        note.durationTicks = Math.min(note.durationTicks, most) - pause(note.startTick);
        break;
      }
      const phrase = line.slice(first, index);
      const longest = phrase.reduce((a, b) => (b.durationTicks >= a.durationTicks ? b : a));
      const at = line.indexOf(longest);
      const next = line[at + 1];
      const end = (next?.startTick ?? 0) - pause(longest.startTick);
      longest.durationTicks = Math.max(LEAST_TICKS, Math.min(longest.durationTicks, end - longest.startTick));
      first = at + 1;
    }
  }
  return line;
}
