import type { Comparison, Difference } from './comparison';

interface Criterion {
  name: string;
  tolerance: string;
  /** The difference as it is shown; undefined where there is nothing to compare. */
  value(difference: Difference, offsetDb: number): number | undefined;
  isWithin(difference: Difference, offsetDb: number): boolean;
  unit: string;
}

const near = (one: number, other: number): boolean =>
  Math.abs(one - other) <= Math.max(0.005, 0.1 * Math.max(one, other)) + 1e-9;

const CRITERIA: Criterion[] = [
  {
    name: 'tuning',
    tolerance: '2 cents',
    unit: 'cents',
    value: ({ cents }) => cents,
    isWithin: ({ cents }) => cents === undefined || Math.abs(cents) <= 2,
  },
  {
    name: 'level',
    tolerance: '1 dB',
    unit: 'dB',
    value: ({ levelDb }, offsetDb) => levelDb - offsetDb,
    isWithin: ({ levelDb }, offsetDb) => Math.abs(levelDb - offsetDb) <= 1,
  },
  {
    name: 'attack',
    tolerance: '5 ms or 10 %',
    unit: 'ms',
    value: ({ attackSeconds, peerAttackSeconds }) => 1000 * (attackSeconds - peerAttackSeconds),
    isWithin: ({ attackSeconds, peerAttackSeconds }) => near(attackSeconds, peerAttackSeconds),
  },
  {
    name: 'release',
    tolerance: '5 ms or 10 %',
    unit: 'ms',
    value: ({ releaseSeconds, peerReleaseSeconds }) =>
      releaseSeconds === undefined || peerReleaseSeconds === undefined
        ? undefined
        : 1000 * (releaseSeconds - peerReleaseSeconds),
    isWithin: ({ releaseSeconds, peerReleaseSeconds }) =>
      releaseSeconds === undefined || peerReleaseSeconds === undefined || near(releaseSeconds, peerReleaseSeconds),
  },
  {
    name: 'centroid',
    tolerance: '5 %',
    unit: '%',
    value: ({ centroidRatio }) => 100 * (centroidRatio - 1),
    isWithin: ({ centroidRatio }) => Math.abs(centroidRatio - 1) <= 0.05,
  },
];

/** The comparisons as a Markdown document: how many notes agree, and by name which do not. */
export function comparisonReport(comparisons: Comparison[]): string {
  const lines = ['# The sampler beside its peers', '', INTRODUCTION, ''];
  lines.push(
    row(['SoundFont', 'peer', 'notes', 'gain', ...CRITERIA.map(({ name, tolerance }) => `${name}, ${tolerance}`)]),
  );
  lines.push(row(Array.from({ length: 4 + CRITERIA.length }, () => '---')));
  for (const { font, peer, differences } of comparisons) {
    const offsetDb = median(differences.map(({ levelDb }) => levelDb));
    lines.push(
      row([
        font,
        peer,
        String(differences.length),
        `${offsetDb.toFixed(2)} dB`,
        ...CRITERIA.map((criterion) => {
          const compared = differences.filter((difference) => criterion.value(difference, offsetDb) !== undefined);
          const within = compared.filter((difference) => criterion.isWithin(difference, offsetDb)).length;
          return `${within} of ${compared.length}`;
        }),
      ]),
    );
  }
  for (const { font, peer, differences } of comparisons) {
    const offsetDb = median(differences.map(({ levelDb }) => levelDb));
    const rows = CRITERIA.flatMap((criterion) => exceptions(criterion, differences, offsetDb));
    if (rows.length === 0) continue;
    lines.push('', `## ${font}, ${peer}: beyond the tolerance`, '', row(['instrument', 'what', 'notes', 'by']));
    lines.push(row(['---', '---', '---', '---']), ...rows);
  }
  return `${lines.join('\n')}\n`;
}

const INTRODUCTION =
  'Written by `npm run compare -w bench`: every instrument of the catalogue at three pitches (drum kits: kick, snare, closed ' +
  'hi-hat, crash) and three velocities, keys down for 1.5 s, dry, the same SoundFont and notes for each synthesizer. Levels ' +
  'are compared after one gain for all notes (the median, in the table), for each program has its own idea of unity.';

function exceptions(criterion: Criterion, differences: Difference[], offsetDb: number): string[] {
  const beyond = differences.filter((difference) => !criterion.isWithin(difference, offsetDb));
  return [...new Set(beyond.map(({ instrument }) => instrument))].map((instrument) => {
    const list = beyond.filter((difference) => difference.instrument === instrument);
    const values = list.map((difference) => criterion.value(difference, offsetDb)!);
    const [least, most] = [Math.min(...values), Math.max(...values)];
    const range = least === most ? least.toFixed(1) : `${least.toFixed(1)} to ${most.toFixed(1)}`;
    return row([instrument, criterion.name, String(list.length), `${range} ${criterion.unit}`]);
  });
}

function row(cells: string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
