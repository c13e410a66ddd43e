import type { Command } from 'commander';
import type { ListSongsQuery, Song } from '../../api-types';
import type { CommandContext } from '../command-context';
import { number } from '../parse-option';
import { tableOf } from '../table';

interface ListOptions {
  text?: string;
  style?: string;
  tag?: string;
  order?: NonNullable<ListSongsQuery>['orderBy'];
  limit: number;
}

const MAX_PAGE = 100;

export function addList(program: Command, context: CommandContext): void {
  program
    .command('list')
    .description('list songs')
    .option('--text <text>', 'only songs whose title or prompt holds it')
    .option('--style <style>', 'only songs in this style, by id')
    .option('--tag <tag>', 'only songs with this tag')
    .option('--order <order>', '"create_time desc", create_time, "update_time desc" or title')
    .option('--limit <n>', 'how many at most', number(1, 100_000), 50)
    .addHelpText(
      'after',
      '\nExamples:\n  beatbot list\n  beatbot list --tag demo --order title\n  beatbot list --limit 1000 --json',
    )
    .action((options: ListOptions) => list(context, options));
}

async function list(context: CommandContext, { text, style, tag, order, limit }: ListOptions): Promise<void> {
  const client = context.client();
  const songs: Song[] = [];
  let pageToken = '';
  do {
    const page = await client.listSongs({
      text,
      style,
      tag,
      orderBy: order,
      pageSize: Math.min(MAX_PAGE, limit - songs.length),
      ...(pageToken !== '' && { pageToken }),
    });
    songs.push(...page.songs);
    pageToken = page.nextPageToken;
  } while (pageToken !== '' && songs.length < limit);
  context.answer({ songs }, () => {
    if (songs.length === 0) return 'No songs. Make one: beatbot make "a slow waltz for piano" -o waltz/';
    const rows = songs.map((song) => [
      song.id,
      song.title,
      song.style,
      String(song.latestRevision),
      (song.createTime ?? '').slice(0, 16).replace('T', ' '),
      song.tags.join(', '),
    ]);
    const table = tableOf(
      context.terminal,
      [
        { title: 'song' },
        { title: 'title', share: 3 },
        { title: 'style', share: 2 },
        { title: 'rev' },
        { title: 'made (UTC)' },
        { title: 'tags', share: 1 },
      ],
      rows,
    );
    return pageToken === '' ? table : `${table}\nThere are more: --limit`;
  });
}
