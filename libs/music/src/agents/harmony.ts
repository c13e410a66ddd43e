import type { Brief } from '../brief/brief';
import { randomStream, type RandomStream } from '../random/random-stream';
import type { Chord, Key, Section } from '../score/score';
import type { Style } from '../styles/style';
import { tonalityOf } from '../theory/key';
import { STEP_TICKS } from '../theory/meter-grid';
import { diatonicRoman, isRoman, romanToSymbol, symbolToRoman } from '../theory/roman-numeral';
import type { Agent } from './agent';
import { songFrame, type SongFrame } from './song-frame';

/** The chords of one bar, as Roman numerals or symbols. */
type BarChords = string[];

/**
 * Writes the chords: one progression for every kind of section, or the one the Brief states; dominants that lead on, and
 * a cadence at the end. Sections are drawn for apart, so that a change of one leaves the others.
 */
export const harmony: Agent = ({ brief, plan, score, attempt }) => {
  const frame = songFrame(brief, plan);
  const chords = plan.sections.flatMap((section, index) => {
    const random = randomStream(brief.seed.value, 'harmony', attempt, section.id);
    const kind = randomStream(brief.seed.value, 'harmony', attempt, 'kind', section.name);
    const bars = brief.progression.value.length
      ? statedBars(brief, frame, section)
      : composedBars(brief, frame, section, { random, kind, last: index === plan.sections.length - 1 });
    return spansOf(bars, section, brief.key.value, frame);
  });
  return { ...score, chords };
};

/** The stated progression, one chord a bar, over and over from the song's first bar; the song ends on its tonic. */
function statedBars(brief: Brief, frame: SongFrame, section: Section): BarChords[] {
  const stated = brief.progression.value;
  return Array.from({ length: section.bars }, (_, index) => {
    const bar = section.startBar + index;
    const chord = stated[bar % stated.length] ?? 'I';
    const closes = frame.isFinalBar(bar) && frame.totalBars > stated.length;
    return [closes ? tonicOf(stated, brief.key.value) : chord];
  });
}

/** The tonic chord as the progression itself writes it, or else the key's plain triad. */
function tonicOf(stated: readonly string[], key: Key): string {
  const isTonic = (chord: string) => /^(I|i)(?![IiVv])/.test(isRoman(chord) ? chord : symbolToRoman(chord, key));
  return (
    stated.find((chord) => isTonic(chord) && !chord.includes('/')) ?? (tonalityOf(key.mode) === 'minor' ? 'i' : 'I')
  );
}

interface Draws {
  random: RandomStream;
  /** The stream that all sections of one kind share. */
  kind: RandomStream;
  last: boolean;
}

function composedBars(brief: Brief, frame: SongFrame, section: Section, { random, kind, last }: Draws): BarChords[] {
  const style = frame.harmonyStyle;
  const key = brief.key.value;
  const pattern = chooseProgression(style, key, section.name, kind);
  const bars = Array.from({ length: section.bars }, (_, index) => [...(pattern[index % pattern.length] ?? ['I'])]);
  decorate(bars, style, random);
  const next = (bars[0] ?? [])[0] ?? '';
  if (!last && section.bars >= 4 && kind.chance(style.harmony.turnaroundPercent)) turnAround(bars, next);
  if (last && !brief.loop.value) close(bars, style, key);
  return isModal(key)
    ? bars.map((bar) => bar.map((roman) => (isOwn(style, key, roman) ? roman : diatonicRoman(roman, key))))
    : bars;
}

function chooseProgression(style: Style, key: Key, kind: string, random: RandomStream): BarChords[] {
  const tonality = tonalityOf(key.mode);
  const fitting = style.harmony.progressions.filter(
    (entry) =>
      entry.tonality === tonality &&
      (!entry.modes || entry.modes.includes(key.mode)) &&
      (!entry.sections || entry.sections.includes(kind)),
  );
  const modal = fitting.filter((entry) => entry.modes);
  const meant = fitting.filter((entry) => entry.sections);
  const choice = modal.length ? modal : meant.length ? meant : fitting;
  return barsOf(random.pickWeighted(choice, ({ weight }) => weight).chords);
}

function barsOf(text: string): BarChords[] {
  return text.split('|').map((bar) => bar.trim().split(/\s+/));
}

function isModal(key: Key): boolean {
  return key.mode !== 'major' && key.mode !== 'minor';
}

/** Whether a numeral stands in a progression written for the mode itself. */
function isOwn(style: Style, key: Key, roman: string): boolean {
  return style.harmony.progressions.some(
    (entry) => entry.modes?.includes(key.mode) && barsOf(entry.chords).flat().includes(roman),
  );
}

/** Gives the second half of some bars to the dominant of the chord that follows, or to its tritone substitute. */
function decorate(bars: BarChords[], { harmony }: Style, random: RandomStream): void {
  for (let index = 0; index + 1 < bars.length; index++) {
    const bar = bars[index] ?? [];
    const next = (bars[index + 1] ?? [])[0] ?? '';
    const roll = random.unit() * 100;
    if (bar.length !== 1 || bar[0] === next || /[°ø/]/.test(next) || /^[b#♮]/.test(next)) continue;
    const target = (/^[IViv]+/.exec(next) ?? [''])[0];
    if (target.toUpperCase() === 'I' || target.toUpperCase() === 'IV') continue;
    if (roll < harmony.secondaryDominantPercent) bar.push(`V7/${target}`);
    else if (roll < harmony.secondaryDominantPercent + harmony.tritoneSubstitutePercent) bar.push(`bII7/${target}`);
  }
}

/** The last half bar leads back to a section that begins on the tonic. */
function turnAround(bars: BarChords[], next: string): void {
  const last = bars[bars.length - 1];
  if (!last || last.length !== 1 || !/^[Ii](?![IiVv])/.test(next) || /^[Vv](?![Ii])/.test(last[0] ?? '')) return;
  last.push('V7');
}

/** The last bars become the style's cadence, as much of it as there is room for before the first bar. */
function close(bars: BarChords[], style: Style, key: Key): void {
  const cadence = barsOf(style.harmony.cadences[tonalityOf(key.mode)]);
  const room = Math.min(cadence.length, Math.max(1, bars.length - 1));
  bars.splice(bars.length - room, room, ...cadence.slice(cadence.length - room));
}

/** Spans of one section; a chord that goes on into the next bar is one span. */
function spansOf(bars: BarChords[], section: Section, key: Key, frame: SongFrame): Chord[] {
  const spans: Chord[] = [];
  bars.forEach((bar, index) => {
    const barStart = (section.startBar + index) * frame.barTicks;
    bar.forEach((written, place) => {
      const from = startStep(place, bar.length, frame);
      const to = place + 1 < bar.length ? startStep(place + 1, bar.length, frame) : frame.steps;
      if (to <= from) return;
      const roman = isRoman(written) ? written : symbolToRoman(written, key);
      const symbol = isRoman(written) ? romanToSymbol(written, key) : written;
      const startTick = barStart + from * STEP_TICKS;
      const durationTicks = (to - from) * STEP_TICKS;
      const before = spans[spans.length - 1];
      if (before?.symbol === symbol) before.durationTicks += durationTicks;
      else spans.push({ startTick, durationTicks, symbol, roman });
    });
  });
  return spans;
}

/** Chords of one bar change on felt beats where there are enough of them. */
function startStep(place: number, count: number, { beats, steps }: SongFrame): number {
  if (count <= beats.length) return beats[Math.floor((place * beats.length) / count)] ?? 0;
  return Math.floor((place * steps) / count);
}
