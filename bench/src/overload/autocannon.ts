import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

export interface HttpLoadOptions {
  seconds: number;
  connections: number;
  /** Requests a second that are tried; as many as the connections can where not given. */
  rate?: number;
  /** A JSON body makes it a POST; `[<id>]` in it is another in each request. */
  body?: object;
}

/** What became of the requests. */
export interface HttpLoad {
  sent: number;
  served: number;
  /** 429 or 503. */
  refused: number;
  /** All other answers, and none. */
  failed: number;
}

interface AutocannonResult {
  errors: number;
  requests: { sent: number };
  statusCodeStats?: Record<string, { count: number }>;
}

/** Sends requests by autocannon, in a process of its own so that measuring does not wait for sending. */
export async function httpLoad(url: string, { seconds, connections, rate, body }: HttpLoadOptions): Promise<HttpLoad> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      require.resolve('autocannon'),
      '--json',
      '--duration',
      String(seconds),
      '--connections',
      String(connections),
      ...(rate === undefined ? [] : ['--overallRate', String(Math.ceil(rate))]),
      ...(body ? ['--method', 'POST', '--headers', 'content-type=application/json', '--idReplacement'] : []),
      ...(body ? ['--body', JSON.stringify(body)] : []),
      url,
    ],
    { maxBuffer: 2 ** 26 },
  );
  const result = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as AutocannonResult;
  const statuses = Object.entries(result.statusCodeStats ?? {}).map(
    ([code, { count }]) => [Number(code), count] as const,
  );
  const count = (which: (code: number) => boolean) =>
    statuses.reduce((sum, [code, times]) => sum + (which(code) ? times : 0), 0);
  const isRefusal = (code: number) => code === 429 || code === 503;
  return {
    sent: result.requests.sent,
    served: count((code) => code < 300),
    refused: count(isRefusal),
    failed: count((code) => code >= 300 && !isRefusal(code)) + result.errors,
  };
}
