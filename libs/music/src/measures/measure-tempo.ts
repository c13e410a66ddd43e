import { PPQ, type Score } from '../score/score';
import { beatLengthTicks, endTick, isCompound, meterAt, tickToSeconds } from '../score/timeline';
import { soundingTracks } from './sounding-tracks';

/** The pulse found in the notes. */
export interface MeasuredTempo {
  /** Quarter notes per minute. */
  bpm: number;
  /** How much of the onsets' weight lies on the pulse and its divisions, 0 to 1. */
  strength: number;
}

interface Onset {
  seconds: number;
  weight: number;
}

const LONGEST_SECONDS = 60;
const FEWEST_ONSETS = 8;
/** Pulses whose strength comes this near to the best are equally good: sparse music fits several. */
const EQUAL = 0.98;

/**
 * The tempo heard from when notes begin: the pulse rate at which the Fourier tempogram of the onsets (weighted by
 * velocity) and its first binary divisions (ternary in compound meters) is strongest; after P. Grosche & M. Mueller,
 * Extracting Predominant Local Pulse Information from Music Recordings, IEEE TASLP 19(6), 2011.
 *
 * It is sought in the octave around `aroundBpm`, since half and double tempo are a matter of counting; of equally strong
 * pulses the one nearest to `aroundBpm` is taken. Looks at the longest stretch of one tempo, up to a minute of it.
 * Undefined where fewer than eight onsets are heard.
 */
export function measureTempo(score: Score, aroundBpm: number): MeasuredTempo | undefined {
  const stretch = longestTempoStretch(score);
  const meter = meterAt(score, stretch.startTick);
  const quartersPerBeat = beatLengthTicks(meter) / PPQ;
  // Each division against the one before it.
  const ratios = isCompound(meter) ? [3, 2] : [2, 2];
  const onsets = onsetsIn(score, stretch);
  const span = (onsets.at(-1)?.seconds ?? 0) - (onsets[0]?.seconds ?? 0);
  if (onsets.length < FEWEST_ONSETS || span <= 0) return undefined;

  const around = aroundBpm / 60 / quartersPerBeat;
  // The finest division's peak is about 1/span wide in its own rate; four steps in it cannot miss it.
  const step = Math.min(0.002 * around, 1 / (4 * span * ratios.reduce((product, ratio) => product * ratio)));
  const steps = Math.ceil((around * (Math.SQRT2 - Math.SQRT1_2)) / step);
  const curve = tempogram(onsets, { from: around * Math.SQRT1_2, step, steps }, ratios);
  const peaks = curve.filter(
    ({ strength }, index) =>
      strength >= (curve[index - 1]?.strength ?? 0) && strength >= (curve[index + 1]?.strength ?? 0),
  );
  const best = Math.max(...peaks.map(({ strength }) => strength));
  const [chosen] = peaks
    .filter(({ strength }) => strength >= EQUAL * best)
    .sort((left, right) => Math.abs(Math.log(left.rate / around)) - Math.abs(Math.log(right.rate / around)));
  if (!chosen) return undefined;
  const fine = tempogram(onsets, { from: chosen.rate - step, step: step / 50, steps: 101 }, ratios);
  const peak = fine.reduce((left, right) => (right.strength > left.strength ? right : left));
  return { bpm: peak.rate * 60 * quartersPerBeat, strength: peak.strength };
}

function longestTempoStretch(score: Score): { startTick: number; endTick: number } {
  const end = endTick(score);
  const stretches = score.tempos.map(({ tick }, index) => ({
    startTick: tick,
    endTick: score.tempos[index + 1]?.tick ?? end,
  }));
  return stretches.reduce((longest, other) =>
    other.endTick - other.startTick > longest.endTick - longest.startTick ? other : longest,
  );
}

/** What begins together counts once, with the summed velocities. */
function onsetsIn(score: Score, { startTick, endTick }: { startTick: number; endTick: number }): Onset[] {
  const weights = new Map<number, number>();
  for (const { notes } of soundingTracks(score)) {
    for (const note of notes) {
      if (note.startTick < startTick || note.startTick >= endTick) continue;
      weights.set(note.startTick, (weights.get(note.startTick) ?? 0) + note.velocity);
    }
  }
  const from = tickToSeconds(score, startTick);
  return [...weights]
    .map(([tick, weight]) => ({ seconds: tickToSeconds(score, tick) - from, weight }))
    .filter(({ seconds }) => seconds <= LONGEST_SECONDS)
    .sort((left, right) => left.seconds - right.seconds);
}

/**
 * The strength of equally spaced pulse rates (beats per second): the mean, over the pulse and its divisions, of how far
 * the onsets lie in one phase; 1 where all do. All levels count alike, since off-beats as strong as the beats (house) or
 * straight sixteenths hide the pulse itself.
 */
function tempogram(
  onsets: readonly Onset[],
  { from, step, steps }: { from: number; step: number; steps: number },
  ratios: readonly number[],
): { rate: number; strength: number }[] {
  const total = onsets.reduce((sum, { weight }) => sum + weight, 0);
  // Each onset's phase at a rate, as a complex number; a fixed turn takes it to the next rate.
  const real = Float64Array.from(onsets, ({ seconds }) => Math.cos(2 * Math.PI * from * seconds));
  const imaginary = Float64Array.from(onsets, ({ seconds }) => Math.sin(2 * Math.PI * from * seconds));
  const turnReal = Float64Array.from(onsets, ({ seconds }) => Math.cos(2 * Math.PI * step * seconds));
  const turnImaginary = Float64Array.from(onsets, ({ seconds }) => Math.sin(2 * Math.PI * step * seconds));
  const weights = Float64Array.from(onsets, ({ weight }) => weight);
  const levels = ratios.length + 1;
  const curve: { rate: number; strength: number }[] = [];
  for (let index = 0; index < steps; index++) {
    const sumReal = new Float64Array(levels);
    const sumImaginary = new Float64Array(levels);
    for (let onset = 0; onset < weights.length; onset++) {
      const weight = weights[onset] ?? 0;
      let re = real[onset] ?? 0;
      let im = imaginary[onset] ?? 0;
      const next = re * (turnReal[onset] ?? 0) - im * (turnImaginary[onset] ?? 0);
      imaginary[onset] = re * (turnImaginary[onset] ?? 0) + im * (turnReal[onset] ?? 0);
      real[onset] = next;
      for (let level = 0; level < levels; level++) {
        sumReal[level] = (sumReal[level] ?? 0) + weight * re;
        sumImaginary[level] = (sumImaginary[level] ?? 0) + weight * im;
        // The next division's phase is this one's to the power of their ratio.
        const baseReal = re;
        const baseImaginary = im;
        for (let factor = 1; factor < (ratios[level] ?? 1); factor++) {
          const product = re * baseReal - im * baseImaginary;
          im = re * baseImaginary + im * baseReal;
          re = product;
        }
      }
    }
    let strength = 0;
    for (let level = 0; level < levels; level++) {
      strength += Math.hypot(sumReal[level] ?? 0, sumImaginary[level] ?? 0) / (total * levels);
    }
    curve.push({ rate: from + index * step, strength });
  }
  return curve;
}
