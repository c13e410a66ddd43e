import type { Command } from 'commander';
import { BeatbotClient } from '../beatbot-client';
import { CommandError, EXIT } from './exit-code';
import type { Terminal } from './terminal';

export const DEFAULT_URL = 'http://127.0.0.1:8080';

/** What every command is given: where to write, whom to ask, and how to answer. */
export class CommandContext {
  constructor(
    readonly terminal: Terminal,
    private readonly program: Command,
  ) {}

  get json(): boolean {
    return this.program.opts<{ json?: boolean }>().json === true;
  }

  get url(): string {
    const url = this.program.opts<{ url?: string }>().url ?? process.env.BEATBOT_URL ?? DEFAULT_URL;
    if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
      throw new CommandError(
        `--url (or BEATBOT_URL) ${JSON.stringify(url)} is not allowed: an http or https URL such as ${DEFAULT_URL}`,
        EXIT.badInput,
      );
    }
    return url;
  }

  get apiKey(): string | undefined {
    const key = this.program.opts<{ apiKey?: string }>().apiKey ?? process.env.BEATBOT_API_KEY;
    if (key === undefined || key === '') return undefined;
    // Not told back: what was given in its place may be a secret too.
    if (!/^[\w.~+/=-]{1,8192}$/.test(key))
      throw new CommandError(
        '--api-key (or BEATBOT_API_KEY) is not an API key: it holds other characters',
        EXIT.badInput,
      );
    return key;
  }

  client(): BeatbotClient {
    return new BeatbotClient({ url: this.url, apiKey: this.apiKey });
  }

  /** The result: one line of JSON with --json, else as `text` says. */
  answer(value: unknown, text: () => string): void {
    this.terminal.out(this.json ? JSON.stringify(value) : text());
  }
}
