import { type Command, InvalidArgumentError, Option } from 'commander';
import type { ApiKey, ApiKeyWithSecret } from '../../api-types';
import type { CommandContext } from '../command-context';
import { number } from '../parse-option';
import { tableOf } from '../table';

const SCOPES: ApiKey['scope'][] = ['read', 'write', 'admin'];
const MAX_GRACE_SECONDS = 30 * 86_400;

export function addKeys(program: Command, context: CommandContext): void {
  const keys = program
    .command('keys')
    .description('make, list, rotate and revoke API keys')
    .addHelpText(
      'after',
      `
Examples:
  beatbot keys create "the build" --scope write
  beatbot keys list
  beatbot keys rotate KEY --grace 3600
  beatbot keys revoke KEY`,
    );
  keys
    .command('create')
    .description('make a key; its secret is shown this once')
    .argument('<name>', 'what you call it')
    .addOption(
      new Option('--scope <scope>', 'what it allows; each includes the ones before').choices(SCOPES).default('read'),
    )
    .option('--expires <time>', 'when it ends to hold, such as 2030-01-31T12:00:00Z', time)
    .action(async (name: string, options: { scope: ApiKey['scope']; expires?: string }) => {
      const made = await context.client().createKey({ name, scope: options.scope, expireTime: options.expires });
      tellSecret(context, made);
    });
  keys
    .command('list')
    .description('list the keys, newest first')
    .action(() => list(context));
  keys
    .command('rotate')
    .description('give a key another secret, shown this once')
    .argument('<key>', 'id of the key')
    .option('--grace <seconds>', 'how long the secret before holds on', number(0, MAX_GRACE_SECONDS), 0)
    .action(async (keyId: string, { grace }: { grace: number }) => {
      tellSecret(context, await context.client().rotateKey(keyId, { graceSeconds: grace }));
    });
  keys
    .command('revoke')
    .description('end a key')
    .argument('<key>', 'id of the key')
    .action(async (keyId: string) => {
      await context.client().deleteKey(keyId);
      context.answer({ id: keyId, revoked: true }, () => `Key ${keyId} holds no more.`);
    });
}

function tellSecret(context: CommandContext, made: ApiKeyWithSecret): void {
  context.answer(
    made,
    () =>
      `${made.secret}\n\nThis is shown once: keep it, and give it by BEATBOT_API_KEY. Key ${made.key.id}, ${made.key.scope}.`,
  );
}

async function list(context: CommandContext): Promise<void> {
  const { keys } = await context.client().listKeys();
  context.answer({ keys }, () =>
    keys.length === 0
      ? 'No keys. Make one: beatbot keys create NAME --scope write'
      : tableOf(
          context.terminal,
          [
            { title: 'key' },
            { title: 'name', share: 1 },
            { title: 'scope' },
            { title: 'begins' },
            { title: 'used last (UTC)' },
            { title: 'ends (UTC)' },
          ],
          keys.map((key) => [
            key.id,
            key.name,
            key.scope,
            key.hint,
            minuteOf(key.lastUseTime, 'never'),
            minuteOf(key.expireTime, 'never'),
          ]),
        ),
  );
}

function minuteOf(text: string | null, otherwise: string): string {
  return text === null ? otherwise : text.slice(0, 16).replace('T', ' ');
}

function time(text: string): string {
  if (!/^\d{4}-\d\d-\d\dT/.test(text) || Number.isNaN(Date.parse(text)))
    throw new InvalidArgumentError('It must be a time such as 2030-01-31T12:00:00Z.');
  return text;
}
