import { type ClientRequest, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { Target } from './target';

const MAX_ANSWER_BYTES = 64 * 1024;

/**
 * Sends a body to exactly the address that was checked; the certificate is that of the URL's host. Redirects are not
 * followed. Resolves with the status of the answer once its headers are there; its body is of no interest.
 * @throws Error where there is no answer within `timeoutMs`
 */
export function postMessage(
  { url, address, family }: Target,
  headers: Record<string, string>,
  body: string,
  timeoutMs: number,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const options = {
      method: 'POST',
      // No connection is kept: the next message may be for another address.
      agent: false as const,
      headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
      signal: AbortSignal.timeout(timeoutMs),
      lookup: (_hostname: string, { all }: { all?: boolean }, done: LookupDone) =>
        all ? done(null, [{ address, family }]) : done(null, address, family),
    };
    const sent: ClientRequest = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, options as never);
    sent.on('response', (response) => {
      let bytes = 0;
      // Read on, as far as is polite, so that the target is not cut off.
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > MAX_ANSWER_BYTES) response.destroy();
      });
      response.on('error', () => undefined);
      resolve(response.statusCode ?? 0);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

type LookupDone = (error: null, address: string | { address: string; family: number }[], family?: number) => void;
