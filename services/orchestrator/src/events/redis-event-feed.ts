import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { JobEvent } from '@beatbot/contracts/music/v1/job';
import { Logger } from '@nestjs/common';
import { Redis } from 'ioredis';
import { EventFeed } from './event-feed';

/** Events kept for each job: more than a watcher falls behind before it reads storage anyway. */
const MAX_EVENTS = 1000;
const BLOCK_MS = 5000;
const READ_COUNT = 500;
const RETRY_MS = 500;
const ALREADY_PUBLISHED = 'equal or smaller than the target stream top item';

interface Subscription {
  /** Number of the last event handed on. */
  lastSeq: number;
  listeners: Set<(event: JobEvent) => void>;
}

/**
 * One Redis stream for each job, whose entry ids are the events' numbers, so that an event published twice stands there
 * once. One connection reads the streams of all watched jobs; it blocks, so it must serve nothing else.
 */
export class RedisEventFeed implements EventFeed {
  private readonly log = new Logger('event-feed');
  private readonly subscriptions = new Map<string, Subscription>();
  /** A stream of this process alone: an entry ends the blocking read, which then asks for what is watched by now. */
  private readonly wakeKey = `beatbot:events:wake:${randomUUID()}`;
  private wakeId = '0-0';
  private running?: Promise<void>;
  private stopped = false;
  private publishing = true;

  constructor(
    private readonly redis: Redis,
    private readonly blocking: Redis,
    private readonly expireSeconds: number,
  ) {}

  publish(event: JobEvent): void {
    const key = keyOf(event.jobId);
    this.redis
      .pipeline()
      .xadd(key, 'MAXLEN', '~', MAX_EVENTS, `${event.seq}-0`, 'event', JSON.stringify(event))
      .expire(key, this.expireSeconds)
      .exec()
      .then(
        (results) => this.published(results?.[0]?.[0] ?? undefined),
        (error: Error) => this.published(error),
      );
  }

  subscribe(jobId: string, afterSeq: number, onEvent: (event: JobEvent) => void): () => void {
    let subscription = this.subscriptions.get(jobId);
    if (!subscription) {
      subscription = { lastSeq: afterSeq, listeners: new Set() };
      this.subscriptions.set(jobId, subscription);
      this.wake();
    }
    const { listeners } = subscription;
    listeners.add(onEvent);
    this.running ??= this.readAll();
    return () => {
      listeners.delete(onEvent);
      if (listeners.size === 0 && this.subscriptions.get(jobId)?.listeners === listeners) {
        this.subscriptions.delete(jobId);
      }
    };
  }

  /** Ends the reading; the connections are the caller's to close. */
  async close(): Promise<void> {
    this.stopped = true;
    this.subscriptions.clear();
    this.blocking.disconnect();
    await this.running;
  }

  private published(error: Error | undefined): void {
    const failed = error !== undefined && !error.message.includes(ALREADY_PUBLISHED);
    if (failed && this.publishing) {
      this.log.warn(`events are not published, watchers poll storage: ${error.message}`);
    }
    this.publishing = !failed;
  }

  private wake(): void {
    this.redis
      .pipeline()
      .xadd(this.wakeKey, 'MAXLEN', 1, '*', 'wake', '1')
      .expire(this.wakeKey, 60)
      .exec()
      .catch((error: Error) => this.log.debug(`the read is not woken, it ends by itself: ${error.message}`));
  }

  private async readAll(): Promise<void> {
    while (!this.stopped && this.subscriptions.size > 0) {
      try {
        await this.readOnce();
      } catch (error) {
        if (this.stopped) break;
        this.log.debug(`reading events failed: ${String(error)}`);
        await sleep(RETRY_MS);
      }
    }
    this.running = undefined;
  }

  private async readOnce(): Promise<void> {
    const jobs = [...this.subscriptions];
    const keys = [this.wakeKey, ...jobs.map(([jobId]) => keyOf(jobId))];
    const after = [this.wakeId, ...jobs.map(([, { lastSeq }]) => `${lastSeq}-0`)];
    const streams = await this.blocking.xread('COUNT', READ_COUNT, 'BLOCK', BLOCK_MS, 'STREAMS', ...keys, ...after);
    for (const [key, entries] of streams ?? []) {
      if (key === this.wakeKey) this.wakeId = entries.at(-1)?.[0] ?? this.wakeId;
      else for (const [, fields] of entries) this.handOn(JSON.parse(fields[1] ?? '') as JobEvent);
    }
  }

  private handOn(event: JobEvent): void {
    const subscription = this.subscriptions.get(event.jobId);
    if (!subscription) return;
    subscription.lastSeq = Math.max(subscription.lastSeq, event.seq);
    for (const listener of subscription.listeners) listener(event);
  }
}

function keyOf(jobId: string): string {
  return `beatbot:job:${jobId}:events`;
}
