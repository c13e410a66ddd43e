import type { Command } from 'commander';
import type { Delivery, WebhookWithSecret } from '../../api-types';
import type { CommandContext } from '../command-context';
import { number } from '../parse-option';
import { tableOf } from '../table';

export function addWebhooks(program: Command, context: CommandContext): void {
  const webhooks = program
    .command('webhooks')
    .description('say where you are told of jobs, and see what came of it')
    .addHelpText(
      'after',
      `
Examples:
  beatbot webhooks create https://hooks.example.com/beatbot
  beatbot webhooks list
  beatbot webhooks deliveries WEBHOOK
  beatbot webhooks replay WEBHOOK DELIVERY
  beatbot webhooks delete WEBHOOK

Messages are signed by Standard Webhooks. For one song alone: beatbot make ... --webhook URL`,
    );
  webhooks
    .command('create')
    .description('be told of all jobs; answers with the key of the signatures')
    .argument('<url>', 'an https URL on a public address')
    .action(async (url: string) => {
      const made = await context.client().createWebhook({ url });
      context.answer(made, () => secretText(made));
    });
  webhooks
    .command('list')
    .description('list the webhooks, newest first')
    .action(() => list(context));
  webhooks
    .command('delete')
    .description('be told no more')
    .argument('<webhook>', 'id of the webhook')
    .action(async (webhookId: string) => {
      await context.client().deleteWebhook(webhookId);
      context.answer({ id: webhookId, deleted: true }, () => `Nothing more is sent by webhook ${webhookId}.`);
    });
  webhooks
    .command('deliveries')
    .description('show what came of the newest messages')
    .argument('<webhook>', 'id of the webhook')
    .option('--limit <n>', 'how many at most', number(1, 100), 50)
    .action(async (webhookId: string, { limit }: { limit: number }) => {
      const { deliveries } = await context.client().listDeliveries(webhookId, { pageSize: limit });
      context.answer({ deliveries }, () => deliveriesText(context, deliveries));
    });
  webhooks
    .command('replay')
    .description('send a message again, under the same id')
    .argument('<webhook>', 'id of the webhook')
    .argument('<delivery>', 'id of the delivery')
    .action(async (webhookId: string, deliveryId: string) => {
      const delivery = await context.client().replayDelivery(webhookId, deliveryId);
      context.answer(delivery, () => `Delivery ${delivery.id} (${delivery.type}) is sent again.`);
    });
}

function secretText({ webhook, secret }: WebhookWithSecret): string {
  return `${secret}\n\nMessages to ${webhook.url} are signed by this key: give it to who receives them. Webhook ${webhook.id}.`;
}

async function list(context: CommandContext): Promise<void> {
  const { webhooks } = await context.client().listWebhooks();
  context.answer({ webhooks }, () =>
    webhooks.length === 0
      ? 'No webhooks. Make one: beatbot webhooks create URL'
      : tableOf(
          context.terminal,
          [{ title: 'webhook' }, { title: 'url', share: 1 }, { title: 'state' }],
          webhooks.map(({ id, url, disableTime }) => [id, url, disableTime === null ? 'on' : 'gone (410)']),
        ),
  );
}

function deliveriesText({ terminal }: CommandContext, deliveries: Delivery[]): string {
  if (deliveries.length === 0) return 'Nothing was sent yet.';
  return tableOf(
    terminal,
    [{ title: 'delivery' }, { title: 'told' }, { title: 'job' }, { title: 'state' }, { title: 'last try', share: 1 }],
    deliveries.map(({ id, type, job, state, attempts }) => {
      const last = attempts.at(-1);
      return [id, type, job, state, last === undefined ? 'none' : last.error || String(last.status)];
    }),
  );
}
