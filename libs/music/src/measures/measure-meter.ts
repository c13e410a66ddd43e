import { instrument } from '../instruments/instrument';
import { PPQ, type Meter, type Score } from '../score/score';
import { barLengthTicks, endTick } from '../score/timeline';
import { soundingTracks } from './sounding-tracks';

/** The meter heard, and how alike its bars are (autocorrelation of the accents at the length of a bar, -1 to 1). */
export interface MeasuredMeter {
  numerator: number;
  denominator: number;
  strength: number;
}

type TimeSignature = Pick<Meter, 'numerator' | 'denominator'>;

const STEP_TICKS = PPQ / 4;
const CANDIDATES: readonly TimeSignature[] = [
  { numerator: 4, denominator: 4 },
  { numerator: 3, denominator: 4 },
  { numerator: 2, denominator: 4 },
  { numerator: 6, denominator: 8 },
  { numerator: 5, denominator: 4 },
  { numerator: 7, denominator: 8 },
  { numerator: 9, denominator: 8 },
  { numerator: 12, denominator: 8 },
];
/** Below this the accents do not repeat enough to tell a meter. */
const AUDIBLE = 0.25;
/** Bars that repeat nearly as well as the best are no worse: a bar of four also repeats after two. */
const MARGIN = 0.1;
/** Halves or thirds of a bar that are this much stronger settle the question. */
const CLEAR = 1.2;
/** A repeat after two bars tells less of the bar than one after a bar: four beats in twos repeat after six, too. */
const TWO_BARS = 0.15;

/**
 * The meter heard from the accents: velocities per sixteenth, each drum and each track by itself, whose autocorrelation
 * tells after what length the music repeats (after J. Brown, Determination of the meter of musical scores by
 * autocorrelation, JASA 94, 1993). What only marks the quarter notes is taken out first, since it fits every meter.
 *
 * The bar of `asked` is taken where it, its half or two of it repeat audibly and no other speaks against it; else the best of
 * the usual meters. 6/8 and 3/4, equally long, are told apart by whether the bar moves in halves
 * or in thirds. Undefined where accents do not repeat audibly.
 */
export function measureMeter(score: Score, asked: TimeSignature): MeasuredMeter | undefined {
  const voices = accentsByVoice(score);
  const accents = steadyVoices(voices).map(lessPulse);
  const repeats = (ticks: number) => autocorrelation(accents, Math.round(ticks / STEP_TICKS));
  const heard = ({ numerator, denominator }: TimeSignature): MeasuredMeter => ({
    numerator,
    denominator,
    strength: repeats(barLengthTicks({ numerator, denominator })),
  });
  const bar = barLengthTicks(asked);
  const candidates = CANDIDATES.map(heard);
  const best = strongest(candidates);
  const own = Math.max(repeats(bar / 2), repeats(bar), repeats(2 * bar) - TWO_BARS);
  const holds = own >= AUDIBLE && candidates.every((other) => !speaksAgainst(other, own, bar));
  if (!holds && best.strength < AUDIBLE) return undefined;
  const found = holds ? { numerator: asked.numerator, denominator: asked.denominator, strength: own } : best;
  if (barLengthTicks(found) !== 3 * PPQ) return found;
  return { ...found, ...groupingOfThree(steadyVoices(voices), found) };
}

/**
 * Whether another meter speaks against a bar of `bar` ticks: halves and multiples do not; a third or so does where it
 * repeats as well as the bar itself, and any other where it repeats clearly better.
 */
function speaksAgainst(other: MeasuredMeter, own: number, bar: number): boolean {
  const length = barLengthTicks(other);
  if (length % bar === 0 || 2 * length === bar) return false;
  return bar % length === 0 ? other.strength >= own : other.strength > own + MARGIN;
}

function strongest(meters: readonly MeasuredMeter[]): MeasuredMeter {
  return meters.reduce((left, right) => (right.strength > left.strength ? right : left));
}

/** Velocities per sixteenth of each drum and each pitched track. */
function accentsByVoice(score: Score): number[][] {
  const steps = Math.ceil(endTick(score) / STEP_TICKS);
  const voices = new Map<string, number[]>();
  for (const { id, notes, instrument: instrumentId } of soundingTracks(score)) {
    const { isDrumKit } = instrument(instrumentId);
    for (const { startTick, velocity, pitch } of notes) {
      const voice = isDrumKit ? `${id}/${pitch}` : id;
      const accents = voices.get(voice) ?? Array<number>(steps).fill(0);
      const step = Math.min(Math.round(startTick / STEP_TICKS), steps - 1);
      accents[step] = (accents[step] ?? 0) + velocity;
      voices.set(voice, accents);
    }
  }
  return [...voices.values()];
}

/** The voices that take part throughout: they begin a note in a quarter of the half notes at least. Fills and crashes tell phrases, not bars. */
function steadyVoices(voices: readonly number[][]): number[][] {
  const halfNote = 8;
  const steady = voices.filter((accents) => {
    const active = new Set(accents.flatMap((value, step) => (value > 0 ? [Math.floor(step / halfNote)] : [])));
    return active.size >= accents.length / halfNote / 4;
  });
  return steady.length > 0 ? steady : [...voices];
}

/** Each value less the mean of those at the same place in their quarter note. */
function lessPulse(accents: readonly number[]): number[] {
  const places = [0, 1, 2, 3].map((place) => accents.filter((_, index) => index % 4 === place));
  const means = places.map((values) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length));
  return accents.map((value, index) => value - (means[index % 4] ?? 0));
}

/** Of all voices together at a lag, made good for the shorter overlap; 0 where they do not vary or are too short. */
function autocorrelation(voices: readonly number[][], lag: number): number {
  const length = voices[0]?.length ?? 0;
  if (length < 2 * lag) return 0;
  let [product, squares] = [0, 0];
  for (const values of voices) {
    values.forEach((value, index) => {
      squares += value ** 2;
      if (index + lag < length) product += value * (values[index + lag] ?? 0);
    });
  }
  return squares < 1e-6 ? 0 : (product / squares) * (length / (length - lag));
}

/**
 * Of a bar of three quarters: 6/8 where it moves in halves rather than thirds, 3/4 the other way round, `otherwise` where
 * neither is clear. How it moves is told by the second and third Fourier coefficient of the accents over the bar, of
 * each voice (off-beats must not cancel beats) and of all together (a drum may have one stroke a bar).
 */
function groupingOfThree(voices: readonly number[][], otherwise: TimeSignature): TimeSignature {
  const together = (voices[0] ?? []).map((_, step) => voices.reduce((sum, accents) => sum + (accents[step] ?? 0), 0));
  const motion = (cycles: number) =>
    [...voices, together].reduce((sum, accents) => sum + Math.hypot(...coefficient(accents, cycles)), 0);
  const [halves, thirds] = [motion(2), motion(3)];
  if (halves > CLEAR * thirds) return { numerator: 6, denominator: 8 };
  if (thirds > CLEAR * halves) return { numerator: 3, denominator: 4 };
  return { numerator: otherwise.numerator, denominator: otherwise.denominator };
}

/** Fourier coefficient at so many cycles a bar of twelve sixteenths. */
function coefficient(accents: readonly number[], cycles: number): [real: number, imaginary: number] {
  const phase = (step: number) => (2 * Math.PI * cycles * step) / 12;
  return [
    accents.reduce((sum, value, step) => sum + value * Math.cos(phase(step)), 0),
    accents.reduce((sum, value, step) => sum + value * Math.sin(phase(step)), 0),
  ];
}
