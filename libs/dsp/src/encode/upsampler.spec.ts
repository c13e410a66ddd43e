import fc from 'fast-check';
import { sliceBlock, StereoBlock } from '../stereo-block';
import { concat, levelAt, noise, sameBits, sine } from '../testing/signals';
import { Upsampler, upsampledFrames } from './upsampler';

const EDGE = 2000;

function upsample(block: StereoBlock, pieces: readonly number[] = []): StereoBlock {
  const upsampler = new Upsampler();
  const out: StereoBlock[] = [];
  let at = 0;
  for (const length of pieces) {
    const end = Math.min(block.left.length, at + length);
    out.push(upsampler.process(sliceBlock(block, at, end)));
    at = end;
  }
  out.push(upsampler.process(sliceBlock(block, at, block.left.length)), upsampler.finish());
  return concat(out);
}

describe('Upsampler', () => {
  it.each([50, 997, 5000, 10_000, 16_000])('gives a sine of %i Hz back, in its place, to -90 dB', (frequency) => {
    const { left } = upsample(sine(44_100, 1, frequency, 0));
    const wanted = sine(48_000, 1, frequency, 0).left;
    let error = 0;
    for (let i = EDGE; i < wanted.length - EDGE; i++) error = Math.max(error, Math.abs(left[i]! - wanted[i]!));
    expect(20 * Math.log10(error)).toBeLessThan(-90);
  });

  it('passes 20 kHz, and lets no image of it through', () => {
    const { left } = upsample(sine(44_100, 1, 20_000, 0));
    expect(levelAt(left, 48_000, 20_000, EDGE, 46_000)).toBeCloseTo(0, 1);
    // The image, at 24.1 kHz, would be heard at 23.9.
    expect(levelAt(left, 48_000, 23_900, EDGE, 46_000)).toBeLessThan(-80);
  });

  it('gives the same in pieces of any length', () => {
    const block = noise(3000, -6);
    const whole = upsample(block);
    expect(whole.left.length).toBe(upsampledFrames(3000));
    fc.assert(
      fc.property(fc.array(fc.nat(700), { maxLength: 12 }), (pieces) => sameBits(upsample(block, pieces), whole)),
      { numRuns: 40 },
    );
  });

  it.each([0, 1, 2, 31, 32, 33, 147])('has the length of %i frames', (frames) => {
    expect(upsample(noise(frames, -6)).left.length).toBe(Math.round((frames * 160) / 147));
  });
});
