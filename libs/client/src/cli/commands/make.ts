import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import type { AcceptedSong, Job, Song } from '../../api-types';
import type { CommandContext } from '../command-context';
import { downloadRevision, KINDS, refuseToReplace } from '../download-revision';
import { followJob } from '../follow-job';
import { collect, listOf, number } from '../parse-option';
import { ProgressDisplay } from '../progress-display';
import { receiptTable } from '../receipt-table';
import { revisionLine } from '../revision-line';

interface MakeOptions {
  output?: string;
  seed?: number;
  format?: ('wav' | 'mp3' | 'flac' | 'opus')[];
  stemFormat?: ('wav' | 'flac')[];
  candidates?: number;
  title?: string;
  tag?: string[];
  webhook?: string;
  force?: boolean;
  wait: boolean;
}

export function addMake(program: Command, context: CommandContext): void {
  program
    .command('make')
    .description('make a song from a sentence, and download it')
    .argument('<prompt>', 'what the song shall be, in words')
    .option('-o, --output <dir>', 'folder for the files; named after the song where not given')
    .option('--seed <n>', 'same prompt and seed, same song', number(0, 4_294_967_295))
    .option('--format <list>', 'audio formats of the mix: wav,mp3,flac,opus', listOf(['wav', 'mp3', 'flac', 'opus']))
    .option('--stem-format <format>', 'audio format of the stems: wav or flac', listOf(['wav', 'flac']))
    .option('--candidates <n>', 'how many to compose; the best is kept', number(1, 8))
    .option('--title <title>', 'what the song is called')
    .option('--tag <tag>', 'a label to find it by; may be repeated', collect)
    .option('--webhook <url>', 'where to tell of the job: an https URL on a public address')
    .option('--force', 'replace files that are in the folder already')
    .option('--no-wait', 'only ask for it, and say which job makes it')
    .addHelpText(
      'after',
      `
Examples:
  beatbot make "dusty lo-fi beat at 82 bpm in D minor, 32 bars, Rhodes and upright bass" -o song/
  beatbot make "jazz swing in F, 140 bpm" --seed 7 --format wav,flac --tag demo
  beatbot make "ambient, 64 bars" --no-wait --json

Ctrl-C asks the server to cancel the job; a second Ctrl-C leaves at once.`,
    )
    .action((prompt: string, options: MakeOptions) => make(context, prompt, options));
}

async function make(context: CommandContext, prompt: string, options: MakeOptions): Promise<void> {
  const client = context.client();
  const display = new ProgressDisplay(context.terminal, context.json);
  if (options.output !== undefined && options.wait) refuseToReplace(options.output, options.force === true);
  const { song, job, webhook } = await client.createSong({
    prompt,
    seed: options.seed,
    candidates: options.candidates,
    title: options.title,
    tags: options.tag,
    formats: options.format,
    stemFormat: options.stemFormat?.[0],
    webhook: options.webhook === undefined ? undefined : { url: options.webhook },
  });
  if (webhook) display.note(`${webhook.url} is told of it, signed by ${webhook.secret} (webhook ${webhook.id}).`);
  if (!options.wait) {
    context.answer({ song, job, webhook }, () => `Song ${song.id} is asked for. Follow it: beatbot watch ${job.id}`);
    return;
  }
  await receive(context, song, job, display, { ...options, webhook });
}

/** Follows the job, downloads what it made, and shows the receipt. */
export async function receive(
  context: CommandContext,
  song: Song,
  job: Job,
  display: ProgressDisplay,
  options: { output?: string; webhook?: AcceptedSong['webhook'] },
): Promise<void> {
  const client = context.client();
  const begun = Date.now();
  const finished = await followJob(client, job.id, display);
  const [made, revision] = await Promise.all([client.getSong(song.id), client.getRevision(song.id, finished.revision)]);
  const folder = options.output ?? freeFolder(made.title);
  const files = await downloadRevision(client, revision, folder, KINDS, display);
  context.answer(
    {
      song: made,
      job: finished,
      webhook: options.webhook,
      revision: { number: revision.number, durationMs: revision.durationMs, scoreHash: revision.scoreHash },
      receipt: revision.receipt,
      folder,
      files,
    },
    () =>
      [
        ...(revision.receipt ? [receiptTable(context.terminal, revision.receipt)] : []),
        revisionLine(made, revision),
        `${files.length} files in ${folder} after ${((Date.now() - begun) / 1000).toFixed(1)} s · song ${made.id}`,
      ].join('\n'),
  );
}

/** A folder in words of the title that does not exist yet. */
function freeFolder(title: string): string {
  const words = title
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  const name = words === '' ? 'song' : words;
  for (let number = 1; ; number++) {
    const folder = number === 1 ? name : `${name}-${number}`;
    if (!existsSync(folder)) return folder;
  }
}
