import {
  type sendUnaryData,
  type Server,
  type ServerUnaryCall,
  type ServerWritableStream,
  status,
} from '@grpc/grpc-js';
import { service } from 'grpc-health-check';

type Status = 'SERVING' | 'NOT_SERVING' | 'SERVICE_UNKNOWN';
interface Request {
  service: string;
}
interface Response {
  status: Status;
}
type Watcher = ServerWritableStream<Request, Response>;

/**
 * grpc.health.v1 for a server whose services are ready or not together. Unlike grpc-health-check's own implementation
 * it can end its watches, without which no server with a watcher would ever stop gracefully.
 */
export class HealthService {
  private serving = false;
  private readonly watchers = new Set<Watcher>();

  /** `services` are full names; the server as a whole is ''. */
  constructor(private readonly services: ReadonlySet<string>) {}

  setServing(serving: boolean): void {
    if (serving === this.serving) return;
    this.serving = serving;
    for (const watcher of this.watchers) watcher.write(this.answer(watcher.request.service));
  }

  /** Ends all watches. */
  close(): void {
    for (const watcher of this.watchers) watcher.end();
    this.watchers.clear();
  }

  addToServer(server: Server): void {
    server.addService(service, {
      check: (call: ServerUnaryCall<Request, Response>, respond: sendUnaryData<Response>) => {
        const answer = this.answer(call.request.service);
        if (answer.status === 'SERVICE_UNKNOWN')
          respond({ code: status.NOT_FOUND, details: `no service "${call.request.service}" here` });
        else respond(null, answer);
      },
      watch: (call: Watcher) => {
        this.watchers.add(call);
        call.on('cancelled', () => this.watchers.delete(call));
        call.write(this.answer(call.request.service));
      },
      list: (_call: ServerUnaryCall<object, object>, respond: sendUnaryData<object>) => {
        respond(null, {
          statuses: Object.fromEntries(['', ...this.services].map((name) => [name, this.answer(name)])),
        });
      },
    });
  }

  private answer(name: string): Response {
    if (name !== '' && !this.services.has(name)) return { status: 'SERVICE_UNKNOWN' };
    return { status: this.serving ? 'SERVING' : 'NOT_SERVING' };
  }
}
