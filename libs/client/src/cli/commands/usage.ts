import type { Command } from 'commander';
import type { Usage } from '../../api-types';
import type { CommandContext } from '../command-context';
import { tableOf } from '../table';

export function addUsage(program: Command, context: CommandContext): void {
  program
    .command('usage')
    .description('show what you use, and how much you may')
    .addHelpText('after', '\nExample:\n  beatbot usage --json')
    .action(async () => {
      const usage = await context.client().getUsage();
      context.answer(usage, () => table(context, usage));
    });
}

function table({ terminal }: CommandContext, usage: Usage): string {
  const { quota } = usage;
  const bound = (most: number | null) => (most === null ? 'no bound' : most.toLocaleString('en'));
  return tableOf(
    terminal,
    [{ title: `of ${usage.owner}` }, { title: 'used' }, { title: 'allowed' }],
    [
      ['jobs today', usage.jobsToday.toLocaleString('en'), bound(quota.jobsPerDay)],
      ['bytes of files', usage.storedBytes.toLocaleString('en'), bound(quota.storedBytes)],
      ['songs', usage.songs.toLocaleString('en'), ''],
      ['unfinished jobs', usage.unfinishedJobs.toLocaleString('en'), ''],
    ],
  );
}
