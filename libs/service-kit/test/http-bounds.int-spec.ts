import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningService } from '../src';
import { startKitService } from './fixtures/kit-service';

let service: RunningService;
afterEach(() => service.stop());

async function open(): Promise<Socket> {
  const socket = connect(service.httpPort, '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

async function answer(socket: Socket, text: string): Promise<string> {
  socket.setEncoding('utf8').write(text);
  const [first] = (await once(socket, 'data')) as [string];
  return first.split('\r\n')[0] ?? '';
}

describe('the HTTP server of a service', () => {
  it('closes connections above HTTP_MAX_CONNECTIONS, and takes new ones when some have gone', async () => {
    service = await startKitService({ HTTP_MAX_CONNECTIONS: '2' });
    const [first, second, third] = [await open(), await open(), await open()];
    await once(third, 'close');
    expect(await answer(first, 'GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n')).toBe('HTTP/1.1 200 OK');
    first.destroy();
    await sleep(100);
    const fourth = await open();
    expect(await answer(fourth, 'GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n')).toBe('HTTP/1.1 200 OK');
    second.destroy();
    fourth.destroy();
  });

  it('refuses headers above 16 KiB, and what is smuggled into them', async () => {
    service = await startKitService();
    const ask = async (head: string) => answer(await open(), head);
    expect(await ask(`GET / HTTP/1.1\r\nHost: x\r\nX-A: ${'x'.repeat(17_000)}\r\n\r\n`)).toMatch(/ 431 /);
    expect(await ask(`GET /${'x'.repeat(17_000)} HTTP/1.1\r\nHost: x\r\n\r\n`)).toMatch(/ 431 /);
    expect(await ask('GET / HTTP/1.1\r\nHost: x\r\nX-A: a\rX-B: b\r\n\r\n')).toMatch(/ 400 /);
    expect(await ask('GET / HTTP/1.1\r\nHost: x\r\nX A: a\r\n\r\n')).toMatch(/ 400 /);
    const both = 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n';
    expect(await ask(both)).toMatch(/ 400 /);
  });
});
