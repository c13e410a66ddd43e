import type { Command } from 'commander';
import { isFinal } from '../../api-types';
import type { CommandContext } from '../command-context';
import { followJob, succeeded } from '../follow-job';
import { number } from '../parse-option';
import { ProgressDisplay } from '../progress-display';

export function addWatch(program: Command, context: CommandContext): void {
  program
    .command('watch')
    .description('follow a job to its end')
    .argument('<job>', 'id of the job')
    .option('--after <seq>', 'only events after this number (with --json)', number(0, Number.MAX_SAFE_INTEGER), 0)
    .addHelpText(
      'after',
      '\nExamples:\n  beatbot watch JOB\n  beatbot watch JOB --json    one event a line\n\nCtrl-C leaves; the job goes on.',
    )
    .action((job: string, options: { after: number }) => watch(context, job, options.after));
}

async function watch(context: CommandContext, jobId: string, after: number): Promise<void> {
  const client = context.client();
  if (context.json) {
    for await (const event of client.watchJob(jobId, { after })) context.terminal.out(JSON.stringify(event));
    const job = await client.getJob(jobId);
    if (isFinal(job.state)) succeeded(job);
    return;
  }
  const job = await followJob(client, jobId, new ProgressDisplay(context.terminal), { cancelOnInterrupt: false });
  context.terminal.out(`Done. Download it: beatbot download ${job.songId} --revision ${job.revision} -o DIR`);
}
