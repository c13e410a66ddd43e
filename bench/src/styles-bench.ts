import {
  composeScore,
  melodyGrams,
  nearestCentroid,
  producePlan,
  sharedGrams,
  STYLES,
  symbolicFeatures,
  trialBrief,
} from '@beatbot/music';
import type { Bench, Figure } from './figure';

/** Songs of each style; the classifier learns from every second one. */
const SONGS = 12;
const BARS = 32;
/** What a song of 64 bars is timed on, with rounds before and while it is. */
const TIMED_BARS = 64;
const WARM_UP = 2;
const ROUNDS = 3;

/** Styles as a listener with the notes alone would meet them, and what they cost. */
export const stylesBench: Bench = {
  name: 'styles',
  about: `${STYLES.length} styles, ${SONGS} songs of ${BARS} bars each, with keys, meters and tempos drawn from what each style has.`,
  run(log) {
    const songs = STYLES.flatMap(({ id }) => {
      log(id);
      return Array.from({ length: SONGS }, (_, seed) => songOf(id, seed + 1));
    });
    return Promise.resolve([...toldApart(songs), ...variety(songs), faultless(songs), ...candidateTimes()]);
  },
};

type Song = ReturnType<typeof songOf>;

function songOf(label: string, seed: number) {
  const brief = trialBrief(label, seed, BARS);
  const { score, faults } = composeScore(brief, producePlan(brief));
  return { label, seed, faults, grams: melodyGrams(score), features: symbolicFeatures(score) };
}

function toldApart(songs: readonly Song[]): Figure[] {
  const classify = nearestCentroid(songs.filter(({ seed }) => seed % 2 === 1));
  const unseen = songs
    .filter(({ seed }) => seed % 2 === 0)
    .map(({ label, features }) => ({ label, taken: classify(features) }));
  const shares = STYLES.map(({ id }) => ({
    id,
    share: percent(unseen.filter(({ label, taken }) => label === id && taken === id).length, SONGS / 2),
  })).sort((left, right) => left.share - right.share);
  const mistaken = unseen
    .filter(({ label, taken }) => label !== taken)
    .map(({ label, taken }) => `${label} as ${taken}`);
  const right = percent(unseen.length - mistaken.length, unseen.length);
  const [hardest] = shares;
  return [
    {
      name: 'styles.told-apart',
      value: right,
      unit: '%',
      target: 85,
      better: 'higher',
      note: `of ${unseen.length} songs, by nearest centroid on the features of jSymbolic; ${[...new Set(mistaken)].join(', ') || 'no mistake'}`,
    },
    {
      name: 'styles.told-apart-least',
      value: hardest?.share ?? 0,
      unit: '%',
      better: 'higher',
      note: `the style most often mistaken: ${hardest?.id ?? ''}`,
    },
  ];
}

function variety(songs: readonly Song[]): Figure[] {
  const pairs = STYLES.flatMap(({ id }) => {
    const own = songs.filter(({ label }) => label === id);
    return own.flatMap((one, index) =>
      own.slice(index + 1).map((other) => ({ id, share: 100 * sharedGrams(one.grams, other.grams) })),
    );
  }).sort((left, right) => right.share - left.share);
  const [nearest] = pairs;
  return [
    {
      name: 'styles.melody-shared-most',
      value: nearest?.share ?? 0,
      unit: '%',
      target: 40,
      better: 'lower',
      note: `equal melodic 5-grams of the two most alike songs of one style: ${nearest?.id ?? ''}`,
    },
  ];
}

function faultless(songs: readonly Song[]): Figure {
  const faulty = songs.filter(({ faults }) => faults.length > 0);
  return {
    name: 'styles.faultless',
    value: percent(songs.length - faulty.length, songs.length),
    unit: '%',
    target: 100,
    better: 'higher',
    note:
      faulty.map(({ label, faults }) => `${label}: ${faults[0]?.fault ?? ''}`).join('; ') ||
      'by the critic, after at most three repairs',
  };
}

/** Processor time of one candidate, without repairs, for every style; the least of some rounds, since other work only adds. */
function candidateTimes(): Figure[] {
  const times = STYLES.map(({ id }) => {
    const brief = trialBrief(id, 1, TIMED_BARS);
    const plan = producePlan(brief);
    const run = () => {
      const before = process.cpuUsage();
      composeScore(brief, plan, { maxRepairs: 0 });
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1000;
    };
    for (let round = 0; round < WARM_UP; round++) run();
    return { id, ms: Math.min(...Array.from({ length: ROUNDS }, run)) };
  }).sort((left, right) => left.ms - right.ms);
  const median = times[Math.floor(times.length / 2)];
  const slowest = times.at(-1);
  return [
    {
      name: 'compose.candidate-ms',
      value: slowest?.ms ?? 0,
      unit: 'ms',
      target: 50,
      better: 'lower',
      note: `processor time of ${TIMED_BARS} bars in the slowest style, ${slowest?.id ?? ''}`,
    },
    {
      name: 'compose.candidate-ms-median',
      value: median?.ms ?? 0,
      unit: 'ms',
      better: 'lower',
      note: `processor time of ${TIMED_BARS} bars in the style in the middle, ${median?.id ?? ''}`,
    },
  ];
}

function percent(part: number, whole: number): number {
  return whole === 0 ? 0 : (100 * part) / whole;
}
