import { composeScore } from '../agents/compose';
import { trialBrief } from '../agents/trial-brief';
import { melodyGrams, sharedGrams } from '../measures/melody-grams';
import { nearestCentroid } from '../measures/nearest-centroid';
import { symbolicFeatures } from '../measures/symbolic-features';
import { producePlan } from '../plan/producer';
import { STYLES } from './style-catalogue';

const SEEDS = [1, 2, 3, 4, 5, 6];
const BARS = 16;

describe('the songs of the styles', () => {
  const songs = STYLES.flatMap(({ id }) =>
    SEEDS.map((seed) => {
      const brief = trialBrief(id, seed, BARS);
      const { score } = composeScore(brief, producePlan(brief), { maxRepairs: 0 });
      return { label: id, seed, grams: melodyGrams(score), features: symbolicFeatures(score) };
    }),
  );

  it('are told apart by their notes', () => {
    const classify = nearestCentroid(songs.filter(({ seed }) => seed % 2 === 1));
    const unseen = songs.filter(({ seed }) => seed % 2 === 0);
    const right = unseen.filter(({ label, features }) => classify(features) === label);
    expect(right.length / unseen.length).toBeGreaterThanOrEqual(0.85);
  });

  it('are no copies of each other within a style', () => {
    for (const { id } of STYLES) {
      const own = songs.filter(({ label }) => label === id);
      for (const [index, one] of own.entries()) {
        expect([id, one.grams.size > 0]).toEqual([id, true]);
        for (const other of own.slice(index + 1)) {
          expect([id, sharedGrams(one.grams, other.grams) <= 0.4]).toEqual([id, true]);
        }
      }
    }
  });
});
