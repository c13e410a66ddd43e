import fc from 'fast-check';
import { modulo12 } from './key';
import { leadVoices, motion } from './voice-leading';

const DEMAND = { voices: 4, lowest: 50, highest: 76, previous: [] };

describe('leadVoices', () => {
  it('keeps common tones and moves the others by step', () => {
    const dm7 = leadVoices([2, 5, 9, 0], DEMAND);
    const g7 = leadVoices([7, 11, 2, 5], { ...DEMAND, previous: dm7 });
    const c = leadVoices([0, 4, 7, 11], { ...DEMAND, previous: g7 });
    expect(motion(dm7, g7)).toBeLessThanOrEqual(4);
    expect(motion(g7, c)).toBeLessThanOrEqual(5);
  });

  it('stays in range, in order, with the tones asked for', () => {
    const tones = fc.uniqueArray(fc.integer({ min: 0, max: 11 }), { minLength: 3, maxLength: 6 });
    fc.assert(
      fc.property(tones, fc.integer({ min: 1, max: 5 }), fc.integer({ min: 30, max: 70 }), (set, voices, lowest) => {
        const highest = lowest + 26;
        const voicing = leadVoices(set, { voices, lowest, highest, previous: [] });
        expect(voicing).toHaveLength(voices);
        expect([...voicing].sort((a, b) => a - b)).toEqual(voicing);
        expect(new Set(voicing).size).toBe(voices);
        for (const pitch of voicing) {
          expect(pitch).toBeGreaterThanOrEqual(lowest);
          expect(pitch).toBeLessThanOrEqual(highest);
          expect(set).toContain(modulo12(pitch));
        }
      }),
    );
  });

  it('gives fewer voices where there is no room', () => {
    expect(leadVoices([0, 4, 7], { voices: 6, lowest: 60, highest: 67, previous: [] })).toEqual([60, 64, 67]);
  });
});
