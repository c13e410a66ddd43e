/** Where the command writes, and whether people look at it. */
export interface Terminal {
  /** Results. */
  out(line: string): void;
  /** Progress and errors. */
  err(line: string): void;
  /** True where progress may redraw itself. */
  interactive: boolean;
  /** True where results may have colours. */
  coloured: boolean;
  columns: number;
}

const DEFAULT_COLUMNS = 100;

export function processTerminal(): Terminal {
  const { stdout, stderr } = process;
  return {
    out: (line) => void stdout.write(`${line}\n`),
    err: (line) => void stderr.write(`${line}\n`),
    interactive: stderr.isTTY === true && process.env.TERM !== 'dumb',
    coloured: stdout.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== 'dumb',
    columns: stdout.columns || stderr.columns || DEFAULT_COLUMNS,
  };
}

const CODES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 } as const;

/** Text in a colour or style, where the terminal shows them. */
export function paint(terminal: Terminal, style: keyof typeof CODES, text: string): string {
  return terminal.coloured ? `\u001b[${CODES[style]}m${text}\u001b[0m` : text;
}
