import { STEM_SCALE } from '../stem/stem-renderer';
import { noise, sameBits } from '../testing/signals';
import { stereoBlock } from '../stereo-block';
import { allocateMix, MixBus } from './mix-bus';

function stem(seed: number) {
  const block = noise(20_000, -3, seed);
  for (const channel of [block.left, block.right])
    for (let i = 0; i < channel.length; i++) channel[i] = Math.round(channel[i]! * STEM_SCALE) / STEM_SCALE;
  return block;
}

describe('MixBus', () => {
  const stems = [1, 2, 3, 4, 5, 6].map(stem);

  function mix(groups: readonly (readonly number[])[]) {
    const buses = groups.map((group) => {
      const bus = new MixBus(allocateMix(20_000));
      for (const index of group) bus.add(stems[index]!, 0);
      return bus;
    }) as [MixBus, ...MixBus[]];
    const work = MixBus.intoSamples(buses);
    let step = work.next();
    while (!step.done) step = work.next();
    return step.value;
  }

  it('gives the same sum in any order and any grouping', () => {
    const expected = mix([[0, 1, 2, 3, 4, 5]]);
    expect(sameBits(mix([[5, 3, 1, 0, 2, 4]]), expected)).toBe(true);
    expect(sameBits(mix([[4, 0], [2, 5, 1], [3]]), expected)).toBe(true);
  });

  it('sums beyond full scale without clipping', () => {
    const loud = stereoBlock(4);
    loud.left.fill(0.75);
    const bus = new MixBus(allocateMix(4));
    bus.add(loud, 0);
    bus.add(loud, 0);
    const block = stereoBlock(4);
    MixBus.read([bus], 0, block);
    expect(block.left[0]).toBe(1.5);
    expect(block.right[0]).toBe(0);
  });
});
