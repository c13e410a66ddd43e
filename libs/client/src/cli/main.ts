import { CommanderError } from 'commander';
import { CommandError, errorLines, errorReport, exitCodeOf, USAGE_ERROR } from './exit-code';
import { createProgram } from './program';
import { processTerminal, type Terminal } from './terminal';

/**
 * Runs the command; resolves with its exit code. Errors are told in a line or two, never with a stack; with --json as one
 * line of JSON on standard error.
 */
export async function main(argv: string[], terminal: Terminal = processTerminal()): Promise<number> {
  const json = asksForJson(argv);
  try {
    const program = createProgram(terminal, json);
    await program.parseAsync(argv, { from: 'user' });
    return 0;
  } catch (error) {
    const exitCode = exitCodeOf(error);
    if (isTold(error, json)) return exitCode;
    if (json) {
      terminal.err(JSON.stringify({ error: errorReport(error) }));
      return exitCode;
    }
    const [first = '', ...more] = errorLines(error);
    terminal.err(`beatbot: ${first}`);
    for (const line of more) terminal.err(line);
    return exitCode;
  }
}

/** Known before the options are parsed, since what is wrong with them is told as JSON too. */
function asksForJson(argv: string[]): boolean {
  const end = argv.indexOf('--');
  return argv.slice(0, end < 0 ? argv.length : end).includes('--json');
}

/** Commander prints help, and without --json its errors; a CommandError without words has nothing to add. */
function isTold(error: unknown, json: boolean): boolean {
  if (error instanceof CommanderError) return !json || !error.message.startsWith(USAGE_ERROR);
  return error instanceof CommandError && error.message === '';
}

/** Runs the command as this process. */
export function run(argv: string[]): void {
  // A reader that has had enough, such as `head`, is no error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
  // Not process.exit, which would cut what a pipe has not taken yet.
  void main(argv).then((code) => (process.exitCode = code));
}

if (require.main === module) run(process.argv.slice(2));
