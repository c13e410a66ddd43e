import { Command } from 'commander';
import { CommandContext, DEFAULT_URL } from './command-context';
import { addCancel } from './commands/cancel';
import { addDoctor } from './commands/doctor';
import { addDownload } from './commands/download';
import { addEdit } from './commands/edit';
import { addExport } from './commands/export';
import { addImport } from './commands/import';
import { addKeys } from './commands/keys';
import { addList } from './commands/list';
import { addMake } from './commands/make';
import { addShow } from './commands/show';
import { addStyles } from './commands/styles';
import { addUp } from './commands/up';
import { addUsage } from './commands/usage';
import { addWatch } from './commands/watch';
import { addWebhooks } from './commands/webhooks';
import { EXIT_HELP, USAGE_ERROR } from './exit-code';
import type { Terminal } from './terminal';
import { VERSION } from './version';

/**
 * The `beatbot` command, ready to parse. It throws CommanderError instead of ending the process.
 * @param json usage errors are thrown only, not told as text
 */
export function createProgram(terminal: Terminal, json: boolean): Command {
  const program = new Command('beatbot');
  program
    .description('A sentence goes in; a finished, editable song comes out.')
    .version(VERSION, '-V, --version')
    .option('--url <url>', `where BeatBot is; else BEATBOT_URL, else ${DEFAULT_URL}`)
    .option(
      '--api-key <key>',
      'API key, where one is asked for; better by BEATBOT_API_KEY, since others see command lines',
    )
    .option('--json', 'answer with one line of JSON, for scripts; errors too, on stderr')
    .exitOverride()
    .configureHelp({ showGlobalOptions: true, helpWidth: Math.min(terminal.columns, 110) })
    .configureOutput({
      writeOut: (text) => terminal.out(text.trimEnd()),
      writeErr: (text) => terminal.err(text.trimEnd()),
      outputError: (text, write) => json || write(text.replace(USAGE_ERROR, 'beatbot: ')),
    })
    .showHelpAfterError(json ? false : 'Try --help.')
    .addHelpText(
      'after',
      `
Examples:
  beatbot up                                                     start everything on this machine
  beatbot make "dusty lo-fi beat at 82 bpm in D minor" -o song/  make a song
  beatbot edit SONG --transpose 2                                change it
  beatbot list                                                   find it again
${EXIT_HELP}`,
    );
  const context = new CommandContext(terminal, program);
  addMake(program, context);
  addEdit(program, context);
  addList(program, context);
  addShow(program, context);
  addWatch(program, context);
  addDownload(program, context);
  addExport(program, context);
  addImport(program, context);
  addCancel(program, context);
  addStyles(program, context);
  addKeys(program, context);
  addWebhooks(program, context);
  addUsage(program, context);
  addUp(program);
  addDoctor(program, context);
  return program;
}
