import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { Inject, Logger } from '@nestjs/common';
import { type OnGatewayConnection, type OnGatewayInit, WebSocketGateway } from '@nestjs/websockets';
import type { RawData, Server, WebSocket } from 'ws';
import { CallContext, CONFIG, Readiness } from '@beatbot/service-kit';
import type { GatewayConfig } from '../config';
import { OwnerResolver } from '../owner/owner';
import { AllowedHosts } from '../requests/allowed-hosts';
import { EventSocket } from './event-socket';
import { JobEvents } from './job-events';

const MAX_MESSAGE_BYTES = 4096;
/** RFC 6455 close codes. */
const GOING_AWAY = 1001;
const POLICY_VIOLATION = 1008;
const INTERNAL_ERROR = 1011;

/** WS /v1/events: one connection follows many jobs. */
@WebSocketGateway({ path: '/v1/events', maxPayload: MAX_MESSAGE_BYTES, verifyClient: isSameOrigin })
export class EventsGateway implements OnGatewayInit, OnGatewayConnection {
  private readonly log = new Logger('websocket');

  constructor(
    private readonly jobEvents: JobEvents,
    private readonly hosts: AllowedHosts,
    private readonly owners: OwnerResolver,
    private readonly readiness: Readiness,
    @Inject(CONFIG) private readonly config: GatewayConfig,
  ) {}

  afterInit(server: Server): void {
    this.readiness.draining.addEventListener('abort', () => {
      for (const client of server.clients) client.close(GOING_AWAY, 'the server stops; connect again');
    });
  }

  handleConnection(client: WebSocket, request: IncomingMessage): void {
    if (!this.hosts.allows(request.headers.host)) {
      client.close(POLICY_VIOLATION, 'this Host is not served here; see ALLOWED_HOSTS');
      return;
    }
    const socket = this.open(client, request);
    // Not awaited before listening: messages that come at once must not be missed.
    let turn: Promise<unknown> = socket;
    client.on('message', (data: RawData, binary: boolean) => {
      turn = turn.then(async () => (await socket).receive(binary ? '' : String(data)));
    });
    client.on('error', (error) => this.log.debug(error.message));
    client.on('close', () => void socket.then((opened) => opened.close()));
    socket.catch((error: unknown) => {
      this.log.error(error);
      client.close(INTERNAL_ERROR);
    });
    this.keepAlive(client);
  }

  private async open(client: WebSocket, request: IncomingMessage): Promise<EventSocket> {
    const context = new CallContext(randomUUID(), undefined, await this.owners.ownerOf(request));
    return new EventSocket(client, this.jobEvents, context);
  }

  /** A client that does not answer a ping until the next one is gone. */
  private keepAlive(client: WebSocket): void {
    let alive = true;
    client.on('pong', () => (alive = true));
    const timer = setInterval(() => {
      if (!alive) client.terminate();
      alive = false;
      client.ping();
    }, this.config.HEARTBEAT_SECONDS * 1000);
    client.on('close', () => clearInterval(timer));
  }
}

/** A page of another site must not listen in a person's name; clients that are no browsers send no Origin. */
function isSameOrigin({ origin, req }: { origin: string | undefined; req: IncomingMessage }): boolean {
  if (!origin) return true;
  try {
    return new URL(origin).host === req.headers.host;
  } catch {
    return false;
  }
}
