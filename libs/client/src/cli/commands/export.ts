import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import type { CommandContext } from '../command-context';
import { CommandError, EXIT } from '../exit-code';

interface ExportOptions {
  output: string;
  owner?: string;
  force?: boolean;
}

/** As the server makes ids of songs. */
const SONG_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function addExport(program: Command, context: CommandContext): void {
  program
    .command('export')
    .description('save songs with all their revisions and files in one archive')
    .argument('[what]', 'id of a song, or an owner; all your songs where not given')
    .requiredOption('-o, --output <file>', 'the archive')
    .option('--owner <owner>', 'act for this owner, as the operator')
    .option('--force', 'replace the file if it is there already')
    .addHelpText(
      'after',
      `
Examples:
  beatbot export -o songs.tar
  beatbot export SONG -o song.tar
  beatbot export ann -o ann.tar          as the operator

The file appears when it is whole and every SHA-256 in it is right; until then it is FILE.partial.`,
    )
    .action((what: string | undefined, options: ExportOptions) => exportSongs(context, what, options));
}

async function exportSongs(context: CommandContext, what: string | undefined, options: ExportOptions): Promise<void> {
  const { output: file } = options;
  if (options.force !== true && existsSync(file))
    throw new CommandError(
      `${file} is there already: choose another file with -o, or replace it with --force`,
      EXIT.badInput,
    );
  const songId = what !== undefined && SONG_ID.test(what) ? what : undefined;
  if (what !== undefined && songId === undefined && options.owner !== undefined)
    throw new CommandError(`${what} is no id of a song, and --owner names an owner already`, EXIT.badInput);
  const client = context.client();
  const owner = await otherOwner(context, options.owner ?? (songId === undefined ? what : undefined));
  const { songs, entries, bytes } = await client.exportSongs(file, { songId, owner });
  context.answer(
    { file, songs, entries, bytes },
    () => `${songs} songs in ${file} (${bytes.toLocaleString('en')} bytes)`,
  );
}

/** The owner to act for; undefined where it is who asks. */
export async function otherOwner(context: CommandContext, owner: string | undefined): Promise<string | undefined> {
  if (owner === undefined) return undefined;
  return (await context.client().getUsage()).owner === owner ? undefined : owner;
}
