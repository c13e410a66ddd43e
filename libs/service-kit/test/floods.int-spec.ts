import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, credentials, Metadata, status } from '@grpc/grpc-js';
import type { RunningService } from '../src';
import { kitClient, startKitService } from './fixtures/kit-service';

/** RFC 9113, section 6: frames by hand, since a well-behaved client cannot misbehave. */
const HEADERS = 1;
const RST_STREAM = 3;
const SETTINGS = 4;
const GOAWAY = 7;
const END_HEADERS = 4;
const END_STREAM = 1;
const DATA = 0;
const CANCEL = 8;
const REFUSED_STREAM = 7;

function frame(type: number, flags: number, stream: number, payload: Buffer = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head.writeUInt8(type, 3);
  head.writeUInt8(flags, 4);
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}

/** RFC 7541, section 6.2.2: literal fields without indexing, in plain text. */
function fields(entries: Record<string, string>): Buffer {
  const text = (value: string) => [Buffer.from([value.length]), Buffer.from(value)];
  return Buffer.concat(
    Object.entries(entries).flatMap(([name, value]) => [Buffer.from([0]), ...text(name), ...text(value)]),
  );
}

const call = (stream: number) =>
  frame(
    HEADERS,
    END_HEADERS,
    stream,
    fields({
      ':method': 'POST',
      ':scheme': 'http',
      ':path': '/beatbot.kit.v1.KitService/Echo',
      ':authority': 'x',
      'content-type': 'application/grpc',
      te: 'trailers',
    }),
  );
const emptyMessage = (stream: number): Buffer => frame(DATA, END_STREAM, stream, Buffer.alloc(5));
const code = (value: number): Buffer => Buffer.from([0, 0, 0, value]);

/** A raw connection, and the types of the frames that came over it with the numbers they carry. */
async function rawConnection(port: number): Promise<{ socket: Socket; seen: { type: number; code: number }[] }> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  const seen: { type: number; code: number }[] = [];
  let rest: Buffer = Buffer.alloc(0);
  socket.on('data', (part: Buffer) => {
    rest = Buffer.concat([rest, part]);
    while (rest.length >= 9 && rest.length >= 9 + rest.readUIntBE(0, 3)) {
      const payload = rest.subarray(9, 9 + rest.readUIntBE(0, 3));
      const type = rest.readUInt8(3);
      seen.push({
        type,
        code: type === GOAWAY ? payload.readUInt32BE(4) : payload.length >= 4 ? payload.readUInt32BE(0) : 0,
      });
      rest = rest.subarray(9 + payload.length);
    }
  });
  socket.write('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
  socket.write(frame(SETTINGS, 0, 0));
  return { socket, seen };
}

async function handled(service: RunningService): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${service.metricsPort}/metrics`)).text();
  const counts = [...text.matchAll(/^grpc_server_handled_total\{.*grpc_method="Echo".*\} (\d+)$/gm)];
  return counts.reduce((sum, [, count]) => sum + Number(count), 0);
}

let service: RunningService;
afterEach(() => service.stop());

describe('a flood over one connection', () => {
  it('of streams reset at once (CVE-2023-44487) is served no longer, and others are meanwhile', async () => {
    service = await startKitService();
    const client = kitClient(service);
    const { socket, seen } = await rawConnection(service.grpcPort);
    let stream = 1;
    const flood = async (): Promise<void> => {
      const frames = Array.from({ length: 500 }, () => {
        const id = stream;
        stream += 2;
        return Buffer.concat([call(id), emptyMessage(id), frame(RST_STREAM, 0, id, code(CANCEL))]);
      });
      socket.write(Buffer.concat(frames));
      expect(await client.echo({ text: 'meanwhile' })).toMatchObject({ text: 'meanwhile' });
    };
    const ended = () => socket.destroyed || seen.some(({ type }) => type === GOAWAY);
    for (let batch = 0; batch < 200 && !ended(); batch++) await flood();
    expect(ended()).toBe(true);
    const before = await handled(service);
    await flood();
    await flood();
    expect(await handled(service)).toBe(before + 2);
    socket.destroy();
    client.close();
  });

  it('of streams that stay open is refused above GRPC_MAX_STREAMS', async () => {
    service = await startKitService({ GRPC_MAX_STREAMS: '50' });
    const { socket, seen } = await rawConnection(service.grpcPort);
    socket.write(Buffer.concat(Array.from({ length: 80 }, (_, index) => call(2 * index + 1))));
    const refused = () => seen.filter((one) => one.type === RST_STREAM && one.code === REFUSED_STREAM).length;
    for (let tries = 0; tries < 100 && refused() < 30; tries++) await sleep(20);
    expect(refused()).toBe(30);
    const client = kitClient(service);
    expect(await client.echo({ text: 'others' })).toMatchObject({ text: 'others' });
    client.close();
    socket.destroy();
  });

  it('of headers is refused (CVE-2024-27983)', async () => {
    service = await startKitService();
    const client = new Client(`127.0.0.1:${service.grpcPort}`, credentials.createInsecure());
    const metadata = new Metadata();
    for (let count = 0; count < 100; count++) metadata.set(`x-${count}`, 'x'.repeat(10_000));
    const outcome = await new Promise<number>((resolve) =>
      client.makeUnaryRequest(
        '/beatbot.kit.v1.KitService/Echo',
        (bytes: Buffer) => bytes,
        (bytes: Buffer) => bytes,
        Buffer.alloc(0),
        metadata,
        (error) => resolve(error?.code ?? status.OK),
      ),
    );
    expect(outcome).not.toBe(status.OK);
    client.close();
    const other = kitClient(service);
    expect(await other.echo({ text: 'others' })).toMatchObject({ text: 'others' });
    other.close();
  });
});
