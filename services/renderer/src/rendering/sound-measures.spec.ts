import type { RenderPlan } from '../worker/job-types';
import { soundDemands, soundMeasures } from './sound-measures';

const PLAN: RenderPlan = {
  sampleRate: 44_100,
  frames: 44_100 * 14,
  musicSeconds: 10,
  tracks: [],
  tags: { title: '', bpm: 120, key: { tonic: 'C', mode: 'major' as const } },
  loudnessLufs: -14,
  truePeakDb: -1,
};
const REPORT = { loudnessLufs: -14.04, truePeakDb: -1.01, unmasteredLufs: -30, gainDb: 16, reductionDb: 1.234 };

describe('soundDemands', () => {
  it('says what was asked and measured', () => {
    expect(
      soundDemands(PLAN, REPORT).map(({ demand, asked, measured, met }) => [demand, asked, measured, met]),
    ).toEqual([
      ['loudness', '-14.0 LUFS', '-14.0 LUFS', true],
      ['true-peak', 'at most -1.0 dBTP', '-1.0 dBTP', true],
      ['duration', '10.0 s of music and what rings on', '14.0 s', true],
    ]);
  });

  it('says so where the limiter did not allow the loudness', () => {
    const [loudness] = soundDemands(PLAN, { ...REPORT, loudnessLufs: -15.2 });
    expect(loudness).toMatchObject({ measured: '-15.2 LUFS', met: false });
    expect(loudness!.how).toContain('at most 12 dB');
  });

  it('calls silence by its name, in finite figures', () => {
    const silence = {
      loudnessLufs: -Infinity,
      truePeakDb: -Infinity,
      unmasteredLufs: -Infinity,
      gainDb: 0,
      reductionDb: 0,
    };
    expect(soundDemands(PLAN, silence)[0]).toMatchObject({ measured: 'silence', met: false });
    expect(soundMeasures(PLAN, silence, 0).every(({ value }) => Number.isFinite(value))).toBe(true);
  });
});
