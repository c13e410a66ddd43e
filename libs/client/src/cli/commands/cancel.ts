import type { Command } from 'commander';
import type { CommandContext } from '../command-context';

export function addCancel(program: Command, context: CommandContext): void {
  program
    .command('cancel')
    .description('end a job')
    .argument('<job>', 'id of the job')
    .addHelpText('after', '\nExample:\n  beatbot cancel JOB')
    .action(async (jobId: string) => {
      const job = await context.client().cancelJob(jobId);
      context.answer(job, () =>
        job.state === 'cancelled'
          ? `Job ${job.id} is cancelled.`
          : `Job ${job.id} is asked to end; it is ${job.state}.`,
      );
    });
}
