import type { Brief } from '../brief/brief';
import { randomStream, type RandomStream } from '../random/random-stream';
import { findKey, sameKey } from '../measures/find-key';
import type { Chord, Key, Mode, Note, Section } from '../score/score';
import { keyAt } from '../score/timeline';
import { chordTones } from '../theory/chord-tones';
import type { Style } from '../styles/style';
import { modulo12, pitchClass, tonalityOf } from '../theory/key';
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
  const song = songFrame(brief, plan, score);
  const heard = new Map<string, boolean>();
  const chords = plan.sections.flatMap((section, index) => {
    const frame = song.of(section);
    const { tonic, mode } = keyAt(score, frame.barStart(section.startBar));
    const key: Key = { tonic, mode };
    const random = randomStream(brief.seed.value, 'harmony', attempt, section.id);
    const kind = randomStream(brief.seed.value, 'harmony', attempt, 'kind', section.name);
    const bars = brief.progression.value.length
      ? statedBars(brief, frame, section, { key, attempt })
      : composedBars(brief, frame, section, {
          key,
          random,
          kind,
          last: index === plan.sections.length - 1,
          attempt,
          heard,
        });
    return spansOf(bars, section, key, frame);
  });
  return { ...score, chords };
};

/**
 * The stated progression, one chord a bar, over and over from the song's first bar; the song ends on its tonic. Where a key
 * is stated too and its chords, given as numerals, would be taken for another one, they share its tonic as a common tone;
 * the critic's returns ask for more of that, at last for a dominant before each return to the tonic.
 */
function statedBars(
  brief: Brief,
  frame: SongFrame,
  section: Section,
  { key, attempt }: Pick<Draws, 'key' | 'attempt'>,
): BarChords[] {
  const stated = inKey(brief.progression.value, brief.key.value, key);
  const plain = stated.map((chord): BarChords => [chord]);
  const settled =
    brief.key.provenance !== 'stated' || !stated.every(isRoman) || isKeyHeard(plain, frame.harmonyStyle, key);
  const emphasis = (settled ? 0 : 1) + attempt;
  const bars =
    emphasis > 0 ? plain.map((bar, index) => homeward(bar, plain[(index + 1) % plain.length], key, emphasis)) : plain;
  return Array.from({ length: section.bars }, (_, index) => {
    const bar = section.startBar + index;
    const closes = frame.isFinalBar(bar) && frame.totalBars > stated.length;
    return closes ? [tonicOf(stated, key)] : [...(bars[bar % bars.length] ?? ['I'])];
  });
}

/** Chord symbols moved from one key to another, where a section is in a key of its own; numerals hold in any. */
function inKey(chords: readonly string[], from: Key, to: Key): readonly string[] {
  if (sameKey(from, to)) return chords;
  return chords.map((chord) => (isRoman(chord) ? chord : symbolToRoman(chord, from)));
}

/** A bar of one plain numeral with the key's tonic as a common tone; from the second degree of emphasis on, the second half of a bar before the tonic chord is its dominant. */
function homeward([chord = 'I']: BarChords, next: BarChords | undefined, key: Key, emphasis: number): BarChords {
  if (!isRoman(chord)) return [chord];
  const own = coloured(chord, key, emphasis);
  const leads = emphasis > 1 && /^[Ii](?![IiVv])/.test(next?.[0] ?? '') && !/^([Vv]|[Ii])(?![IiVv])/.test(chord);
  return leads ? [own, 'V7'] : [own];
}

/**
 * A plain triad with the key's tonic added where that is its sixth, seventh or ninth, the dominant with its seventh; with
 * more emphasis what has the tonic already gets the key's fifth in the same way.
 */
function coloured(roman: string, key: Key, emphasis: number): string {
  if (!/^[IiVv]+$/.test(roman)) return roman;
  const { root, tones } = chordTones(romanToSymbol(roman, key));
  const tonic = pitchClass(key.tonic);
  const above = modulo12(tonic - root);
  if (above === 5 && roman.toUpperCase() === 'V') return `${roman}7`;
  const minor = tones.includes(modulo12(root + 3));
  const suffix = (tone: number) =>
    tones.includes(tone) ? undefined : { 2: 'add9', 9: minor ? undefined : '6', 10: '7' }[modulo12(tone - root)];
  const fifth = emphasis > 1 && above !== 0 ? suffix(modulo12(tonic + 7)) : undefined;
  return `${roman}${suffix(tonic) ?? fifth ?? ''}`;
}

/** The tonic chord as the progression itself writes it, or else the key's plain triad. */
function tonicOf(stated: readonly string[], key: Key): string {
  const isTonic = (chord: string) => /^(I|i)(?![IiVv])/.test(isRoman(chord) ? chord : symbolToRoman(chord, key));
  return (
    stated.find((chord) => isTonic(chord) && !chord.includes('/')) ?? (tonalityOf(key.mode) === 'minor' ? 'i' : 'I')
  );
}

interface Draws {
  /** The key of the section. */
  key: Key;
  random: RandomStream;
  /** The stream that all sections of one kind share. */
  kind: RandomStream;
  last: boolean;
  attempt: number;
  /** Which progressions make the key out, as far as asked. */
  heard: Map<string, boolean>;
}

function composedBars(
  brief: Brief,
  frame: SongFrame,
  section: Section,
  { key, random, kind, last, attempt, heard }: Draws,
): BarChords[] {
  const style = frame.harmonyStyle;
  const vamp = MODAL_VAMPS[key.mode];
  const pattern =
    vamp && attempt > 0
      ? barsOf(kind.pick(vamp))
      : chooseProgression(style, key, { section: section.name, random: kind, heard });
  const bars = Array.from({ length: section.bars }, (_, index) => [...(pattern[index % pattern.length] ?? ['I'])]);
  if (attempt < ANCHORED_ATTEMPT) decorate(bars, style, random);
  else anchor(bars, style, key, attempt);
  const next = (bars[0] ?? [])[0] ?? '';
  if (!last && section.bars >= 4 && kind.chance(style.harmony.turnaroundPercent)) turnAround(bars, next);
  if (last && !brief.loop.value) close(bars, style, key);
  return isModal(key)
    ? bars.map((bar) =>
        bar.map((roman) =>
          vamp?.some((text) => barsOf(text).flat().includes(roman)) || isOwn(style, key, roman)
            ? roman
            : diatonicRoman(roman, key),
        ),
      )
    : bars;
}

/** Where a mode was not heard: its tonic against the chord that holds its own degree. */
const MODAL_VAMPS: Partial<Record<Mode, readonly string[]>> = {
  dorian: ['i7 | i7 | IV | i7', 'i7 | IV7 | i7 | i7'],
  phrygian: ['i | bII | i | i', 'i | i | bII | i'],
  lydian: ['I | II | I | I', 'Imaj7 | Imaj7 | II | I'],
  mixolydian: ['I | bVII | I | I', 'I7 | I7 | bVII | I'],
  locrian: ['i° | bII | i° | i°', 'iø7 | iø7 | bV | iø7'],
};

/** From this return by the critic on, the key matters more than variety. */
const ANCHORED_ATTEMPT = 2;

/** Every phrase of four bars begins on the tonic; at the next return, every pair of bars, on its plain triad. */
function anchor(bars: BarChords[], style: Style, key: Key, attempt: number): void {
  const period = attempt > ANCHORED_ATTEMPT ? 2 : 4;
  const tonality = tonalityOf(key.mode);
  const triad = tonality === 'minor' ? 'i' : 'I';
  const [usual = triad] = (barsOf(cadenceOf(style, key)).at(-1) ?? []).slice(-1);
  const tonic = attempt > ANCHORED_ATTEMPT ? triad : usual;
  for (let index = 0; index < bars.length; index += period) bars[index] = [tonic];
}

/** How much less a progression is wanted whose chords alone would be taken for another key. */
const UNHEARD_KEY_WEIGHT = 0.12;

interface ProgressionDraw {
  section: string;
  random: RandomStream;
  heard: Map<string, boolean>;
}

function chooseProgression(style: Style, key: Key, { section, random, heard }: ProgressionDraw): BarChords[] {
  const tonality = tonalityOf(key.mode);
  const fitting = style.harmony.progressions.filter(
    (entry) =>
      entry.tonality === tonality &&
      (!entry.modes || entry.modes.includes(key.mode)) &&
      (!entry.sections || entry.sections.includes(section)),
  );
  const modal = fitting.filter((entry) => entry.modes);
  const meant = fitting.filter((entry) => entry.sections);
  const choice = modal.length ? modal : meant.length ? meant : fitting;
  const wanted = ({ chords, weight }: (typeof choice)[number]) => {
    const name = `${chords} in ${key.mode}`;
    const clear = heard.get(name) ?? isKeyHeard(barsOf(chords), style, key);
    heard.set(name, clear);
    return weight * (clear ? 1 : UNHEARD_KEY_WEIGHT);
  };
  return barsOf(random.pickWeighted(choice, wanted).chords);
}

/** Whether chords with their roots in the bass make the key out, by the Krumhansl-Schmuckler algorithm. */
function isKeyHeard(bars: readonly BarChords[], style: Style, key: Key): boolean {
  const notes = bars.flatMap((bar) =>
    bar.flatMap((roman): Note[] => {
      const { root, tones } = chordTones(
        romanToSymbol(isModal(key) && !isOwn(style, key, roman) ? diatonicRoman(roman, key) : roman, key),
      );
      return [root, root, ...tones].map((pitch) => ({
        startTick: 0,
        durationTicks: 960 / bar.length,
        pitch,
        velocity: 64,
      }));
    }),
  );
  const found = findKey(notes, ['major', 'minor', key.mode]);
  return found !== undefined && sameKey(found.key, key);
}

function barsOf(text: string): BarChords[] {
  return text.split('|').map((bar) => bar.trim().split(/\s+/));
}

function isModal(key: Key): boolean {
  return key.mode !== 'major' && key.mode !== 'minor';
}

/** Whether a numeral stands in a progression or cadence written for the mode itself. */
function isOwn(style: Style, key: Key, roman: string): boolean {
  const own = style.harmony.progressions.filter((entry) => entry.modes?.includes(key.mode)).map(({ chords }) => chords);
  return [...own, style.harmony.cadences[key.mode] ?? ''].some((text) => barsOf(text).flat().includes(roman));
}

/** The cadence for the mode, else for its tonality. */
function cadenceOf({ harmony: { cadences } }: Style, key: Key): string {
  return cadences[key.mode] ?? cadences[tonalityOf(key.mode)];
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
  const cadence = barsOf(cadenceOf(style, key));
  const room = Math.min(cadence.length, Math.max(1, bars.length - 1));
  bars.splice(bars.length - room, room, ...cadence.slice(cadence.length - room));
}

/** Spans of one section; a chord that goes on into the next bar is one span. */
function spansOf(bars: BarChords[], section: Section, key: Key, frame: SongFrame): Chord[] {
  const spans: Chord[] = [];
  bars.forEach((bar, index) => {
    const barStart = frame.barStart(section.startBar + index);
    bar.forEach((written, place) => {
      const from = startStep(place, bar.length, frame);
      const to = place + 1 < bar.length ? startStep(place + 1, bar.length, frame) : frame.steps;
      if (to <= from) return;
      const roman = isRoman(written) ? written : symbolToRoman(written, key);
      const symbol = isRoman(written) ? romanToSymbol(written, key) : written;
      const startTick = barStart + from * STEP_TICKS;
      const durationTicks = (to - from) * STEP_TICKS;
      const before = spans[spans.length - 1];
      // The closing bar is a chord of its own, for all parts to close on.
      const goesOn = before?.symbol === symbol && !frame.isFinalBar(section.startBar + index);
      if (goesOn) before.durationTicks += durationTicks;
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
