import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { FaultyLink } from './faulty-link';

describe('FaultyLink', () => {
  let echo: Server;
  let link: FaultyLink;
  let client: Socket;

  beforeEach(async () => {
    echo = createServer((socket) => socket.on('error', () => undefined).pipe(socket)).listen(0, '127.0.0.1');
    await once(echo, 'listening');
    link = await FaultyLink.to((echo.address() as AddressInfo).port);
    client = await open();
  });
  afterEach(async () => {
    client.destroy();
    await link.stop();
    echo.close();
  });

  async function open(): Promise<Socket> {
    const socket = connect(Number(link.address.split(':')[1]), '127.0.0.1');
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    return socket;
  }

  async function answer(socket: Socket, text: string): Promise<string> {
    socket.write(text);
    const [bytes] = (await once(socket, 'data')) as [Buffer];
    return bytes.toString();
  }

  it('passes bytes both ways, later when slow', async () => {
    expect(await answer(client, 'hello')).toBe('hello');
    link.become('slow');
    const begun = performance.now();
    expect(await answer(client, 'late')).toBe('late');
    expect(performance.now() - begun).toBeGreaterThan(500);
    link.become('open');
    expect(await answer(client, 'soon')).toBe('soon');
  });

  it('stays silent for ever on what was half-open, and closes nothing', async () => {
    expect(await answer(client, 'hello')).toBe('hello');
    link.become('half-open');
    client.write('lost');
    await sleep(50);
    link.become('open');
    client.write('lost, too');
    const said = await Promise.race([once(client, 'data'), once(client, 'close'), sleep(200, 'nothing')]);
    expect(said).toBe('nothing');
    const other = await open();
    expect(await answer(other, 'hello')).toBe('hello');
    other.destroy();
  });

  it('closes all and takes nobody when cut', async () => {
    expect(await answer(client, 'hello')).toBe('hello');
    const closed = once(client, 'close');
    link.become('cut');
    await closed;
    const other = await open();
    await once(other, 'close');
    expect(link.connections).toBe(0);
    link.become('open');
    const third = await open();
    expect(await answer(third, 'back')).toBe('back');
    third.destroy();
  });
});
