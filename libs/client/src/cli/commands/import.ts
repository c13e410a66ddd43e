import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import type { CommandContext } from '../command-context';
import { CommandError, EXIT } from '../exit-code';
import { tableOf } from '../table';
import { otherOwner } from './export';

export function addImport(program: Command, context: CommandContext): void {
  program
    .command('import')
    .description('take in the songs of an archive, all of them or none')
    .argument('<file>', 'an archive that `beatbot export` made')
    .option('--owner <owner>', 'act for this owner, as the operator')
    .addHelpText(
      'after',
      `
Examples:
  beatbot import songs.tar
  beatbot import ann.tar --owner ann     as the operator

The songs become yours. Songs that you have stay as they are, so that it does no harm to do it again.`,
    )
    .action((file: string, { owner }: { owner?: string }) => importSongs(context, file, owner));
}

async function importSongs(context: CommandContext, file: string, owner: string | undefined): Promise<void> {
  if (!existsSync(file)) throw new CommandError(`there is no file ${file}`, EXIT.badInput);
  const client = context.client();
  const { songs } = await client.importSongs(file, { owner: await otherOwner(context, owner) });
  context.answer({ songs }, () =>
    songs.length === 0
      ? 'The archive holds no songs.'
      : tableOf(
          context.terminal,
          [{ title: 'song' }, { title: 'in the archive' }, { title: 'revisions' }, { title: '' }],
          songs.map(({ songId, archivedSongId, revisions, created }) => [
            songId,
            archivedSongId,
            String(revisions),
            created ? 'taken in' : 'was there',
          ]),
        ),
  );
}
