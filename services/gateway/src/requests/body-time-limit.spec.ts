import { once } from 'node:events';
import { createServer, request as httpRequest, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import express, { json, type Request, type Response } from 'express';
import { bodyTimeLimit } from './body-time-limit';

const LIMIT_MS = 300;

describe('the time limit of bodies', () => {
  let server: Server;
  const port = () => (server.address() as AddressInfo).port;

  beforeAll(async () => {
    const app = express();
    app.use(bodyTimeLimit(LIMIT_MS), json());
    app.post('/v1/songs', (_request: Request, response: Response) => void response.json({}));
    app.post('/v1/import', async (request: Request, response: Response) => {
      let bytes = 0;
      for await (const chunk of request) bytes += (chunk as Buffer).length;
      response.json({ bytes });
    });
    app.get('/slow', (_request: Request, response: Response) => {
      setTimeout(() => response.json({}), 2 * LIMIT_MS);
    });
    server = createServer(app).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterAll(() => server.close());

  it('ends a connection whose body does not come', async () => {
    const socket = connect(port(), '127.0.0.1');
    socket.write(
      'POST /v1/songs HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{',
    );
    let text = '';
    socket.on('data', (data) => (text += String(data)));
    socket.on('error', () => undefined);
    await once(socket, 'close');
    expect(text).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('lets answers take as long as they take', async () => {
    expect((await fetch(`http://127.0.0.1:${port()}/slow`)).status).toBe(200);
    const answer = await fetch(`http://127.0.0.1:${port()}/v1/songs`, { method: 'POST' });
    expect(answer.status).toBe(200);
  });

  it('lets archives take longer', async () => {
    const sent = httpRequest({ port: port(), host: '127.0.0.1', path: '/v1/import', method: 'POST' });
    const answered = once(sent, 'response');
    sent.write('x');
    await sleep(2 * LIMIT_MS);
    sent.end('y');
    const [answer] = (await answered) as [AsyncIterable<Buffer>];
    let text = '';
    for await (const chunk of answer) text += String(chunk);
    expect(text).toBe('{"bytes":2}');
  });
});
