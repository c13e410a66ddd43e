import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const fixtures = join(__dirname, 'fixtures');

interface Run {
  process: ChildProcess;
  lines: Record<string, unknown>[];
  errors: string[];
  /** Waits for a line with this property. */
  line(property: string): Promise<Record<string, unknown>>;
  exit: Promise<number | null>;
}

let run: Run | undefined;

function start(environment: Record<string, string>, ...args: string[]): Run {
  const child = spawn(process.execPath, [join(fixtures, 'main.js'), ...args], {
    env: {
      PATH: process.env.PATH,
      HOST: '127.0.0.1',
      GRPC_PORT: '0',
      HTTP_PORT: '0',
      METRICS_PORT: '0',
      ...environment,
    },
  });
  const lines: Record<string, unknown>[] = [];
  const errors: string[] = [];
  const waiting = new Set<() => void>();
  let rest = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const parts = (rest + text).split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts.map((part) => JSON.parse(part) as Record<string, unknown>));
    for (const look of waiting) look();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => errors.push(text));
  const exit = once(child, 'exit').then(([code]) => code as number | null);
  return (run = {
    process: child,
    lines,
    errors,
    exit,
    line: (property) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = lines.find((line) => property in line);
          if (found) resolve(found);
        };
        waiting.add(look);
        look();
        void exit.then((code) => reject(new Error(`it ended with ${code}: ${errors.join('')}`)));
      }),
  });
}

afterEach(() => run?.process.kill('SIGKILL'));

describe('a service as a process', () => {
  it('starts without any of OpenTelemetry when nothing is configured, and SIGTERM stops it with status 0', async () => {
    const { process: child, line, lines, exit } = start({});
    expect(await line('up')).toEqual({ up: true, tracing: false });
    child.kill('SIGTERM');
    expect(await exit).toBe(0);
    expect(lines.map(({ msg }) => msg)).toContain('stopping');
    expect(lines.find(({ msg }) => String(msg).startsWith('kit is up'))).toMatchObject({
      level: 'info',
      service: 'kit',
      context: 'service',
    });
  });

  it('traces where an endpoint is given, and stops although no collector answers', async () => {
    const { process: child, line, exit } = start({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' });
    expect(await line('up')).toEqual({ up: true, tracing: true });
    child.kill('SIGTERM');
    expect(await exit).toBe(0);
  });

  it('logs what nobody caught as fatal and ends with status 1', async () => {
    const { lines, exit } = start({}, 'reject');
    expect(await exit).toBe(1);
    expect(lines.find(({ level }) => level === 'fatal')).toMatchObject({
      msg: 'the process ends: nobody caught this',
      err: { type: 'Error', stack: expect.stringContaining('main.js') as string },
    });
  });

  it('does not start on a bad variable, and names it', async () => {
    const { errors, exit } = start({ HTTP_PORT: 'eighty' });
    expect(await exit).toBe(1);
    expect(errors.join('')).toContain('HTTP_PORT is "eighty"');
  });
});
