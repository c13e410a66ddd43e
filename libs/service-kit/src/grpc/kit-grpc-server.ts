import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Metadata,
  type sendUnaryData,
  Server,
  type ServerCredentials,
  type ServerReadableStream,
  type ServerUnaryCall,
  type ServerWritableStream,
  status,
} from '@grpc/grpc-js';
import type { PackageDefinition } from '@grpc/proto-loader';
import { maxMessageBytes } from '@beatbot/contracts';
import { Logger } from '@nestjs/common';
import { type MessageHandler, ServerGrpc } from '@nestjs/microservices';
import { firstValueFrom, isObservable } from 'rxjs';
import { ConfigurationError } from '../config/environment';
import { DomainError } from '../errors/domain-error';
import { toGrpcStatus } from '../errors/grpc-status';
import { toDomainError } from '../errors/to-domain-error';
import type { GrpcMetrics } from '../metrics/grpc-metrics';
import { type CallContext, callContext, currentCall, type ServerCall } from './call-context';
import { loadPackage, packageName, type ProtoPackage } from './proto-package';
import { untilAborted } from './until-aborted';
import { writeStream } from './write-stream';

export interface KitGrpcServerOptions {
  host: string;
  port: number;
  packages: ProtoPackage[];
  credentials: ServerCredentials;
  /** Calls over one connection at a time; more are refused. */
  maxStreams: number;
  /** Age at which connections are closed (with running calls let end), so that clients look for new servers. */
  maxConnectionAgeMs: number;
  /** How long a stop waits for running calls before it ends them. */
  graceMs: number;
  /** Calls at a time; more are refused with RESOURCE_EXHAUSTED and a time to retry. */
  maxCalls: number;
  metrics: GrpcMetrics;
  /** Adds health and reflection. */
  addServices(server: Server, definition: PackageDefinition): void;
}

/** Calls that outlive their connection's age are cut after this long; streams are made to be resumed. */
const CONNECTION_AGE_GRACE_MS = 600_000;
const KEEPALIVE_TIME_MS = 30_000;
const KEEPALIVE_TIMEOUT_MS = 10_000;

/** What a caller is told to wait who comes while as many calls are served as may be. */
const FULL_RETRY_MS = 1000;

/** How long calls that a stop has ended may take to say so, before their connections are cut. */
const ANSWER_TIME_MS = 1000;

/** How long the end of a client stream is held to see whether a reset follows it. */
const RESET_PAUSE_MS = 10;

/** Stands for a request whose bytes are not a message of its type. */
const MALFORMED = Symbol('malformed request');

/** gRPC handlers are called with three arguments, which Nest's type does not say. */
type Handler = (input: unknown, metadata: Metadata, call: ServerCall) => Promise<unknown>;

type Respond = sendUnaryData<unknown>;

/**
 * Nest's gRPC server with our way of serving a call: every handler gets a CallContext that is cancelled with the call,
 * streams are AsyncIterables with back-pressure, every error becomes a status by the one table, every call is measured,
 * and a stop lets running calls end within a bound.
 */
export class KitGrpcServer extends ServerGrpc {
  private readonly log = new Logger('grpc');
  private server?: Server;
  private readonly running = new Set<CallContext>();
  /** The port that is bound, once listening. */
  port = 0;

  constructor(private readonly kit: KitGrpcServerOptions) {
    const definition: PackageDefinition = Object.assign(
      {},
      ...kit.packages.map((source) => tolerant(loadPackage(source))),
    );
    super({
      package: kit.packages.map(packageName),
      packageDefinition: definition,
      onLoadPackageDefinition: (loaded: PackageDefinition, server: Server) => kit.addServices(server, loaded),
    });
  }

  override async createClient(): Promise<Server> {
    const server = new Server({
      'grpc.max_concurrent_streams': this.kit.maxStreams,
      'grpc.max_connection_age_ms': this.kit.maxConnectionAgeMs,
      'grpc.max_connection_age_grace_ms': CONNECTION_AGE_GRACE_MS,
      'grpc.keepalive_time_ms': KEEPALIVE_TIME_MS,
      'grpc.keepalive_timeout_ms': KEEPALIVE_TIMEOUT_MS,
      'grpc.max_receive_message_length': maxMessageBytes,
      'grpc.max_send_message_length': maxMessageBytes,
    });
    this.port = await new Promise<number>((resolve, reject) => {
      server.bindAsync(`${this.kit.host}:${this.kit.port}`, this.kit.credentials, (error, port) => {
        if (error)
          reject(
            new ConfigurationError(
              `cannot listen on ${this.kit.host}:${this.kit.port} for gRPC (set GRPC_PORT and HOST): ${error.message}`,
            ),
          );
        else resolve(port);
      });
    });
    this.server = server;
    return server;
  }

  /**
   * Lets running calls end for at most the grace time, then answers UNAVAILABLE to those that are left, which tells their
   * callers a stop from a death.
   */
  override async close(): Promise<void> {
    const server = this.server;
    if (!server) return;
    this.server = undefined;
    const ended = new Promise<'ended'>((resolve) => server.tryShutdown(() => resolve('ended')));
    const within = async (ms: number): Promise<boolean> => {
      const cut = new AbortController();
      const bound = sleep(ms, undefined, { signal: cut.signal }).catch(() => undefined);
      const first = await Promise.race([ended, bound]);
      cut.abort();
      return first === 'ended';
    };
    if (!(await within(this.kit.graceMs))) {
      this.log.warn(`${this.running.size} calls still running after ${this.kit.graceMs} ms are ended`);
      for (const context of this.running) context.end(new DomainError('UNAVAILABLE', 'this server stops; try again'));
      await within(ANSWER_TIME_MS);
    }
    server.forceShutdown();
  }

  override getMessageHandler(
    serviceName: string,
    methodName: string,
    _streaming: unknown,
    grpcMethod: { path?: string },
  ): MessageHandler {
    const [, fullName, fullMethod] = grpcMethod.path?.split('/') ?? [];
    const handler = [...this.messageHandlers].find(([pattern]) => {
      const { service, rpc } = JSON.parse(pattern) as { service: string; rpc: string };
      return (service === serviceName || service === fullName) && (rpc === fullMethod || rpc === methodName);
    })?.[1];
    if (!handler) this.log.warn(`no controller serves ${grpcMethod.path}: it answers UNIMPLEMENTED`);
    // Nest's signature promises a handler, and its caller takes none for "not served".
    return handler as MessageHandler;
  }

  override createServiceMethod(
    handler: MessageHandler,
    method: { path: string; requestStream: boolean; responseStream: boolean },
  ): (call: never, respond: never) => Promise<void> {
    const run = async (call: ServerCall, input: unknown): Promise<unknown> => {
      const result: unknown = await (handler as unknown as Handler)(input, call.metadata, call);
      // What a filter or interceptor hands on is an Observable of one value or error.
      return isObservable(result) ? firstValueFrom(result) : result;
    };
    if (method.requestStream && method.responseStream)
      throw new Error(`${method.path}: streams in both directions are not served`);
    if (method.responseStream) {
      return (call: ServerWritableStream<unknown, unknown>) =>
        this.serve(method.path, call, {
          work: async (context) => {
            const messages = await run(call, checked(call.request, method.path));
            if (!isAsyncIterable(messages)) throw new Error(`${method.path} must return an AsyncIterable`);
            await writeStream(call, untilAborted(messages, context.signal), context.signal);
          },
          succeed: () => call.end(),
          fail: (error) => call.emit('error', toGrpcStatus(error)),
        });
    }
    return (call: ServerUnaryCall<unknown, unknown> & ServerReadableStream<unknown, unknown>, respond: Respond) =>
      this.serve(method.path, call, {
        work: async (context) => {
          const input = method.requestStream
            ? requests(call, context, method.path)
            : checked(call.request, method.path);
          const response = await run(call, input);
          if (typeof response !== 'object' || response === null) throw new Error(`${method.path} returned no message`);
          return response;
        },
        succeed: (response) => respond(null, response),
        fail: (error) => respond(toGrpcStatus(error)),
      });
  }

  private async serve<T>(
    path: string,
    call: ServerCall,
    way: { work(context: CallContext): Promise<T>; succeed(result: T): void; fail(error: DomainError): void },
  ): Promise<void> {
    const context = callContext(call);
    const ended = this.kit.metrics.started(path);
    this.running.add(context);
    await currentCall.run(context, async () => {
      try {
        if (this.running.size > this.kit.maxCalls) throw full(this.kit.maxCalls);
        const result = await way.work(context);
        context.signal.throwIfAborted();
        way.succeed(result);
        ended(status.OK);
        this.log.debug(`${path} OK`);
      } catch (thrown) {
        const error = context.signal.aborted ? toDomainError(context.signal.reason) : toDomainError(thrown);
        this.report(path, error, thrown);
        // A call that is gone takes no answer.
        if (!call.cancelled) way.fail(error);
        ended(error.grpcCode);
      } finally {
        this.running.delete(context);
      }
    });
  }

  /** ERROR is for what someone must act on: what only the server is to blame for. */
  private report(path: string, error: DomainError, thrown: unknown): void {
    if (error.reason === 'INTERNAL' || error.reason === 'DATA_LOSS')
      this.log.error({ err: thrown, msg: `${path} ${error.reason}` });
    else if (error.reason === 'UNAVAILABLE') this.log.warn(`${path} ${error.reason}: ${describeCause(error)}`);
    else this.log.debug(`${path} ${error.reason}: ${withoutValues(error)}`);
  }
}

function full(maxCalls: number): DomainError {
  return new DomainError('RESOURCE_EXHAUSTED', `${maxCalls} calls are served already; try again later`, {
    retryAfterMs: FULL_RETRY_MS,
  });
}

/** What was sent is the caller's: a URL may hold a password. */
function withoutValues({ fields, message }: DomainError): string {
  return fields.length > 0 ? fields.map(({ field, allowed }) => `${field} is to be ${allowed}`).join('; ') : message;
}

function describeCause(error: DomainError): string {
  return error.cause instanceof Error ? error.cause.message : error.message;
}

/** The definition with request readers that answer MALFORMED, where grpc-js would end the call with INTERNAL. */
function tolerant(definition: PackageDefinition): PackageDefinition {
  return Object.fromEntries(
    Object.entries(definition).map(([name, entry]) => {
      if ('format' in entry) return [name, entry];
      const methods = Object.entries(entry).map(([methodName, method]) => {
        const requestDeserialize = (bytes: Buffer): object => {
          try {
            return method.requestDeserialize(bytes);
          } catch {
            return Object(MALFORMED) as object;
          }
        };
        return [methodName, { ...method, requestDeserialize }];
      });
      return [name, Object.fromEntries(methods)];
    }),
  ) as PackageDefinition;
}

function checked(request: unknown, path: string): unknown {
  if (typeof request === 'object' && request?.valueOf() === MALFORMED) {
    throw new DomainError('MALFORMED_REQUEST', `the request of ${path} is not a message of its type`);
  }
  return request;
}

async function* requests(
  call: ServerReadableStream<unknown, unknown>,
  context: CallContext,
  path: string,
): AsyncGenerator<unknown> {
  for await (const request of untilAborted(call as AsyncIterable<unknown>, context.signal))
    yield checked(request, path);
  // Node closes a stream's writing side just before it resets it, so that a cancelled request reads as a whole one until the reset is seen.
  // The pause lets it come; what must be whole on any network says its size or checksum in its header as well.
  await sleep(RESET_PAUSE_MS);
  context.signal.throwIfAborted();
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}
