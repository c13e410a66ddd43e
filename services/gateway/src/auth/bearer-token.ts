import type { IncomingMessage } from 'node:http';

/** What a WebSocket of BeatBot speaks. */
export const SUBPROTOCOL = 'beatbot.v1';
/** Before a token among the subprotocols: browsers let a page set no other header of a WebSocket. */
const TOKEN_SUBPROTOCOL = 'beatbot.bearer.';

/** Longer ones are no tokens; an issuer's with many claims have a few thousand characters. */
const MAX_LENGTH = 8192;

/**
 * The credentials of a request (RFC 6750, section 2.1), or undefined where there are none. They are never looked for in
 * a URL, which ends up in logs, histories and referrers.
 */
export function bearerToken({ headers }: IncomingMessage): string | undefined {
  const { authorization, upgrade } = headers;
  if (authorization !== undefined) {
    const [, token = ''] = /^Bearer +([\w.~+/=-]+) *$/i.exec(authorization) ?? [];
    return token.length <= MAX_LENGTH ? token : '';
  }
  if (upgrade?.toLowerCase() !== 'websocket') return undefined;
  return offeredProtocols(headers['sec-websocket-protocol'])
    .find((protocol) => protocol.startsWith(TOKEN_SUBPROTOCOL))
    ?.slice(TOKEN_SUBPROTOCOL.length);
}

function offeredProtocols(header: string | undefined): string[] {
  return (header ?? '').split(',').map((protocol) => protocol.trim());
}
