import { TrackMix } from '@beatbot/music/score';
import { sliceBlock } from '../stereo-block';
import { noise, peak, rmsDb, sameBits } from '../testing/signals';
import { ChannelStrip } from './channel-strip';

const TEMPOS = [{ tick: 0, milliBpm: 120_000 }];
const FLAT: TrackMix = { gainCentibels: 0, pan: 0, reverbSend: 0, delaySend: 0, chorusSend: 0, muted: false };

function through(mix: Partial<TrackMix>, input = noise(8192, -20)) {
  const strip = new ChannelStrip({ ...FLAT, ...mix }, TEMPOS, 44_100);
  const { left, right } = strip.input(input.left.length);
  left.set(input.left);
  right.set(input.right);
  return strip.process(input.left.length);
}

describe('ChannelStrip', () => {
  it('changes nothing when all is flat', () => {
    const [before, after] = [noise(8192, -20), through({})];
    for (let i = 0; i < 8192; i++) expect(after.left[i]).toBeCloseTo(before.left[i]!, 7);
  });

  it('takes its gain in tenths of a decibel', () => {
    expect(rmsDb(through({ gainCentibels: -60 })) - rmsDb(through({}))).toBeCloseTo(-6, 4);
    expect(rmsDb(through({ gainCentibels: 120 })) - rmsDb(through({}))).toBeCloseTo(12, 4);
  });

  it('pans', () => {
    expect(peak({ ...through({ pan: -100 }), left: new Float32Array(8192) })).toBe(0);
  });

  it('is silent when muted, sends included', () => {
    expect(peak(through({ muted: true, reverbSend: 127, delaySend: 127, chorusSend: 127 }))).toBe(0);
  });

  it('adds what it sends', () => {
    expect(rmsDb(through({ reverbSend: 127 }), 4096)).toBeGreaterThan(rmsDb(through({}), 4096) + 0.3);
  });

  it('rounds to steps of 24 bits, and counts what it clips', () => {
    const strip = new ChannelStrip(FLAT, TEMPOS, 44_100);
    const { left, right } = strip.input(6);
    left.set([0.1, -0.1, 1, -1, 1.5, -1.5]);
    right.fill(-1e-8);
    const block = strip.process(6);
    expect(strip.quantise(6)).toBe(3);
    const highest = 1 - 2 ** -23;
    expect([...block.left]).toEqual([838_861 / 2 ** 23, -838_861 / 2 ** 23, highest, -1, highest, -1]);
    // No negative zero.
    expect(block.right.every((sample) => Object.is(sample, 0))).toBe(true);
  });

  it('takes a block of any length, but none behind one that is no multiple of four', () => {
    const strip = new ChannelStrip({ ...FLAT, reverbSend: 64, chorusSend: 64, delaySend: 64 }, TEMPOS, 44_100);
    strip.process(4);
    expect(strip.process(3).left.length).toBe(3);
    expect(() => strip.process(4)).toThrow("only a strip's last block");
  });

  it('sounds the same in blocks of any length', () => {
    const input = noise(8192, -20);
    const mix = { reverbSend: 64, chorusSend: 64, delaySend: 64 };
    const whole = through(mix, input);
    const strip = new ChannelStrip({ ...FLAT, ...mix }, TEMPOS, 44_100);
    for (let at = 0, frames = 4; at < 8192; at += frames, frames = Math.min(frames + 36, 8192 - at)) {
      const { left, right } = strip.input(frames);
      left.set(input.left.subarray(at, at + frames));
      right.set(input.right.subarray(at, at + frames));
      expect(sameBits(strip.process(frames), sliceBlock(whole, at, at + frames))).toBe(true);
    }
  });
});
