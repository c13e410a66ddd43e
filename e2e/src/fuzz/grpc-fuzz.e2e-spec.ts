import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { status } from '@grpc/grpc-js';
import fc, { type Arbitrary } from 'fast-check';
import { Api } from '../api';
import { RunningSystem } from '../running-system';
import { GRPC_METHODS, GRPC_SERVICES, type GrpcMethod, GrpcSurface, type Outcome } from './grpc-surface';
import { damagedBytes, damagedMessage, hostileMessage, type Plain } from './hostile-message';
import { OWNER, validRequests, type ValidRequests } from './valid-requests';

/** The same calls in every run; others by FUZZ_SEED, and more of them by FUZZ_SCALE. */
const seed = Number(process.env['FUZZ_SEED'] ?? 5);
const scale = Number(process.env['FUZZ_SCALE'] ?? 0.3);
/** A group of a field that no message has, and that never ends. */
const MALFORMED = Buffer.from('fb7f', 'hex');
const RUNS = { hostile: 40, damaged: 100, bytes: 40 };
/** These have musicians or threads at work; they are called less often and not listened to for long. */
const HARD_WORK = new Set(['Compose', 'ReviseScore', 'Render', 'RenderAssets', 'WatchJob']);
const HARD_WORK_SHARE = 0.2;
const HARD_WORK_MS = 1_000;

let system: RunningSystem;
let surface: GrpcSurface;
let valid: ValidRequests;
let pids: Record<string, number | undefined>;
const answers = new Map<string, number>();

beforeAll(async () => {
  system = await RunningSystem.start();
  surface = new GrpcSurface(system.stack.addresses);
  valid = await validRequests(system, surface);
  pids = processes();
});
afterAll(async () => {
  surface?.close();
  await system?.stop();
});

function processes(): Record<string, number | undefined> {
  return Object.fromEntries(Object.entries(system.stack.services).map(([name, { pid }]) => [name, pid]));
}

/** What may come of a call that no server is to blame for. */
function fine({ code }: Outcome, { name }: GrpcMethod): boolean {
  if (code === status.DEADLINE_EXCEEDED || code === status.CANCELLED) return HARD_WORK.has(name);
  return ![status.UNKNOWN, status.INTERNAL, status.UNAVAILABLE, status.UNAUTHENTICATED].includes(code);
}

async function expectFine(method: GrpcMethod, requests: Buffer[], what: unknown): Promise<void> {
  const hard = HARD_WORK.has(method.name);
  const outcome = await surface.call(method, requests, {
    owner: OWNER,
    ...(hard && { deadlineMs: HARD_WORK_MS }),
  });
  const name = status[outcome.code] ?? String(outcome.code);
  answers.set(name, (answers.get(name) ?? 0) + 1);
  if (!fine(outcome, method)) {
    const shown = JSON.stringify(what)?.slice(0, 2_000);
    throw new Error(`${method.path} answered ${name} ${outcome.details} to ${shown}`);
  }
}

const encode = ({ request }: GrpcMethod, message: Plain): Buffer => Buffer.from(request.encode(message).finish());
const runs = ({ name }: GrpcMethod, count: number) => ({
  seed,
  numRuns: Math.ceil(count * scale * (HARD_WORK.has(name) ? HARD_WORK_SHARE : 1)),
  endOnFailure: true,
});

function checkAll(method: GrpcMethod, messages: Arbitrary<Plain[]>, count: number): Promise<void> {
  return fc.assert(
    fc.asyncProperty(messages, (parts) =>
      expectFine(
        method,
        parts.map((part) => encode(method, part)),
        parts,
      ),
    ),
    runs(method, count),
  );
}

/** One message, or of a client stream a few. */
function parts({ requestStream }: GrpcMethod, message: Arbitrary<Plain>): Arbitrary<Plain[]> {
  return requestStream ? fc.array(message, { maxLength: 4 }) : message.map((one) => [one]);
}

describe.each(GRPC_METHODS.map((method) => [method.path, method] as const))('%s', (_path, method) => {
  const validOne = (): Plain => valid.requests.get(method) ?? {};

  it('answers any message of its type', () =>
    checkAll(method, parts(method, hostileMessage(method.request, valid.known)), RUNS.hostile));

  it('answers what was a request of its own before parts of it were exchanged', () =>
    checkAll(method, parts(method, damagedMessage(method.request, validOne(), valid.known)), RUNS.damaged));

  it('answers bytes that are no message of its type', () => {
    const whole = encode(method, validOne());
    return fc.assert(
      fc.asyncProperty(damagedBytes(whole), (bytes) => expectFine(method, [bytes], bytes.toString('hex'))),
      runs(method, RUNS.bytes),
    );
  });

  it('says INVALID_ARGUMENT to malformed bytes and RESOURCE_EXHAUSTED to too many', async () => {
    const call = (bytes: Buffer) => surface.call(method, [bytes], { owner: OWNER });
    expect(await call(MALFORMED)).toMatchObject({
      code: status.INVALID_ARGUMENT,
      details: expect.stringContaining(method.path),
    });
    expect(await call(Buffer.alloc(9 * 1024 * 1024))).toMatchObject({ code: status.RESOURCE_EXHAUSTED });
  });

  it('survives callers that leave at any moment', async () => {
    const request = encode(method, validOne());
    const outcomes = await Promise.all(
      [0, 1, 3, 10, 30].map((cutAfterMs) => surface.call(method, [request], { owner: OWNER, cutAfterMs })),
    );
    for (const outcome of outcomes) expect(outcome.code === status.CANCELLED || fine(outcome, method)).toBe(true);
  });
});

describe.each(GRPC_SERVICES)('health and reflection of %s', (service) => {
  const health = '/grpc.health.v1.Health/Check';
  const others = [health, '/grpc.health.v1.Health/Watch', '/grpc.health.v1.Health/List'];

  it('answer malformed bytes, unknown services and methods', async () => {
    for (const path of others) {
      const outcome = await surface.call({ service, path }, [MALFORMED]);
      // These are grpc-js's own from end to end, and so is the word for it.
      expect([path, status[outcome.code]]).toEqual([path, 'INTERNAL']);
    }
    const unknown = [`/beatbot.${service}.v1.Nobody/Call`, '/', '//', '/..%2f..', `/${'x'.repeat(5_000)}/y`];
    for (const path of unknown) {
      const { code } = await surface.call({ service, path }, [Buffer.alloc(0)]);
      expect([path, status[code]]).toEqual([path, 'UNIMPLEMENTED']);
    }
  });
});

describe('after all this', () => {
  it('every kind of answer was among them', () => {
    for (const name of ['OK', 'INVALID_ARGUMENT', 'NOT_FOUND', 'FAILED_PRECONDITION'])
      expect([...answers.keys()]).toContain(name);
  });

  it('the processes are the same, none had an error to report, and none is unready', async () => {
    expect(processes()).toEqual(pids);
    const folder = join(system.folder, 'data', 'logs');
    const errors = readdirSync(folder)
      .filter((file) => system.stack.services[file.replace('.log', '') as 'gateway'])
      .flatMap((file) => readFileSync(join(folder, file), 'utf8').split('\n'))
      .filter((line) => /"level":"(error|fatal)"|^\s*at .*\.js:\d+|Warning: /.test(line));
    expect(errors.slice(0, 5)).toEqual([]);
    for (const service of GRPC_SERVICES) {
      const { http } = system.stack.addresses.ports[service];
      expect((await fetch(`http://127.0.0.1:${http}/readyz`)).status).toBe(200);
    }
  });

  it('a song is made as ever', async () => {
    const api = new Api(() => system.url);
    const { id } = await api.createSong({ prompt: 'house, 4 bars, after the storm', formats: ['wav'] });
    expect(await api.finished(id)).toMatchObject({ state: 'succeeded' });
  });
});
