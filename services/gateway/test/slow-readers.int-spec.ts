import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import request from 'supertest';
import WebSocket from 'ws';
import { GatewayHarness } from './fakes/gateway-harness';

/** More than the kernel keeps of a connection: tcp_rmem goes up to 32 MiB, tcp_wmem to 4 MiB. */
const LARGE_BYTES = 120_000_000;

describe('clients that do not read', () => {
  let gateway: GatewayHarness;
  const sockets: { destroy(): void }[] = [];

  beforeAll(async () => {
    gateway = await GatewayHarness.start({ HEARTBEAT_SECONDS: '3', HTTP_STALL_SECONDS: '4' });
  });
  afterAll(async () => {
    for (const socket of sockets) socket.destroy();
    await gateway.stop();
  });

  async function newJob(): Promise<{ id: string; songId: string }> {
    const { body } = await request(gateway.url).post('/v1/songs').send({ prompt: 'a slow song' });
    return body.job as { id: string; songId: string };
  }

  /** Asks for something and takes none of the answer. */
  async function askAndSleep(path: string): Promise<Socket> {
    const socket = connect(gateway.service.httpPort, '127.0.0.1');
    sockets.push(socket);
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    socket.pause();
    socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
    return socket;
  }

  /** Longer than the harness waits: nobody is cut off before the time. */
  async function untilLeft(method: string): Promise<void> {
    while (!gateway.backends.left.includes(method)) await sleep(20);
  }

  it('of a download are cut off, and the object is read no further', async () => {
    const { id, songId } = await newJob();
    const revision = gateway.backends.world.publish(id);
    const asset = revision.assets.find(({ name }) => name === 'mix.wav');
    const bytes = Buffer.alloc(LARGE_BYTES);
    Object.assign(asset ?? {}, { size: bytes.length });
    gateway.backends.world.objects.set(asset?.objectKey ?? '', bytes);
    gateway.backends.left.length = 0;
    await askAndSleep(`/v1/songs/${songId}/revisions/1/audio?format=wav`);
    await untilLeft('getObject');
    expect(gateway.backends.objectBytesRead).toBeLessThan(LARGE_BYTES);
  });

  it('of events are cut off, and the job is watched no longer for them', async () => {
    const { id } = await newJob();
    gateway.backends.left.length = 0;
    await askAndSleep(`/v1/jobs/${id}/events`);
    for (let sent = 0; sent < LARGE_BYTES; sent += 100_000)
      gateway.backends.world.append(id, { stage: 'compose', percent: 1, agent: 'melody', detail: 'x'.repeat(100_000) });
    await untilLeft('watchJob');
  });

  it('of a WebSocket are read no further themselves, and let go', async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${gateway.service.httpPort}/v1/events`);
    sockets.push({ destroy: () => socket.terminate() });
    socket.on('error', () => undefined);
    await once(socket, 'open');
    socket.pause();
    const lookUps = () => gateway.backends.calls.filter(({ method }) => method === 'getJob').length;
    const before = lookUps();
    // Each is answered with an error that repeats a part of it.
    const message = JSON.stringify({ subscribe: 'x'.repeat(4_000) });
    for (let sent = 0; sent < LARGE_BYTES; sent += message.length) socket.send(message);
    await sleep(1_000);
    expect(socket.bufferedAmount).toBeGreaterThan(0);
    expect(lookUps()).toBe(before);
    const closed = once(socket, 'close');
    // Two signs of life later.
    await sleep(7_000);
    socket.resume();
    await closed;
  });

  it('look up one job at a time on a WebSocket', async () => {
    const { id } = await newJob();
    const socket = new WebSocket(`ws://127.0.0.1:${gateway.service.httpPort}/v1/events`);
    sockets.push({ destroy: () => socket.terminate() });
    await once(socket, 'open');
    const told: string[] = [];
    socket.on('message', (data) => told.push((JSON.parse(String(data)) as { type: string }).type));
    for (let count = 0; count < 40; count++) socket.send(JSON.stringify({ subscribe: id, after: 1 }));
    while (told.length < 40 && socket.readyState === WebSocket.OPEN) await sleep(20);
    expect(told).toHaveLength(40);
    expect(new Set(told)).toEqual(new Set(['subscribed']));
    socket.terminate();
  });
});
