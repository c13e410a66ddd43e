import { subscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { type CallCredentials, ChannelCredentials, type ChannelOptions } from '@grpc/grpc-js';

type SecureConnector = ReturnType<ChannelCredentials['_createSecureConnector']>;
type ChannelTarget = Parameters<ChannelCredentials['_createSecureConnector']>[0];

/**
 * How long a peer may take to accept a connection, and then to send its first byte. grpc-js waits for either without
 * bound: the kernel dials an address that a killed pod has left for over two minutes, and no name is resolved anew meanwhile.
 */
const CONNECT_TIMEOUT_MS = 5_000;

let bounded = false;

/** From the first call on, an outgoing TCP connection of this process that is not accepted in time fails. */
function boundTcpConnects(): void {
  if (bounded) return;
  bounded = true;
  subscribe('net.client.socket', (message) => {
    const { socket } = message as { socket: Socket };
    failLater(socket, 'connect', () => socket.connecting, 'no connection was accepted');
  });
}

/** Destroys the socket if `stuck` still holds when the time is up. */
function failLater(socket: Socket, done: 'connect' | 'close', stuck: () => boolean, what: string): void {
  const timer = setTimeout(() => {
    if (!stuck()) return;
    // One that nobody waits for, because it was given a port that is none, has nobody to tell.
    const awaited = socket.listenerCount('error') > 0;
    socket.destroy(awaited ? new Error(`${what} within ${CONNECT_TIMEOUT_MS} ms`) : undefined);
  }, CONNECT_TIMEOUT_MS).unref();
  const stop = (): void => clearTimeout(timer);
  socket.once(done, stop);
  if (done !== 'close') socket.once('close', stop);
}

/** The same credentials, for connections that fail where the peer does not accept them or is silent at their start. */
export class BoundedCredentials extends ChannelCredentials {
  constructor(private readonly inner: ChannelCredentials) {
    super();
    boundTcpConnects();
  }

  override _isSecure(): boolean {
    return this.inner._isSecure();
  }

  override _equals(other: ChannelCredentials): boolean {
    return other instanceof BoundedCredentials && this.inner._equals(other.inner);
  }

  override _createSecureConnector(
    target: ChannelTarget,
    options: ChannelOptions,
    callCredentials?: CallCredentials,
  ): SecureConnector {
    const connector = this.inner._createSecureConnector(target, options, callCredentials);
    return {
      connect: (socket) => {
        // Servers speak first: the settings of HTTP/2, or their part of the TLS handshake that the client has begun.
        failLater(socket, 'close', () => socket.bytesRead === 0, 'the peer sent nothing');
        return connector.connect(socket);
      },
      waitForReady: () => connector.waitForReady(),
      getCallCredentials: () => connector.getCallCredentials(),
      destroy: () => connector.destroy(),
    };
  }
}
