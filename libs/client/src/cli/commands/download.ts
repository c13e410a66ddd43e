import type { Command } from 'commander';
import type { CommandContext } from '../command-context';
import { downloadRevision, type Kind, KINDS, refuseToReplace } from '../download-revision';
import { CommandError, EXIT } from '../exit-code';
import { listOf, number } from '../parse-option';
import { ProgressDisplay } from '../progress-display';

interface DownloadOptions {
  output: string;
  revision?: number;
  only?: Kind[];
  force?: boolean;
}

export function addDownload(program: Command, context: CommandContext): void {
  program
    .command('download')
    .description('download the files of a song')
    .argument('<song>', 'id of the song')
    .requiredOption('-o, --output <dir>', 'folder for the files')
    .option('--revision <n>', 'which revision; the newest where not given', number(1, 4_294_967_295))
    .option('--only <list>', `only these kinds: ${KINDS.join(',')}`, listOf(KINDS))
    .option('--force', 'replace files that are in the folder already')
    .addHelpText(
      'after',
      '\nExamples:\n  beatbot download SONG -o song/\n  beatbot download SONG -o midi/ --only midi,score --revision 1\n\nA download that was cut is gone on from where it stopped.',
    )
    .action((song: string, options: DownloadOptions) => download(context, song, options));
}

async function download(context: CommandContext, songId: string, options: DownloadOptions): Promise<void> {
  const { output: folder } = options;
  refuseToReplace(folder, options.force === true);
  const client = context.client();
  const song = await client.getSong(songId);
  const number = options.revision ?? song.latestRevision;
  if (number === 0) throw new CommandError(`Song ${songId} has no revision yet: beatbot show ${songId}`, EXIT.notFound);
  const revision = await client.getRevision(songId, number);
  const files = await downloadRevision(
    client,
    revision,
    folder,
    options.only ?? KINDS,
    new ProgressDisplay(context.terminal, context.json),
  );
  context.answer({ songId, revision: number, folder, files }, () => `${files.length} files in ${folder}`);
}
