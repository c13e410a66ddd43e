import { randomUUID } from 'node:crypto';
import { type IncomingMessage, STATUS_CODES } from 'node:http';
import { Inject, Logger } from '@nestjs/common';
import { type OnGatewayConnection, type OnGatewayInit, WebSocketGateway } from '@nestjs/websockets';
import type { RawData, Server, VerifyClientCallbackAsync, WebSocket } from 'ws';
import { CallContext, CONFIG, Readiness, toDomainError } from '@beatbot/service-kit';
import type { GatewayConfig } from '../config';
import { Authenticator } from '../auth/authenticator';
import { SUBPROTOCOL } from '../auth/bearer-token';
import type { Principal } from '../auth/principal';
import { retryAfterSeconds } from '../problems/problem';
import { AllowedHosts } from '../requests/allowed-hosts';
import { isSameOrigin } from '../requests/same-origin';
import { EventSocket } from './event-socket';
import { JobEvents } from './job-events';

const MAX_MESSAGE_BYTES = 4096;
/** Messages that may wait for their turn; a client that sends more is read no further for the while. */
const MAX_WAITING_MESSAGES = 16;
/** RFC 6455 close codes. */
const GOING_AWAY = 1001;
const POLICY_VIOLATION = 1008;

/** WS /v1/events: one connection follows many jobs. */
@WebSocketGateway({ path: '/v1/events', maxPayload: MAX_MESSAGE_BYTES })
export class EventsGateway implements OnGatewayInit, OnGatewayConnection {
  private readonly log = new Logger('websocket');
  private readonly principals = new WeakMap<IncomingMessage, Principal>();

  constructor(
    private readonly jobEvents: JobEvents,
    private readonly hosts: AllowedHosts,
    private readonly authenticator: Authenticator,
    private readonly readiness: Readiness,
    @Inject(CONFIG) private readonly config: GatewayConfig,
  ) {}

  afterInit(server: Server): void {
    // What Nest's decorator takes cannot reach this object.
    server.options.verifyClient = this.verify;
    server.options.handleProtocols = (offered) => offered.has(SUBPROTOCOL) && SUBPROTOCOL;
    this.readiness.draining.addEventListener('abort', () => {
      for (const client of server.clients) client.close(GOING_AWAY, 'the server stops; connect again');
    });
  }

  handleConnection(client: WebSocket, request: IncomingMessage): void {
    const owner = this.principals.get(request)?.owner;
    if (owner === undefined) throw new Error('the connection was not verified');
    const socket = new EventSocket(client, this.jobEvents, new CallContext(randomUUID(), undefined, owner));
    let turn = Promise.resolve();
    let waiting = 0;
    client.on('message', (data: RawData, binary: boolean) => {
      if (++waiting === MAX_WAITING_MESSAGES) client.pause();
      turn = turn.then(async () => {
        await socket.receive(binary ? '' : String(data));
        if (waiting-- === MAX_WAITING_MESSAGES) client.resume();
      });
    });
    client.on('error', (error) => this.log.debug(error.message));
    client.on('close', () => socket.close());
    this.keepAlive(client);
    this.endWhenRefused(client, request);
  }

  /** Before the upgrade: who is refused never has a socket. */
  private readonly verify: VerifyClientCallbackAsync = ({ req }, done) => {
    if (!this.hosts.allows(req.headers.host)) return done(false, 403, 'This Host is not served here');
    if (!isSameOrigin(req.headers)) return done(false, 403, 'Pages of this Origin are not served');
    this.authenticator.authenticate(req).then(
      (principal) => {
        this.principals.set(req, principal);
        done(true);
      },
      (thrown: unknown) => {
        const error = toDomainError(thrown);
        if (error.reason === 'INTERNAL') this.log.error(error.cause);
        const retryAfter = retryAfterSeconds(error);
        done(false, error.httpStatus, STATUS_CODES[error.httpStatus], {
          ...(retryAfter !== undefined && { 'Retry-After': String(retryAfter) }),
        });
      },
    );
  };

  private endWhenRefused(client: WebSocket, request: IncomingMessage): void {
    const closed = new AbortController();
    client.on('close', () => closed.abort());
    this.authenticator.whileAccepted(request, closed.signal).addEventListener('abort', () => {
      client.close(POLICY_VIOLATION, 'the credentials hold no more');
    });
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
