import { sampleScore } from '../score/testing/sample-score';
import { melodyGrams, sharedGrams } from './melody-grams';

function withLead(pitches: readonly number[], step = 240) {
  const score = sampleScore();
  const notes = pitches.map((pitch, index) => ({ startTick: index * step, durationTicks: 200, pitch, velocity: 80 }));
  const [track] = score.tracks;
  if (!track) throw new Error('the sample has tracks');
  return { ...score, tracks: [{ ...track, role: 'lead' as const, instrument: 'violin', notes }] };
}
const TUNE = [60, 62, 64, 65, 67, 69, 71, 72];

describe('melodic n-grams', () => {
  it('do not depend on key and register', () => {
    const here = melodyGrams(withLead(TUNE));
    expect(here.size).toBe(3);
    expect(sharedGrams(here, melodyGrams(withLead(TUNE.map((pitch) => pitch + 5))))).toBe(1);
  });

  it('differ by intervals and by rhythm', () => {
    const here = melodyGrams(withLead(TUNE));
    expect(sharedGrams(here, melodyGrams(withLead([...TUNE].reverse())))).toBe(0);
    expect(sharedGrams(here, melodyGrams(withLead(TUNE, 480)))).toBe(0);
  });

  it('are none where a melody is too short', () => {
    expect(sharedGrams(melodyGrams(withLead(TUNE)), melodyGrams(withLead([60, 62])))).toBe(0);
  });
});
