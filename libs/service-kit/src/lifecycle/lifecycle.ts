import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';

/**
 * Closes clients (Redis, databases, gRPC channels) at a stop, after all calls have ended and all workers are closed, the youngest first.
 * Workers and loops close themselves in Nest's `onModuleDestroy` or `beforeApplicationShutdown`, which come before.
 */
@Injectable()
export class Lifecycle implements OnApplicationShutdown {
  private readonly log = new Logger('lifecycle');
  private readonly clients: { name: string; close: () => unknown }[] = [];

  closeClient(name: string, close: () => unknown): void {
    this.clients.push({ name, close });
  }

  async onApplicationShutdown(): Promise<void> {
    for (const { name, close } of this.clients.splice(0).reverse()) {
      try {
        await close();
      } catch (error) {
        this.log.warn(`${name} did not close: ${String(error)}`);
      }
    }
  }
}
