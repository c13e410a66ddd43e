import { figureTable } from '../report';
import type { Figure } from '../figure';

export interface Miss {
  prompt: string;
  kind: string;
  asked: string;
  found: string;
}

/** General measures of one song; undefined where they cannot be taken. */
export interface StyleMeasures {
  style: string;
  pitchClassEntropy: number | undefined;
  scaleConsistency: number | undefined;
  grooveConsistency: number | undefined;
}

/** Human music: MusPy's measures on the SOD corpus (H.-W. Dong et al., MusPy, ISMIR 2020). */
const HUMAN = { pitchClassEntropy: 2.974, scaleConsistency: 92.26, grooveConsistency: 93.05 };
const MOST_LISTED = 40;

export interface Quality {
  figures: Figure[];
  misses: readonly Miss[];
  faults: readonly { prompt: string; fault: string }[];
  measures: readonly StyleMeasures[];
  wishes: number;
  songs: number;
}

/** The report on promises, faults and distances to human music, as Markdown. */
export function qualityDocument({ figures, misses, faults, measures, wishes, songs }: Quality): string {
  return `${[
    '# Quality',
    `Written by \`npm run bench -- promises\`: ${wishes} wishes drawn by seed, worded by templates of their own, made into ${songs} songs (two candidates a prompt; the better one counts). Demands and faults are measured on the MIDI files, read by a library that had no part in writing them.`,
    '## Promises kept, and faults',
    figureTable(figures),
    '## Demands missed',
    misses.length === 0 ? 'None.' : listing(misses.map(({ prompt, kind, asked, found }) => `${kind} ${asked}, found ${found || 'nothing'}: ${code(prompt)}`)),
    '## Faults found',
    faults.length === 0 ? 'None.' : listing(faults.map(({ prompt, fault }) => `${fault}: ${code(prompt)}`)),
    '## Distance to human music',
    `Means per style, and in brackets the distance to human music (${HUMAN.pitchClassEntropy} bit, ${HUMAN.scaleConsistency} %, ${HUMAN.grooveConsistency} %: MusPy's measures on the SOD corpus). To stand close is the aim, not to stand high.`,
    distances(measures),
  ].join('\n\n')}\n`; // prettier-ignore
}

function listing(lines: readonly string[]): string {
  const more = lines.length > MOST_LISTED ? [`- and ${lines.length - MOST_LISTED} more`] : [];
  return [...lines.slice(0, MOST_LISTED).map((line) => `- ${line}`), ...more].join('\n');
}

function code(prompt: string): string {
  return `\`${prompt.replaceAll('\n', ' / ').replaceAll('`', "'")}\``;
}

function distances(measures: readonly StyleMeasures[]): string {
  const styles = [...new Set(measures.map(({ style }) => style))].sort();
  const rows = styles.map((style) => {
    const own = measures.filter((each) => each.style === style);
    const cell = (name: keyof typeof HUMAN, scale: number, digits: number) => {
      const values = own.flatMap((each) => each[name] ?? []);
      if (values.length === 0) return '';
      const mean = (values.reduce((sum, value) => sum + value, 0) / values.length) * scale;
      return `${mean.toFixed(digits)} (${(mean - HUMAN[name]).toFixed(digits)})`;
    };
    return `| ${style} | ${own.length} | ${cell('pitchClassEntropy', 1, 2)} | ${cell('scaleConsistency', 100, 1)} | ${cell('grooveConsistency', 100, 1)} |`;
  });
  return ['| style | songs | pitch-class entropy, bit | scale consistency, % | groove consistency, % |', '| --- | --- | --- | --- | --- |', ...rows].join('\n'); // prettier-ignore
}
