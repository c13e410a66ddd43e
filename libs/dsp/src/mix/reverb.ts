import { exp2, onePole } from '../kernel/mathematics';
import { StripKernel } from '../kernel/strip-kernel';
import { Effect, SILENCE } from './effect';

/** Delays in seconds of the eight lines; as frames at 44.1 kHz they are primes, so that their echoes do not coincide. */
const LINE_SECONDS = [1433, 1601, 1867, 2053, 2251, 2399, 2617, 2797].map((frames) => frames / 44_100);
const LINES = LINE_SECONDS.length;
/** Seconds in which the reverb decays by 60 dB: a medium hall. */
export const REVERB_SECONDS = 1.8;
const DAMPING_HZ = 5200;
const LOW_CUT_HZ = 160;
const PREDELAY_SECONDS = 0.018;
const DIFFUSERS = [
  { seconds: 0.00322, gain: 0.65 },
  { seconds: 0.00859, gain: 0.6 },
] as const;
/** log2(10). */
const OCTAVES_PER_DECADE = 3.321_928_094_887_362;
/** Makes a full send as loud as the dry signal for noise (measured). */
const RETURN_GAIN = 0.42;

/**
 * A feedback delay network of eight lines under a Householder matrix, with a damped high end (J.-M. Jot, A. Chaigne: Digital
 * Delay Networks for Designing Artificial Reverberators, AES 90, 1991), behind a low cut, a pre-delay and two all-pass diffusers per channel.
 */
export class Reverb implements Effect {
  private isAsleep = true;

  constructor(
    private readonly kernel: StripKernel,
    sampleRate: number,
  ) {
    const frames = (seconds: number): number => Math.round(seconds * sampleRate);
    const { functions, parameters } = kernel;
    LINE_SECONDS.forEach((seconds, line) => {
      parameters[line] = frames(seconds);
      // 10^(-3 t / REVERB_SECONDS): 60 dB in REVERB_SECONDS.
      parameters[LINES + line] = exp2((-3 * OCTAVES_PER_DECADE * frames(seconds)) / (sampleRate * REVERB_SECONDS));
    });
    const [first, second] = DIFFUSERS;
    functions.startReverb(
      onePole(DAMPING_HZ, sampleRate),
      onePole(LOW_CUT_HZ, sampleRate),
      frames(PREDELAY_SECONDS),
      frames(first.seconds),
      first.gain,
      frames(second.seconds),
      second.gain,
      RETURN_GAIN,
    );
  }

  process(frames: number, send: number, isSilent: boolean): void {
    if (this.isAsleep && isSilent) return;
    const loudest = this.kernel.functions.reverb(frames, send);
    this.isAsleep = isSilent && loudest < SILENCE;
    // What still circulates is too quiet to be heard.
    if (this.isAsleep) this.kernel.functions.clearReverb();
  }
}
