import { createHmac } from 'node:crypto';

/**
 * The secret of a webhook's signatures, in the form of Standard Webhooks. It is derived from the service's own key, so that
 * neither the database nor its backups hold what a message could be forged with.
 */
export function webhookSecret(signingSecret: string, webhookId: string): string {
  return `whsec_${createHmac('sha256', signingSecret).update(`webhook ${webhookId}`).digest('base64')}`;
}
