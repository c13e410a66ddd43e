import { CommanderError } from 'commander';
import { CommandError, errorLines, exitCodeOf } from './exit-code';
import { createProgram } from './program';
import { processTerminal, type Terminal } from './terminal';

/** Runs the command; resolves with its exit code. Errors are told in a line or two, never with a stack. */
export async function main(argv: string[], terminal: Terminal = processTerminal()): Promise<number> {
  try {
    const program = createProgram(terminal);
    await program.parseAsync(argv, { from: 'user' });
    return 0;
  } catch (error) {
    // Commander has told its errors already, and a CommandError without words has nothing to add.
    if (!(error instanceof CommanderError) && !(error instanceof CommandError && error.message === '')) {
      const [first = '', ...more] = errorLines(error);
      terminal.err(`beatbot: ${first}`);
      for (const line of more) terminal.err(line);
    }
    return exitCodeOf(error);
  }
}

/** Runs the command as this process. */
export function run(argv: string[]): void {
  // A reader that has had enough, such as `head`, is no error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
  // Not process.exit, which would cut what a pipe has not taken yet.
  void main(argv).then((code) => (process.exitCode = code));
}

if (require.main === module) run(process.argv.slice(2));
