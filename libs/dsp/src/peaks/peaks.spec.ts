import { sliceBlock, stereoBlock } from '../stereo-block';
import { noise } from '../testing/signals';
import { PeaksBuilder } from './peaks';

describe('PeaksBuilder', () => {
  it('keeps the lowest and highest sample of each bucket', () => {
    const block = stereoBlock(8000);
    block.left[3] = 0.5;
    block.right[4] = -1;
    block.left[7999] = 1;
    const builder = new PeaksBuilder(44_100, 8000);
    builder.add(block);
    const peaks = builder.finish();
    expect(peaks).toMatchObject({ version: 1, sampleRate: 44_100, framesPerBucket: 2, frames: 8000 });
    expect(peaks.data).toHaveLength(8000);
    expect(peaks.data.slice(2, 6)).toEqual([0, 64, -127, 0]);
    expect(peaks.data.slice(-2)).toEqual([0, 127]);
  });

  it('gives the same whatever the pieces', () => {
    const block = noise(10_001, -1);
    const [whole, pieces] = [new PeaksBuilder(48_000, 10_001), new PeaksBuilder(48_000, 10_001)];
    whole.add(block);
    for (let at = 0; at < 10_001; at += 97) pieces.add(sliceBlock(block, at, Math.min(10_001, at + 97)));
    expect(pieces.finish()).toEqual(whole.finish());
  });

  it('refuses more frames than were announced', () => {
    expect(() => new PeaksBuilder(44_100, 10).add(stereoBlock(11))).toThrow('more than the announced 10 frames');
  });
});
