import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants, createServer as createHttp2Server } from 'node:http2';
import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { DomainError, type GrpcClient, type RunningService } from '../src';
import { type EchoResponse, kitClientAt, type KitServiceController, startKitService } from './fixtures/kit-service';

/** Over the bound of 5 s, and far under the two minutes that the kernel would take. */
const LIMIT_MS = 20_000;

/** Asks until somebody answers, one call after the other. */
async function answered(client: GrpcClient<KitServiceController>): Promise<EchoResponse> {
  const end = Date.now() + LIMIT_MS;
  for (;;) {
    try {
      return await client.echo({ text: 'hello' }, { deadlineMs: end - Date.now() });
    } catch (error) {
      if (!(error instanceof DomainError) || error.reason !== 'UNAVAILABLE') throw error;
      await sleep(100);
    }
  }
}

describe('a peer that is there and does not answer', () => {
  it('is given up in seconds: who serves there now gets the calls', async () => {
    const held: Socket[] = [];
    const silent = createServer((socket) => void held.push(socket.on('error', () => undefined)));
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as { port: number };
    const client = kitClientAt(port);
    const answer = answered(client);
    while (held.length === 0) await sleep(10);
    silent.close();
    let service: RunningService | undefined;
    try {
      service = await startKitService({ GRPC_PORT: String(port) });
      expect(await answer).toMatchObject({ text: 'hello' });
    } finally {
      client.close();
      for (const socket of held) socket.destroy();
      await service?.stop();
    }
  }, 60_000);
});

describe('a server that ends a call without a status, as one that stops does', () => {
  it.each([constants.NGHTTP2_NO_ERROR, constants.NGHTTP2_INTERNAL_ERROR])(
    'is away, and the call may be tried again (RST_STREAM %i)',
    async (code) => {
      const server = createHttp2Server();
      server.on('stream', (stream) => {
        stream.on('error', () => undefined);
        stream.respond({ ':status': 200, 'content-type': 'application/grpc' });
        stream.close(code);
      });
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      const client = kitClientAt((server.address() as { port: number }).port);
      try {
        await expect(client.echo({ text: 'hello' })).rejects.toMatchObject({ reason: 'UNAVAILABLE' });
      } finally {
        client.close();
        server.close();
      }
    },
  );
});

describe('an address where nobody accepts connections', () => {
  let stopped: ChildProcess;
  let port: number;
  const fillers: Socket[] = [];

  beforeAll(async () => {
    // A stopped process whose queue of connections is full: the kernel then ignores who dials, as if the pod were gone.
    const listen = `require('node:net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, function () {
      process.stdout.write(String(this.address().port));
    });`;
    stopped = spawn(process.execPath, ['--eval', listen], { stdio: ['ignore', 'pipe', 'inherit'] });
    if (!stopped.stdout) throw new Error('no output of the child');
    const [line] = (await once(stopped.stdout, 'data')) as [Buffer];
    port = Number(line.toString());
    stopped.kill('SIGSTOP');
    for (;;) {
      const filler = connect(port, '127.0.0.1').on('error', () => undefined);
      fillers.push(filler);
      await Promise.race([once(filler, 'connect'), sleep(500)]);
      if (filler.connecting) break;
    }
  });

  afterAll(() => {
    for (const filler of fillers) filler.destroy();
    stopped.kill('SIGKILL');
  });

  it('is given up in seconds', async () => {
    const client = kitClientAt(port);
    try {
      await expect(client.echo({ text: 'hello' }, { deadlineMs: LIMIT_MS })).rejects.toMatchObject({
        reason: 'UNAVAILABLE',
      });
    } finally {
      client.close();
    }
  }, 60_000);
});
