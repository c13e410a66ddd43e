import { StripKernel } from '../kernel/strip-kernel';
import { blocksOf, sliceBlock, StereoBlock, stereoBlock } from '../stereo-block';
import { concat, noise, peak, rmsDb } from '../testing/signals';
import { Chorus } from './chorus';
import { delaySeconds, PingPongDelay } from './delay';
import { Effect } from './effect';
import { Reverb, REVERB_SECONDS } from './reverb';

const RATE = 44_100;

function impulse(seconds: number): StereoBlock {
  const block = stereoBlock(seconds * RATE);
  block.left[0] = block.right[0] = 1;
  return block;
}

/** An effect with the strip that it works in. */
class Sent {
  private readonly kernel = new StripKernel();
  private readonly effect: Effect;

  constructor(create: (kernel: StripKernel) => Effect) {
    this.effect = create(this.kernel);
  }

  wet(input: StereoBlock, send = 1): StereoBlock {
    const blocks: StereoBlock[] = [];
    for (const { start, end } of blocksOf(input.left.length)) {
      const part = sliceBlock(input, start, end);
      const target = this.kernel.input(end - start);
      target.left.set(part.left);
      target.right.set(part.right);
      const frames = this.kernel.take(end - start);
      // A fader that is down, before the input is written once more: the effect alone.
      this.kernel.functions.fade(frames, 0, 0, 0);
      target.left.set(part.left);
      target.right.set(part.right);
      this.effect.process(frames, send, peak(part) === 0);
      const { left, right } = this.kernel.output(end - start);
      blocks.push({ left: left.slice(), right: right.slice() });
    }
    return concat(blocks);
  }
}

function wet(create: (kernel: StripKernel) => Effect, input: StereoBlock, send = 1): StereoBlock {
  return new Sent(create).wet(input, send);
}

const reverb = (kernel: StripKernel) => new Reverb(kernel, RATE);

describe.each([
  ['Reverb', reverb],
  ['PingPongDelay', (kernel: StripKernel) => new PingPongDelay(kernel, RATE, 0.3)],
  ['Chorus', (kernel: StripKernel) => new Chorus(kernel, RATE)],
])('%s', (_, create) => {
  it('is linear: the effect of a sum is the sum of the effects', () => {
    const [a, b] = [noise(3 * RATE, -12, 1), noise(3 * RATE, -18, 2)];
    const sum = stereoBlock(a.left.length);
    for (let i = 0; i < sum.left.length; i++) {
      sum.left[i] = a.left[i]! + b.left[i]!;
      sum.right[i] = a.right[i]! + b.right[i]!;
    }
    const [wetA, wetB, wetSum] = [wet(create, a), wet(create, b), wet(create, sum)];
    const difference = stereoBlock(sum.left.length);
    for (let i = 0; i < sum.left.length; i++) {
      difference.left[i] = wetSum.left[i]! - wetA.left[i]! - wetB.left[i]!;
      difference.right[i] = wetSum.right[i]! - wetA.right[i]! - wetB.right[i]!;
    }
    expect(rmsDb(difference) - rmsDb(wetSum)).toBeLessThan(-110);
  });

  it('comes to rest, and wakes as if it were new', () => {
    const effect = new Sent(create);
    const burst = concat([noise(2000, 0), stereoBlock(16 * RATE - 2000)]);
    const first = effect.wet(burst);
    expect(peak(sliceBlock(first, 14 * RATE, 16 * RATE))).toBe(0);
    expect(rmsDb(effect.wet(burst), 0, RATE)).toBeCloseTo(rmsDb(first, 0, RATE), 0);
  });

  it('gives the sends half the level at half the send, and nothing of silence', () => {
    const input = noise(RATE, -12);
    expect(rmsDb(wet(create, input, 0.5)) - rmsDb(wet(create, input, 1))).toBeCloseTo(-6.02, 1);
    expect(peak(wet(create, stereoBlock(RATE)))).toBe(0);
  });

  it('is about as loud at full send as what is sent', () => {
    const input = noise(4 * RATE, -12);
    const gain = rmsDb(wet(create, input), 2 * RATE) - rmsDb(input);
    expect(gain).toBeGreaterThan(-13);
    expect(gain).toBeLessThan(3);
  });
});

describe('Reverb', () => {
  it('decays by 60 dB in about REVERB_SECONDS (Schroeder integration, -5 to -35 dB)', () => {
    const { left, right } = wet(reverb, impulse(4));
    const energy = new Float64Array(left.length);
    let sum = 0;
    for (let i = left.length - 1; i >= 0; i--) energy[i] = sum += left[i]! ** 2 + right[i]! ** 2;
    const secondsTo = (decibels: number) => energy.findIndex((value) => 10 * Math.log10(value / sum) < decibels) / RATE;
    const decay = 2 * (secondsTo(-35) - secondsTo(-5));
    expect(decay).toBeGreaterThan(REVERB_SECONDS * 0.6);
    expect(decay).toBeLessThan(REVERB_SECONDS * 1.1);
  });

  it('is dense and differs between left and right', () => {
    const { left, right } = wet(reverb, impulse(1));
    const [from, to] = [Math.round(0.2 * RATE), Math.round(0.4 * RATE)];
    let [product, l, r, audible] = [0, 0, 0, 0];
    for (let i = from; i < to; i++) {
      product += left[i]! * right[i]!;
      l += left[i]! ** 2;
      r += right[i]! ** 2;
      if (Math.abs(left[i]!) > 1e-5) audible++;
    }
    expect(Math.abs(product / Math.sqrt(l * r))).toBeLessThan(0.4);
    expect(audible / (to - from)).toBeGreaterThan(0.8);
    expect(Math.abs(10 * Math.log10(l / r))).toBeLessThan(3);
  });
});

describe('PingPongDelay', () => {
  it('repeats on alternating sides at a dotted eighth', () => {
    const seconds = delaySeconds(120_000);
    expect(seconds).toBe(0.375);
    const { left, right } = wet((kernel) => new PingPongDelay(kernel, RATE, seconds), impulse(2));
    const energyAround = (samples: Float32Array, at: number) =>
      samples
        .subarray(Math.round(at * RATE) - 5, Math.round(at * RATE) + 400)
        .reduce((sum, sample) => sum + sample ** 2, 0);
    expect(energyAround(left, 0.375)).toBeGreaterThan(10 * energyAround(right, 0.375));
    expect(energyAround(right, 0.75)).toBeGreaterThan(10 * energyAround(left, 0.75));
    expect(energyAround(left, 0.2)).toBeLessThan(1e-30);
  });

  it('stays within its memory at slow tempos', () => {
    expect(delaySeconds(20_000)).toBe(1.125);
  });
});
