import { meetsTarget, type Figure } from './figure';

/** What a run is worth only together with. */
export interface RunConditions {
  commit: string;
  node: string;
  cpu: string;
  date: string;
}

const HEADING = '# Benchmarks';

/** The figures as a Markdown table. */
export function figureTable(figures: Figure[]): string {
  const rows = figures.map((figure) => {
    const met = meetsTarget(figure);
    const target = figure.target === undefined ? '' : `${figure.better === 'lower' ? '<=' : '>='} ${figure.target}`;
    return [
      figure.name,
      format(figure.value),
      figure.unit,
      target,
      met === undefined ? '' : met ? 'yes' : '**no**',
      figure.note ?? '',
    ];
  });
  const header = ['figure', 'value', 'unit', 'target', 'met', 'note'];
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

function format(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toPrecision(3);
}

/** The document with the section of one bench put in, or in place of its former one; other benches stay. */
export function withSection(
  document: string,
  bench: string,
  about: string,
  figures: Figure[],
  conditions: RunConditions,
): string {
  const section = [
    `## ${bench}`,
    '',
    about,
    '',
    `Commit ${conditions.commit}, Node ${conditions.node}, ${conditions.cpu}, ${conditions.date}.`,
    '',
    figureTable(figures),
    '',
  ].join('\n');
  const sections = new Map(
    document
      .split(/^(?=## )/m)
      .filter((text) => text.startsWith('## '))
      .map((text) => [text.slice(3, text.indexOf('\n')), `${text.trimEnd()}\n`]),
  );
  sections.set(bench, section);
  return [
    `${HEADING}\n\nWritten by \`npm run bench\`. A figure that misses its target stands as it is.\n`,
    ...sections.values(),
  ].join('\n');
}
