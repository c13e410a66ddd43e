import Table from 'cli-table3';
import { paint, type Terminal } from './terminal';

export interface Column {
  title: string;
  /** Where the terminal is too narrow: share of the width that columns without one leave. */
  share?: number;
  /** Characters. */
  width?: number;
}

/** Rows under light headings, words wrapped to the terminal's width. */
export function tableOf(terminal: Terminal, columns: Column[], rows: string[][]): string {
  const natural = columns.map(
    ({ title }, index) => Math.max(title.length, ...rows.map((row) => widthOf(row[index] ?? ''))) + 2,
  );
  const widths = fit(natural, columns, terminal.columns - columns.length - 1);
  const table = new Table({
    head: columns.map(({ title }) => paint(terminal, 'bold', title)),
    colWidths: widths,
    wordWrap: true,
    style: { head: [], border: [], compact: true },
    chars: terminal.coloured ? undefined : PLAIN,
  });
  table.push(...rows);
  return table.toString();
}

// prettier-ignore
const PLAIN = {
  top: '-', 'top-mid': '+', 'top-left': '+', 'top-right': '+',
  bottom: '-', 'bottom-mid': '+', 'bottom-left': '+', 'bottom-right': '+',
  left: '|', 'left-mid': '+', mid: '-', 'mid-mid': '+', right: '|', 'right-mid': '+', middle: '|',
};

const LEAST_WIDTH = 10;

/** Columns with a share give way, each by its share of what the others need no more, until all fit. */
function fit(natural: number[], columns: Column[], available: number): number[] {
  const wanted = natural.map((width, index) => columns[index]?.width ?? width);
  const shares = columns.map(({ share = 0 }) => share);
  const total = wanted.reduce((sum, width) => sum + width, 0);
  if (total <= available) return wanted;
  const left = available - wanted.reduce((sum, width, index) => sum + (shares[index] ? 0 : width), 0);
  const allShares = shares.reduce((sum, share) => sum + share, 0);
  return wanted.map((width, index) =>
    shares[index] ? Math.max(LEAST_WIDTH, Math.min(width, Math.floor((left * shares[index]) / allShares))) : width,
  );
}

function widthOf(text: string): number {
  return Math.max(...text.split('\n').map((line) => line.length));
}
