import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { join, resolve } from 'node:path';
import { startStack, type Stack } from './start-stack';

const HELP = `Starts BeatBot on this machine: PostgreSQL, Redis and the five services.

Usage: npm start -- [options]        or: npx beatbot up [options]

  --port N        port of the gateway            (BEATBOT_PORT, default 8080)
  --host ADDRESS  interface of the gateway       (BEATBOT_HOST, default 127.0.0.1)
  --data DIR      where everything is kept       (BEATBOT_DATA, default .beatbot)
  --log-level L   fatal error warn info debug    (LOG_LEVEL, default info)
  --verbose       show the services' logs here; they are always in DIR/logs
  --help          this text

Environment:
  DATABASE_URL    a PostgreSQL of your own; without it one is started in DIR/postgres
  REDIS_URL       a Redis of your own; without it redis-server or valkey-server from
                  the PATH is started, else an embedded one for development
  AUTH            none (default): whoever reaches the gateway may do everything;
                  keys, oidc: it asks for API keys or tokens, see services/gateway
  OPERATOR_KEY    with AUTH=keys: the operator's own key, of 32 characters or more

Ctrl-C stops everything and loses nothing: the next start goes on with unfinished jobs.
`;

/** The folder that holds the services, seen from this file in src/ or dist/. */
const ROOT = resolve(__dirname, '../../..');

/** Runs the stack until SIGINT or SIGTERM; resolves with the exit code. */
export async function runUp(argv: string[]): Promise<number> {
  const begun = Date.now();
  const options = readOptions(argv);
  if (typeof options === 'string') {
    console.error(`${options}\n\n${HELP}`);
    return 2;
  }
  if (options.help) {
    console.log(HELP);
    return 0;
  }
  let stack: Stack;
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => stop.abort(new Error(`stopped by ${signal}`)));
  }
  try {
    stack = await startStack({
      root: ROOT,
      dataDir: options.data,
      port: options.port,
      host: options.host,
      databaseUrl: process.env['DATABASE_URL'],
      redisUrl: process.env['REDIS_URL'],
      logLevel: options.logLevel,
      onEvent: (text) => console.log(text),
      onLine: options.verbose ? (name, line) => console.log(`${name.padEnd(12)} ${line}`) : undefined,
      signal: stop.signal,
    });
  } catch (error) {
    console.error(`BeatBot did not start: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  }
  console.log(`
BeatBot is ready after ${((Date.now() - begun) / 1000).toFixed(1)} s at ${stack.url}

  first song   npx beatbot make "dusty lo-fi beat at 82 bpm in D minor" -o song/
  interface    ${stack.url}/docs
  logs         ${join(options.data, 'logs')}

Ctrl-C stops everything; unfinished jobs go on at the next start.
`);
  if ((process.env['AUTH'] ?? 'none') === 'none' && options.host !== '127.0.0.1' && options.host !== 'localhost')
    console.log(`AUTH is none: whoever reaches ${options.host} may do everything. Set AUTH=keys and OPERATOR_KEY.\n`);
  if (!stop.signal.aborted) await once(stop.signal, 'abort');
  console.log('Stopping ...');
  await stack.stop();
  console.log('Stopped.');
  return 0;
}

interface UpOptions {
  port: number;
  host: string;
  data: string;
  logLevel: string;
  verbose: boolean;
  help: boolean;
}

/** The options, or a sentence on what is wrong with them. */
function readOptions(argv: string[]): UpOptions | string {
  let values;
  try {
    ({ values } = parseArgs({
      args: argv,
      options: {
        port: { type: 'string' },
        host: { type: 'string' },
        data: { type: 'string' },
        'log-level': { type: 'string' },
        verbose: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const portText = values.port ?? process.env['BEATBOT_PORT'] ?? '8080';
  const port = Number(portText);
  if (!/^\d+$/.test(portText) || port > 65_535)
    return `--port ${portText} is not allowed: 0 to 65535, 0 for a free one`;
  return {
    port,
    host: values.host ?? process.env['BEATBOT_HOST'] ?? '127.0.0.1',
    data: resolve(values.data ?? process.env['BEATBOT_DATA'] ?? join(ROOT, '.beatbot')),
    logLevel: values['log-level'] ?? process.env['LOG_LEVEL'] ?? 'info',
    verbose: values.verbose,
    help: values.help,
  };
}
