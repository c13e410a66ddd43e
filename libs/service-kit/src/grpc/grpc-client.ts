import {
  type ChannelCredentials,
  type ChannelOptions,
  type Client,
  type ClientReadableStream,
  type ClientUnaryCall,
  type ClientWritableStream,
  credentials,
  Metadata,
} from '@grpc/grpc-js';
import { maxMessageBytes } from '@beatbot/contracts';
import type { Observable } from 'rxjs';
import { DomainError } from '../errors/domain-error';
import { domainErrorFromGrpc } from '../errors/grpc-status';
import { BoundedCredentials } from './connect-bounds';
import { type CallContext, OWNER_KEY, REQUEST_ID_KEY, TRACEPARENT_KEY } from './call-context';
import { type ProtoPackage, packageName, serviceClient } from './proto-package';
import { serviceConfig } from './service-config';
import { writeStream } from './write-stream';

export interface GrpcServiceDefinition {
  package: ProtoPackage;
  service: string;
}

export interface GrpcClientOptions {
  credentials?: ChannelCredentials;
  /** What serves at the address, as errors call it; by the package where not given. */
  name?: string;
  /** For calls that are given no deadline and inherit none. Default 10 s for a single answer, 10 min for streams. */
  deadlineMs?: number;
  channelOptions?: ChannelOptions;
}

export interface CallOptions {
  /** The call being served: its owner, request id, trace, cancellation and what is left of its deadline go along. */
  context?: CallContext;
  /** At most this long; an inherited deadline that comes sooner wins. */
  deadlineMs?: number;
  signal?: AbortSignal;
  owner?: string;
  requestId?: string;
}

type ClientMethod<Request, Response> = [Extract<Response, Promise<unknown>>] extends [never]
  ? Response extends Observable<infer Message>
    ? (request: Request, options?: CallOptions) => AsyncIterable<Message>
    : never
  : Extract<Response, Promise<unknown>> extends Promise<infer Message>
    ? Request extends Observable<infer Part>
      ? (requests: AsyncIterable<Part>, options?: CallOptions) => Promise<Message>
      : (request: Request, options?: CallOptions) => Promise<Message>
    : never;

/**
 * The client of a service, by the `...Controller` interface that is generated for it: promises for single answers,
 * AsyncIterables for streams (one call per iteration; leaving the loop cancels it). All reject with DomainError.
 */
export type GrpcClient<Controller> = {
  [M in keyof Controller]: Controller[M] extends (request: infer Request, ...rest: never[]) => infer Response
    ? ClientMethod<Request, Response>
    : never;
} & { close(): void };

const UNARY_DEADLINE_MS = 10_000;
const STREAM_DEADLINE_MS = 600_000;

/** A dead peer is noticed within half a minute, and one that is back within five seconds. */
const CHANNEL_OPTIONS: ChannelOptions = {
  'grpc.keepalive_time_ms': 20_000,
  'grpc.keepalive_timeout_ms': 10_000,
  'grpc.initial_reconnect_backoff_ms': 200,
  'grpc.min_reconnect_backoff_ms': 200,
  'grpc.max_reconnect_backoff_ms': 5_000,
  // A pod that leaves ends its connections: who serves instead is wanted at once, though the name was just looked up.
  'grpc.dns_min_time_between_resolutions_ms': 1_000,
  'grpc.enable_retries': 1,
  'grpc.max_receive_message_length': maxMessageBytes,
  'grpc.max_send_message_length': maxMessageBytes,
};

/** grpc-js's methods as we call them; the generated ones are all of these shapes. */
interface RawMethods {
  unary(
    request: object,
    metadata: Metadata,
    options: { deadline: Date },
    done: (error: Error | null, response?: unknown) => void,
  ): ClientUnaryCall;
  serverStream(request: object, metadata: Metadata, options: { deadline: Date }): ClientReadableStream<unknown>;
  clientStream(
    metadata: Metadata,
    options: { deadline: Date },
    done: (error: Error | null, response?: unknown) => void,
  ): ClientWritableStream<unknown>;
}

/** Connects (when first used) to `address`, `host:port` or a gRPC target; all addresses behind the name are used in turn. */
export function grpcClient<Controller extends object>(
  definition: GrpcServiceDefinition,
  address: string,
  options: GrpcClientOptions = {},
): GrpcClient<Controller> {
  const Constructor = serviceClient(definition.package, definition.service);
  const fullName = `${packageName(definition.package)}.${definition.service}`;
  const service = options.name ?? processName(definition.package);
  const raw = new Constructor(
    target(address),
    new BoundedCredentials(options.credentials ?? credentials.createInsecure()),
    {
      ...CHANNEL_OPTIONS,
      'grpc.service_config': JSON.stringify(serviceConfig(fullName, Constructor.service)),
      ...options.channelOptions,
    },
  );
  const methods = Object.entries(Constructor.service).map(([name, { requestStream, responseStream }]) => {
    const key = name.charAt(0).toLowerCase() + name.slice(1);
    if (requestStream && responseStream)
      throw new Error(`${fullName}/${name}: streams in both directions are not offered`);
    const defaultMs = options.deadlineMs ?? (requestStream || responseStream ? STREAM_DEADLINE_MS : UNARY_DEADLINE_MS);
    const way = { service, defaultMs };
    const call = bind(raw, name);
    if (responseStream)
      return [key, (request: object, given?: CallOptions) => serverStream(call.serverStream, request, given, way)];
    if (requestStream)
      return [
        key,
        (requests: AsyncIterable<unknown>, given?: CallOptions) =>
          clientStream(call.clientStream, requests, given, way),
      ];
    return [key, (request: object, given?: CallOptions) => unary(call.unary, request, given, way)];
  });
  return { ...Object.fromEntries(methods), close: () => raw.close() } as GrpcClient<Controller>;
}

/** What the calls of one method have in common. */
interface Way {
  service: string;
  defaultMs: number;
}

/** What serves the package, as people call it: `composer` of `beatbot.composer.v1`. */
function processName(source: ProtoPackage): string {
  const name = packageName(source);
  return (
    name
      .replace(/\.v\d\w*$/, '')
      .split('.')
      .at(-1) ?? name
  );
}

function bind(raw: Client, name: string): RawMethods {
  const method = (raw as unknown as Record<string, (...args: never[]) => never>)[name];
  if (!method) throw new Error(`the client has no method ${name}`);
  const bound = method.bind(raw);
  return { unary: bound, serverStream: bound, clientStream: bound } as unknown as RawMethods;
}

function target(address: string): string {
  return /^[a-z][a-z0-9+.-]*:\/\/|^(unix|ipv4|ipv6|dns):/.test(address) ? address : `dns:///${address}`;
}

function unary(method: RawMethods['unary'], request: object, options: CallOptions = {}, way: Way): Promise<unknown> {
  const signal = signalOf(options);
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(reasonOf(signal));
      return;
    }
    const call = method(
      request,
      metadataOf(options),
      { deadline: deadlineOf(options, way.defaultMs) },
      (error, response) => {
        signal?.removeEventListener('abort', cancel);
        if (error) reject(signal?.aborted ? reasonOf(signal) : domainErrorFromGrpc(error, way.service));
        else resolve(response);
      },
    );
    const cancel = (): void => call.cancel();
    signal?.addEventListener('abort', cancel, { once: true });
  });
}

async function* serverStream(
  method: RawMethods['serverStream'],
  request: object,
  options: CallOptions = {},
  way: Way,
): AsyncGenerator<unknown> {
  const signal = signalOf(options);
  if (signal?.aborted) throw reasonOf(signal);
  const call = method(request, metadataOf(options), { deadline: deadlineOf(options, way.defaultMs) });
  const cancel = (): void => call.cancel();
  signal?.addEventListener('abort', cancel, { once: true });
  // Cancelling a call that the loop has left raises an error that nobody waits for.
  call.on('error', () => undefined);
  try {
    for await (const message of call) yield message;
  } catch (error) {
    throw signal?.aborted ? reasonOf(signal) : domainErrorFromGrpc(error, way.service);
  } finally {
    signal?.removeEventListener('abort', cancel);
    call.cancel();
  }
}

async function clientStream(
  method: RawMethods['clientStream'],
  requests: AsyncIterable<unknown>,
  options: CallOptions = {},
  way: Way,
): Promise<unknown> {
  const signal = signalOf(options);
  if (signal?.aborted) throw reasonOf(signal);
  // The server may answer before it has read all; writing stops then.
  const answered = new AbortController();
  let call: ClientWritableStream<unknown> | undefined;
  const cancel = (): void => call?.cancel();
  const answer = new Promise<unknown>((resolve, reject) => {
    call = method(metadataOf(options), { deadline: deadlineOf(options, way.defaultMs) }, (error, response) => {
      answered.abort();
      if (error) reject(signal?.aborted ? reasonOf(signal) : domainErrorFromGrpc(error, way.service));
      else resolve(response);
    });
  });
  signal?.addEventListener('abort', cancel, { once: true });
  try {
    const sending = send(call as unknown as ClientWritableStream<unknown>, requests, answered.signal);
    // The source's own failure cancels the call and is what the caller learns.
    const failed = sending.then(() => answer);
    return await Promise.race([answer, failed]);
  } finally {
    signal?.removeEventListener('abort', cancel);
  }
}

async function send(
  call: ClientWritableStream<unknown>,
  requests: AsyncIterable<unknown>,
  answered: AbortSignal,
): Promise<void> {
  try {
    await writeStream(call, requests, answered);
    call.end();
  } catch (error) {
    if (answered.aborted) return;
    call.cancel();
    throw error;
  }
}

function signalOf(options: CallOptions): AbortSignal | undefined {
  const signals = [options.signal, options.context?.signal].filter((signal) => signal !== undefined);
  return signals.length > 1 ? AbortSignal.any(signals) : signals[0];
}

function reasonOf(signal: AbortSignal): DomainError {
  return signal.reason instanceof DomainError
    ? signal.reason
    : new DomainError('CANCELLED', 'the call was cancelled', { cause: signal.reason });
}

function deadlineOf({ context, deadlineMs }: CallOptions, defaultMs: number): Date {
  const inherited = context?.deadline?.getTime();
  if (deadlineMs === undefined && inherited !== undefined) return new Date(inherited);
  return new Date(Math.min(Date.now() + (deadlineMs ?? defaultMs), inherited ?? Infinity));
}

function metadataOf({ context, owner, requestId }: CallOptions): Metadata {
  const metadata = new Metadata();
  const entries = {
    [OWNER_KEY]: owner ?? context?.ownerIfAny,
    [REQUEST_ID_KEY]: requestId ?? context?.requestId,
    [TRACEPARENT_KEY]: context?.traceparent,
  };
  for (const [key, value] of Object.entries(entries)) if (value !== undefined) metadata.set(key, value);
  return metadata;
}
