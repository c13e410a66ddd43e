import type { Command } from 'commander';
import type { Style } from '../../api-types';
import type { CommandContext } from '../command-context';
import { tableOf } from '../table';

export function addStyles(program: Command, context: CommandContext): void {
  program
    .command('styles')
    .description('list the styles that prompts may name')
    .addHelpText('after', '\nExamples:\n  beatbot styles\n  beatbot styles --json')
    .action(() => styles(context));
}

async function styles(context: CommandContext): Promise<void> {
  const client = context.client();
  const all: Style[] = [];
  let pageToken = '';
  do {
    const page = await client.listStyles(pageToken === '' ? {} : { pageToken });
    all.push(...page.styles);
    pageToken = page.nextPageToken;
  } while (pageToken !== '');
  context.answer({ styles: all }, () =>
    tableOf(
      context.terminal,
      [{ title: 'style' }, { title: 'bpm' }, { title: 'what makes it', share: 3 }, { title: 'also called', share: 2 }],
      all.map((style) => [
        style.id,
        `${style.minTempoBpm}-${style.maxTempoBpm}`,
        style.description,
        style.aliases.join(', '),
      ]),
    ),
  );
}
