import type { Command } from 'commander';
import type { Edit } from '../../api-types';
import type { CommandContext } from '../command-context';
import { downloadRevision, KINDS, refuseToReplace } from '../download-revision';
import { addEditOptions } from '../edit-options';
import { CommandError, EXIT } from '../exit-code';
import { followJob } from '../follow-job';
import { number } from '../parse-option';
import { ProgressDisplay } from '../progress-display';
import { receiptTable } from '../receipt-table';
import { revisionLine } from '../revision-line';

interface EditOptions {
  base?: number;
  output?: string;
  force?: boolean;
  wait: boolean;
}

export function addEdit(program: Command, context: CommandContext): void {
  const command = program
    .command('edit')
    .description('change a song; the change becomes its next revision')
    .argument('<song>', 'id of the song')
    .argument('[sentence]', 'the change in words');
  const edits = addEditOptions(command);
  command
    .option('--base <revision>', 'the revision to change; the newest where not given', number(1, 4_294_967_295))
    .option('-o, --output <dir>', 'folder to download the new revision into')
    .option('--force', 'replace files that are in the folder already')
    .option('--no-wait', 'only ask for it, and say which job makes it')
    .addHelpText(
      'after',
      `
Examples:
  beatbot edit SONG "make the second chorus bigger and drop the drums in bars 9-12"
  beatbot edit SONG undo
  beatbot edit SONG --transpose 2 --tempo 90
  beatbot edit SONG --mute drums --gain bass=-3 -o quieter/
  beatbot edit SONG --regenerate bass:5-8
  beatbot edit SONG --replace chords=electric-piano-1 --base 1

Edits apply in the order given. \`beatbot show SONG\` lists tracks and sections.`,
    )
    .action((song: string, sentence: string | undefined, options: EditOptions) =>
      edit(context, song, sentence, edits, options),
    );
}

async function edit(
  context: CommandContext,
  songId: string,
  instruction: string | undefined,
  edits: Edit[],
  options: EditOptions,
): Promise<void> {
  if ((instruction === undefined) === (edits.length === 0)) {
    throw new CommandError(
      'say what to change, either by options such as --transpose 2 or by a sentence; see beatbot edit --help',
      EXIT.badInput,
    );
  }
  if (options.output !== undefined) refuseToReplace(options.output, options.force === true);
  const client = context.client();
  const display = new ProgressDisplay(context.terminal, context.json);
  const { job } = await client.createRevision(songId, {
    ...(instruction === undefined ? { edits } : { instruction }),
    baseRevision: options.base,
  });
  if (!options.wait) {
    context.answer({ job }, () => `The change is asked for. Follow it: beatbot watch ${job.id}`);
    return;
  }
  const finished = await followJob(client, job.id, display);
  const [song, revision] = await Promise.all([client.getSong(songId), client.getRevision(songId, finished.revision)]);
  const { output: folder } = options;
  const files = folder === undefined ? [] : await downloadRevision(client, revision, folder, KINDS, display);
  context.answer(
    {
      song,
      job: finished,
      revision: { number: revision.number, durationMs: revision.durationMs, scoreHash: revision.scoreHash },
      receipt: revision.receipt,
      folder,
      files,
    },
    () =>
      [
        ...(revision.receipt ? [receiptTable(context.terminal, revision.receipt)] : []),
        `${revisionLine(song, revision)} · revision ${revision.number}`,
        folder === undefined ? `Download it: beatbot download ${songId} -o DIR` : `${files.length} files in ${folder}`,
      ].join('\n'),
  );
}
