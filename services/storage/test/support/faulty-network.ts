import { connect, createServer, type Server, type Socket } from 'node:net';

/** A way to a server that can be made to break connections or to fall silent. */
export class FaultyNetwork {
  /** Cut each connection once so many bytes have come back. */
  cutAfterBytes = Infinity;
  /** Take requests and never answer. */
  silent = false;
  connections = 0;
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    readonly endpoint: string,
  ) {}

  static async to(port: number): Promise<FaultyNetwork> {
    const server = createServer();
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const address = server.address();
    if (typeof address !== 'object' || address === null) throw new Error('no port is free');
    const network = new FaultyNetwork(server, `http://127.0.0.1:${address.port}`);
    server.on('connection', (near) => network.join(near, port));
    return network;
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  private join(near: Socket, port: number): void {
    this.connections++;
    const far = connect(port, '127.0.0.1');
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        this.sockets.delete(socket);
        other.destroy();
      });
    }
    near.on('data', (bytes) => {
      if (!this.silent) far.write(bytes);
    });
    let came = 0;
    far.on('data', (bytes) => {
      came += bytes.length;
      near.write(bytes, () => {
        if (came > this.cutAfterBytes) near.destroy();
      });
    });
  }
}
