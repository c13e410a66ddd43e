import { TrackMix } from '@beatbot/music';
import { noise, peak, rmsDb } from '../testing/signals';
import { ChannelStrip } from './channel-strip';

const TEMPOS = [{ tick: 0, milliBpm: 120_000 }];
const FLAT: TrackMix = { gainCentibels: 0, pan: 0, reverbSend: 0, delaySend: 0, chorusSend: 0, muted: false };

function through(mix: Partial<TrackMix>) {
  const block = noise(8192, -20);
  new ChannelStrip({ ...FLAT, ...mix }, TEMPOS, 44_100).process(block);
  return block;
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
});
