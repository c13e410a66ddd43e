import type { WebSocket } from 'ws';
import { type CallContext, DomainError, toDomainError } from '@beatbot/service-kit';
import type { JobEventView } from '../jobs/job.schemas';
import { parseRequest } from '../validation/zod-request.pipe';
import { clientMessage } from './subscription.schemas';
import type { JobEvents } from './job-events';

export const MAX_SUBSCRIPTIONS = 100;

/** What the server says on the WebSocket. `ended` comes after the last event of a job, `error` in answer to a message or in place of further events. */
export type ServerMessage =
  | JobEventView
  | { type: 'subscribed' | 'unsubscribed' | 'ended'; job: string }
  | {
      type: 'error';
      job?: string;
      reason: string;
      detail: string;
      errors: { field: string; value?: unknown; allowed: string }[];
    };

/** One client's WebSocket: the jobs it follows. */
export class EventSocket {
  private readonly subscriptions = new Map<string, AbortController>();

  constructor(
    private readonly socket: Pick<WebSocket, 'send'>,
    private readonly jobEvents: JobEvents,
    private readonly caller: CallContext,
  ) {}

  async receive(data: string): Promise<void> {
    try {
      const message = parseRequest(clientMessage, parseJson(data), 'the message');
      if ('subscribe' in message) await this.subscribe(message.subscribe, message.after ?? 0);
      else await this.unsubscribe(message.unsubscribe);
    } catch (error) {
      await this.sendError(error);
    }
  }

  close(): void {
    for (const subscription of this.subscriptions.values()) subscription.abort();
    this.subscriptions.clear();
  }

  /** Resolves once the job was looked up, so that a client cannot ask for more than one at a time. */
  private async subscribe(job: string, after: number): Promise<void> {
    if (!this.subscriptions.has(job) && this.subscriptions.size >= MAX_SUBSCRIPTIONS) {
      throw new DomainError('RESOURCE_EXHAUSTED', `one connection follows at most ${MAX_SUBSCRIPTIONS} jobs`, {
        fields: [{ field: 'subscribe', value: job, allowed: `at most ${MAX_SUBSCRIPTIONS} jobs at a time` }],
      });
    }
    // A second subscription to a job takes the place of the first.
    this.subscriptions.get(job)?.abort();
    const subscription = new AbortController();
    this.subscriptions.set(job, subscription);
    try {
      await this.jobEvents.job(job, this.caller, subscription.signal);
    } catch (error) {
      await this.end(job, subscription, error);
      return;
    }
    await this.send({ type: 'subscribed', job });
    void this.follow(job, after, subscription);
  }

  private async unsubscribe(job: string): Promise<void> {
    this.subscriptions.get(job)?.abort();
    this.subscriptions.delete(job);
    await this.send({ type: 'unsubscribed', job });
  }

  private async follow(job: string, after: number, subscription: AbortController): Promise<void> {
    const { signal } = subscription;
    try {
      for await (const event of this.jobEvents.follow(job, after, this.caller, signal)) {
        if (signal.aborted) return;
        await this.send(event);
      }
      await this.send({ type: 'ended', job });
      await this.end(job, subscription);
    } catch (error) {
      await this.end(job, subscription, error);
    }
  }

  private async end(job: string, subscription: AbortController, error?: unknown): Promise<void> {
    if (error !== undefined && !subscription.signal.aborted) await this.sendError(error, job);
    if (this.subscriptions.get(job) === subscription) this.subscriptions.delete(job);
  }

  private async sendError(thrown: unknown, job?: string): Promise<void> {
    const { reason, message, fields } = toDomainError(thrown);
    await this.send({ type: 'error', ...(job !== undefined && { job }), reason, detail: message, errors: fields });
  }

  /** Resolves when the message has left, so that events are read no faster than the client takes them; a closed socket takes none. */
  private send(message: ServerMessage): Promise<void> {
    return new Promise((resolve) => this.socket.send(JSON.stringify(message), () => resolve()));
  }
}

function parseJson(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch (error) {
    throw new DomainError('MALFORMED_REQUEST', `the message is not JSON: ${String(error)}`, { cause: error });
  }
}
