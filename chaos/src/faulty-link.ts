import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** `slow` delays all bytes, `half-open` swallows them and closes nothing, `cut` closes everything and takes nobody. */
export type LinkMode = 'open' | 'slow' | 'half-open' | 'cut';

const SLOW_MS = 300;

/** A way to a server on the loopback interface that can be broken. */
export class FaultyLink {
  private mode: LinkMode = 'open';
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    private readonly targetPort: number,
  ) {
    server.on('connection', (near) => this.join(near));
  }

  static async to(targetPort: number): Promise<FaultyLink> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new FaultyLink(server, targetPort);
  }

  get address(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get connections(): number {
    return this.sockets.size / 2;
  }

  /** What swallowed bytes once stays silent until an end of it gives up, also when the link is open again. */
  become(mode: LinkMode): void {
    this.mode = mode;
    if (mode === 'cut') for (const socket of this.sockets) socket.destroy();
  }

  async stop(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  private join(near: Socket): void {
    if (this.mode === 'cut') {
      near.destroy();
      return;
    }
    const far = connect(this.targetPort, '127.0.0.1');
    let silent = false;
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      this.sockets.add(from);
      from.setNoDelay(true);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        this.sockets.delete(from);
        to.destroy();
      });
      const pass = (bytes: Buffer): void => {
        if (!to.destroyed && !to.write(bytes)) {
          from.pause();
          to.once('drain', () => from.resume());
        }
      };
      let free = 0;
      from.on('data', (bytes: Buffer) => {
        silent ||= this.mode === 'half-open';
        if (silent) return;
        const now = performance.now();
        free = Math.max(free, this.mode === 'slow' ? now + SLOW_MS : now);
        if (free > now) setTimeout(pass, free - now, bytes);
        else pass(bytes);
      });
    }
  }
}
