import { Server, ServerCredentials, type sendUnaryData, type ServerUnaryCall } from '@grpc/grpc-js';

/** Takes what services export by OTLP over gRPC, and keeps it as it came: texts in it can be searched for. */
export class SpanCollector {
  private readonly parts: Buffer[] = [];

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(): Promise<SpanCollector> {
    const server = new Server();
    const port = await new Promise<number>((resolve, reject) =>
      server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
        error ? reject(error) : resolve(bound),
      ),
    );
    const collector = new SpanCollector(server, `http://127.0.0.1:${port}`);
    server.addService(
      {
        Export: {
          path: '/opentelemetry.proto.collector.trace.v1.TraceService/Export',
          requestStream: false,
          responseStream: false,
          requestSerialize: asIs,
          requestDeserialize: asIs,
          responseSerialize: asIs,
          responseDeserialize: asIs,
        },
      },
      {
        Export: ({ request }: ServerUnaryCall<Buffer, Buffer>, respond: sendUnaryData<Buffer>) => {
          collector.parts.push(request);
          respond(null, Buffer.alloc(0));
        },
      },
    );
    return collector;
  }

  /** All that came, as text: what is no text reads as noise. */
  get text(): string {
    return Buffer.concat(this.parts).toString('utf8');
  }

  stop(): void {
    this.server.forceShutdown();
  }
}

function asIs(bytes: Buffer): Buffer {
  return bytes;
}
