import type { Command } from 'commander';
import { CommandError, EXIT } from '../exit-code';

interface LocalStack {
  /** Resolves with the exit code. */
  runUp(argv: string[]): Promise<number>;
}

export function addUp(program: Command): void {
  program
    .command('up')
    .description('start BeatBot on this machine: database, Redis and all services')
    .argument('[options...]', 'see beatbot up --help')
    .allowUnknownOption()
    .helpOption(false)
    .action(async (_arguments: string[], _options: object, command: Command) => {
      const code = await localStack().runUp(command.args);
      if (code !== 0) throw new CommandError('', code);
    });
}

/** Loaded only here: the other commands need no server on this machine. */
function localStack(): LocalStack {
  try {
    return require('@beatbot/local-stack') as LocalStack;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
    throw new CommandError(
      'this installation has no servers; run `npm ci && npm start` in the BeatBot project, or use --url for one elsewhere',
      EXIT.unexpected,
    );
  }
}
