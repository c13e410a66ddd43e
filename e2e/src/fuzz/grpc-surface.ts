import { join } from 'node:path';
import {
  type CallOptions,
  Client,
  type ClientWritableStream,
  credentials,
  Metadata,
  type ServiceError,
  status,
} from '@grpc/grpc-js';
import { protoFiles, protoRoot } from '@beatbot/contracts';
import type { ServiceName, StackAddresses } from '@beatbot/local-stack';
import { type Method, type ReflectionObject, Root, Service, type Type } from 'protobufjs';

export const GRPC_SERVICES = ['orchestrator', 'composer', 'renderer', 'storage'] as const satisfies ServiceName[];

/** A method as the contracts describe it, called by raw bytes. */
export interface GrpcMethod {
  service: (typeof GRPC_SERVICES)[number];
  name: string;
  path: string;
  request: Type;
  response: Type;
  requestStream: boolean;
  responseStream: boolean;
}

/** How a call ended, and what it said. */
export interface Outcome {
  code: status;
  details: string;
  messages: Buffer[];
}

const root = new Root();
root.resolvePath = (_origin, target) => (target.startsWith('google/') ? target : join(protoRoot, target));
root.loadSync(
  ['music', ...GRPC_SERVICES].flatMap((name) => protoFiles(`beatbot.${name}.v1`)),
  { keepCase: false },
);
root.resolveAll();

/** Every method of the contracts. */
export const GRPC_METHODS: readonly GrpcMethod[] = GRPC_SERVICES.flatMap((service) =>
  servicesOf(root.lookup(`beatbot.${service}.v1`)).flatMap((found) =>
    found.methodsArray.map((method) => ({
      service,
      name: method.name,
      path: `/${found.fullName.slice(1)}/${method.name}`,
      request: (method.resolve() as Method).resolvedRequestType as Type,
      response: method.resolvedResponseType as Type,
      requestStream: method.requestStream === true,
      responseStream: method.responseStream === true,
    })),
  ),
);

function servicesOf(object: ReflectionObject | null): Service[] {
  if (object instanceof Service) return [object];
  return object && 'nestedArray' in object ? (object as Root).nestedArray.flatMap(servicesOf) : [];
}

const asIs = (bytes: Buffer): Buffer => bytes;

/** Calls methods of a running system with bytes of any kind. */
export class GrpcSurface {
  private readonly clients: Record<string, Client>;

  constructor({ ports }: StackAddresses) {
    this.clients = Object.fromEntries(
      GRPC_SERVICES.map((service) => [
        service,
        new Client(`127.0.0.1:${ports[service].grpc}`, credentials.createInsecure(), {
          'grpc.enable_retries': 0,
          'grpc.max_send_message_length': -1,
        }),
      ]),
    );
  }

  /**
   * Sends the requests, of which a method without a client stream takes the first only, and waits for the end.
   * `cutAfterMs` cancels the call after that time, whatever has come till then.
   */
  call(
    { service, path, requestStream, responseStream }: Pick<GrpcMethod, 'service' | 'path'> & Partial<GrpcMethod>,
    requests: Buffer[],
    {
      owner = 'fuzz',
      deadlineMs = 60_000,
      cutAfterMs,
    }: { owner?: string; deadlineMs?: number; cutAfterMs?: number } = {},
  ): Promise<Outcome> {
    const client = this.clients[service] as Client;
    const metadata = new Metadata();
    metadata.set('x-beatbot-owner', owner);
    const options: CallOptions = { deadline: Date.now() + deadlineMs };
    const [first = Buffer.alloc(0)] = requests;
    return new Promise((resolve) => {
      const messages: Buffer[] = [];
      const done = (error: ServiceError | null, message?: Buffer): void => {
        if (message) messages.push(message);
        resolve({ code: error?.code ?? status.OK, details: error?.details ?? '', messages });
      };
      let cancel: () => void;
      if (responseStream) {
        const call = client.makeServerStreamRequest(path, asIs, asIs, first, metadata, options);
        call.on('data', (message: Buffer) => messages.push(message));
        call.on('error', done);
        call.on('end', () => done(null));
        cancel = () => call.cancel();
      } else if (requestStream) {
        const call: ClientWritableStream<Buffer> = client.makeClientStreamRequest(
          path,
          asIs,
          asIs,
          metadata,
          options,
          done,
        );
        call.on('error', () => undefined);
        for (const request of requests) call.write(request);
        if (cutAfterMs === undefined) call.end();
        cancel = () => call.cancel();
      } else {
        const call = client.makeUnaryRequest(path, asIs, asIs, first, metadata, options, done);
        cancel = () => call.cancel();
      }
      if (cutAfterMs !== undefined) setTimeout(cancel, cutAfterMs);
    });
  }

  close(): void {
    for (const client of Object.values(this.clients)) client.close();
  }
}
