import type { Command } from 'commander';
import type { Revision, Song } from '../../api-types';
import type { CommandContext } from '../command-context';
import { CommandError, EXIT } from '../exit-code';
import { number } from '../parse-option';
import { receiptTable } from '../receipt-table';
import { revisionLine } from '../revision-line';
import { tableOf } from '../table';

export function addShow(program: Command, context: CommandContext): void {
  program
    .command('show')
    .description('show a song: its revision, tracks, sections, files and receipt')
    .argument('<song>', 'id of the song')
    .option('--revision <n>', 'which revision; the newest where not given', number(1, 4_294_967_295))
    .option('--why', 'what each agent chose and why')
    .addHelpText(
      'after',
      '\nExamples:\n  beatbot show SONG\n  beatbot show SONG --why\n  beatbot show SONG --revision 1 --json',
    )
    .action((song: string, options: ShowOptions) => show(context, song, options));
}

interface ShowOptions {
  revision?: number;
  why?: true;
}

async function show(context: CommandContext, songId: string, options: ShowOptions): Promise<void> {
  const client = context.client();
  const song = await client.getSong(songId);
  const number = options.revision ?? song.latestRevision;
  if (number === 0) {
    const { jobs } = await client.listJobs({ song: songId, pageSize: 1 });
    const [job] = jobs;
    throw new CommandError(
      `The song has no revision yet; its job is ${job ? `${job.state}: beatbot watch ${job.id}` : 'gone'}`,
      EXIT.notFound,
    );
  }
  const revision = await client.getRevision(songId, number);
  context.answer({ song, revision }, () => describe(context, song, revision, options));
}

function describe({ terminal }: CommandContext, song: Song, revision: Revision, { why }: ShowOptions): string {
  const { plan, receipt, assets } = revision;
  const parts = [
    `${revisionLine(song, revision)} · revision ${revision.number} of ${song.latestRevision}`,
    `prompt: ${song.prompt}`,
  ];
  if (song.tags.length > 0) parts.push(`tags: ${song.tags.join(', ')}`);
  if (plan) {
    parts.push(
      tableOf(
        terminal,
        [{ title: 'track' }, { title: 'role' }, { title: 'instrument' }, { title: 'plays in', share: 1 }],
        plan.tracks.map((track) => [track.id, track.role, track.instrument, track.sectionIds.join(', ')]),
      ),
    );
    parts.push(`sections: ${plan.sections.map(({ id, bars }) => `${id} (${bars})`).join(', ')}`);
  }
  parts.push(
    tableOf(
      terminal,
      [{ title: 'file' }, { title: 'kind' }, { title: 'bytes' }],
      assets.map((asset) => [asset.name, asset.kind, asset.size.toLocaleString('en')]),
    ),
  );
  if (receipt) parts.push(receiptTable(terminal, receipt));
  if (receipt && why) {
    parts.push(
      tableOf(
        terminal,
        [{ title: 'agent' }, { title: 'what it chose and why', share: 1 }],
        receipt.explanations.map(({ agent, text }) => [agent, text]),
      ),
    );
  }
  return parts.join('\n');
}
