import { Logger } from '@nestjs/common';
import { Redis } from 'ioredis';
import { CancelChannel } from './cancel-channel';

const CHANNEL = 'beatbot:jobs:cancel';

/** By Redis publish/subscribe; the subscriber's connection serves nothing else, and subscribes again by itself. */
export class RedisCancelChannel implements CancelChannel {
  private readonly log = new Logger('cancel-channel');
  private readonly listeners: ((jobId: string) => void)[] = [];

  constructor(
    private readonly redis: Redis,
    subscriber: Redis,
  ) {
    subscriber.on('message', (_channel: string, jobId: string) => {
      for (const listener of this.listeners) listener(jobId);
    });
    subscriber.subscribe(CHANNEL).catch((error: Error) => this.log.warn(`not subscribed: ${error.message}`));
  }

  tell(jobId: string): void {
    this.redis
      .publish(CHANNEL, jobId)
      .catch((error: Error) => this.log.warn(`a cancel waits for the next heartbeat: ${error.message}`));
  }

  onCancel(listener: (jobId: string) => void): void {
    this.listeners.push(listener);
  }
}
