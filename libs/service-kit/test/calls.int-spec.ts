import { setTimeout as sleep } from 'node:timers/promises';
import { Client, credentials, Metadata, type ServiceError, status } from '@grpc/grpc-js';
import { CallContext, DomainError, type GrpcClient, type RunningService } from '../src';
import {
  kitClient,
  type KitServiceController,
  type NumberMessage,
  seen,
  startKitService,
} from './fixtures/kit-service';

let service: RunningService;
let client: GrpcClient<KitServiceController>;

beforeAll(async () => {
  service = await startKitService();
  client = kitClient(service);
});

afterAll(async () => {
  client.close();
  await service.stop();
});

async function failure(work: Promise<unknown>): Promise<DomainError> {
  const error: unknown = await work.then(
    () => new Error('it succeeded'),
    (thrown: unknown) => thrown,
  );
  if (error instanceof DomainError) return error;
  throw error;
}

async function until(condition: () => boolean): Promise<void> {
  const end = Date.now() + 5000;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`never came true: ${String(condition)}`);
    await sleep(5);
  }
}

describe('a server that is full', () => {
  it('refuses one call more with a time to retry, streams counted, until one has ended', async () => {
    const small = await startKitService({ GRPC_MAX_CALLS: '2' });
    const caller = kitClient(small);
    const gone = new AbortController();
    seen.waiting = 0;
    const unary = caller.echo({ text: 'wait' }, { signal: gone.signal }).catch((error: unknown) => error);
    const stream = caller.count({ to: 1_000_000, padding: 10_000 })[Symbol.asyncIterator]();
    await stream.next();
    await until(() => seen.waiting === 1);
    const refusal = { reason: 'RESOURCE_EXHAUSTED', retryAfterMs: 1000, httpStatus: 429 };
    expect(await failure(caller.echo({ text: 'one more' }))).toMatchObject(refusal);
    expect(await failure(caller.count({ to: 1, padding: 0 })[Symbol.asyncIterator]().next())).toMatchObject(refusal);
    await stream.return?.();
    gone.abort();
    await unary;
    const fine = () =>
      caller.echo({ text: 'again' }).then(
        ({ text }) => text,
        () => undefined,
      );
    while ((await fine()) !== 'again') await sleep(5);
    caller.close();
    await small.stop();
  });

  it('says by gRPC push-back when to come again', async () => {
    const small = await startKitService({ GRPC_MAX_CALLS: '1' });
    const caller = kitClient(small);
    const gone = new AbortController();
    seen.waiting = 0;
    const unary = caller.echo({ text: 'wait' }, { signal: gone.signal }).catch((error: unknown) => error);
    await until(() => seen.waiting === 1);
    const { cause } = await failure(caller.echo({ text: 'one more' }));
    const { code, metadata } = cause as ServiceError;
    expect([code, metadata.get('grpc-retry-pushback-ms')]).toEqual([status.RESOURCE_EXHAUSTED, ['1000']]);
    gone.abort();
    await unary;
    caller.close();
    await small.stop();
  });
});

describe('errors', () => {
  it('carry reason, message, field, value and what is allowed', async () => {
    const error = await failure(client.echo({ text: 'bad' }));
    expect(error).toMatchObject({
      reason: 'INVALID_ARGUMENT',
      httpStatus: 400,
      fields: [{ field: 'controls.tempo_bpm', value: 5000, allowed: 'a number from 20 to 400' }],
    });
    expect(error.message).toBe('controls.tempo_bpm 5000 is not allowed: a number from 20 to 400');
  });

  it('carry the time to retry and metadata', async () => {
    expect(await failure(client.echo({ text: 'full' }))).toMatchObject({
      reason: 'QUEUE_FULL',
      retryAfterMs: 1500,
      metadata: { limit: '100' },
      httpStatus: 503,
    });
  });

  it('survive text that cannot be percent-encoded', async () => {
    expect((await failure(client.echo({ text: 'surrogate' }))).message).toBe('no song "\ufffd ünïcode 🎵 100%"');
  });

  it('of a bug are INTERNAL and tell nothing of the inside', async () => {
    const error = await failure(client.echo({ text: 'bug' }));
    expect(error.reason).toBe('INTERNAL');
    expect(JSON.stringify([error.message, error.metadata, error.fields])).not.toContain('secret');
  });

  it('of a lost connection are UNAVAILABLE with a time to retry, after which it was tried again', async () => {
    const start = Date.now();
    expect(await failure(client.echo({ text: 'refused' }))).toMatchObject({
      reason: 'UNAVAILABLE',
      retryAfterMs: 1000,
    });
    expect(Date.now() - start).toBeGreaterThan(2500);
  });

  it('in a stream come after what was sent', async () => {
    const numbers = client.count({ to: 0, padding: 0 })[Symbol.asyncIterator]();
    expect((await failure(numbers.next())).reason).toBe('OUT_OF_RANGE');
  });

  it('of a method nobody serves are UNIMPLEMENTED', async () => {
    expect((await failure(client.missing({ text: '' }))).reason).toBe('UNIMPLEMENTED');
  });

  it('of a request that is no message is INVALID_ARGUMENT, and the server lives on', async () => {
    const raw = new Client(`127.0.0.1:${service.grpcPort}`, credentials.createInsecure());
    const error = await new Promise<ServiceError | null>((resolve) => {
      raw.makeUnaryRequest(
        '/beatbot.kit.v1.KitService/Echo',
        () => Buffer.from([0x0a, 0xff, 0xff, 0xff]),
        (bytes: Buffer) => bytes,
        {},
        new Metadata(),
        { deadline: Date.now() + 2000 },
        (e) => resolve(e),
      );
    });
    raw.close();
    expect(error?.code).toBe(status.INVALID_ARGUMENT);
    expect((await client.echo({ text: 'still here' })).text).toBe('still here');
  });

  it('of a server that is away are UNAVAILABLE', async () => {
    const gone = await startKitService();
    const orphan = kitClient(gone);
    await gone.stop();
    const error = await failure(orphan.echo({ text: '' }));
    expect(error).toMatchObject({
      reason: 'UNAVAILABLE',
      message: 'the kit is away',
      retryAfterMs: 1000,
    });
    orphan.close();
  });
});

describe('context', () => {
  it('reaches the handler: owner, request id and what is left of the deadline', async () => {
    const context = new CallContext('request-7', new Date(Date.now() + 4000), 'olga');
    const answer = await client.echo({ text: 'hello' }, { context });
    expect(answer).toMatchObject({ text: 'hello', owner: 'olga', requestId: 'request-7' });
    expect(answer.deadlineMs).toBeGreaterThan(2500);
    expect(answer.deadlineMs).toBeLessThanOrEqual(4000);
  });

  it('gives a deadline where none is set, and never a later one than inherited', async () => {
    const { deadlineMs } = await client.echo({ text: '' });
    expect(deadlineMs).toBeGreaterThan(8000);
    expect(deadlineMs).toBeLessThanOrEqual(10_000);
    const context = new CallContext('r', new Date(Date.now() + 1000));
    expect((await client.echo({ text: '' }, { context, deadlineMs: 60_000 })).deadlineMs).toBeLessThanOrEqual(1000);
  });

  it('ends the call and tells the handler when the deadline passes', async () => {
    seen.aborted = [];
    expect((await failure(client.echo({ text: 'wait' }, { deadlineMs: 200 }))).reason).toBe('DEADLINE_EXCEEDED');
    await until(() => seen.aborted.length === 1);
    expect(seen.aborted[0]).toMatchObject({ reason: 'DEADLINE_EXCEEDED' });
  });

  it('carries cancellation to the handler', async () => {
    seen.aborted = [];
    seen.waiting = 0;
    const controller = new AbortController();
    const call = failure(client.echo({ text: 'wait' }, { signal: controller.signal }));
    await until(() => seen.waiting === 1);
    controller.abort();
    expect((await call).reason).toBe('CANCELLED');
    await until(() => seen.aborted.length === 1);
    expect(seen.aborted[0]).toMatchObject({ reason: 'CANCELLED' });
  });

  it('of a cancelled caller starts no call', async () => {
    expect((await failure(client.echo({ text: 'hi' }, { signal: AbortSignal.abort() }))).reason).toBe('CANCELLED');
  });

  it('without an owner says so where one is needed', () => {
    expect(() => new CallContext('r').owner).toThrow('x-beatbot-owner');
  });
});

describe('server streams', () => {
  it('arrive whole and in order', async () => {
    const numbers: number[] = [];
    for await (const { number } of client.count({ to: 200, padding: 0 })) numbers.push(number);
    expect(numbers).toEqual(Array.from({ length: 200 }, (_, i) => i + 1));
  });

  it('wait for a slow reader', async () => {
    seen.counted = 0;
    let read = 0;
    // 64 KiB each, 64 MiB in all: far more than the windows and buffers between the two hold.
    for await (const _ of client.count({ to: 1000, padding: 65_536 })) {
      read += 1;
      if (read === 1) {
        await sleep(500);
        expect(seen.counted).toBeLessThan(200);
      }
      if (read === 20) break;
    }
  });

  it('end at the server when the reader leaves', async () => {
    const before = seen.returned;
    for await (const { number } of client.count({ to: 1_000_000, padding: 1000 })) if (number === 3) break;
    await until(() => seen.returned === before + 1);
    expect(seen.counted).toBeLessThan(10_000);
  });

  it('end on abort with CANCELLED', async () => {
    const controller = new AbortController();
    const reading = (async () => {
      for await (const { number } of client.count({ to: 1_000_000, padding: 1000 }, { signal: controller.signal }))
        if (number === 2) controller.abort();
    })();
    expect((await failure(reading)).reason).toBe('CANCELLED');
  });
});

describe('client streams', () => {
  async function* numbers(
    values: number[],
    padding = 0,
    onSend?: (count: number) => void,
  ): AsyncGenerator<NumberMessage> {
    let count = 0;
    for (const number of values) {
      onSend?.((count += 1));
      yield { number, padding: Buffer.alloc(padding) };
    }
  }

  it('arrive whole', async () => {
    expect(await client.sum(numbers(Array.from({ length: 500 }, () => 2)))).toEqual({ sum: 1000 });
  });

  it('hold the sender back while the handler is busy', async () => {
    let sent = 0;
    const values = [1, 99, ...Array.from({ length: 500 }, () => 1)];
    const call = client.sum(numbers(values, 65_536, (count) => (sent = count)));
    await sleep(300);
    expect(sent).toBeLessThan(250);
    expect((await call).sum).toBe(600);
  });

  it('stop when the server refuses', async () => {
    let sent = 0;
    const values = [13, ...Array.from({ length: 5000 }, () => 1)];
    expect((await failure(client.sum(numbers(values, 65_536, (count) => (sent = count))))).reason).toBe(
      'FAILED_PRECONDITION',
    );
    await sleep(100);
    expect(sent).toBeLessThan(1000);
  });

  it('whose source fails are cancelled, so that nothing half-sent looks whole', async () => {
    seen.aborted = [];
    seen.summed = 0;
    async function* broken(): AsyncGenerator<NumberMessage> {
      yield { number: 1, padding: Buffer.alloc(0) };
      await until(() => seen.summed === 1);
      throw new RangeError('the disk is gone');
    }
    await expect(client.sum(broken())).rejects.toThrow('the disk is gone');
    await until(() => seen.aborted.length === 1);
    expect(seen.aborted[0]).toMatchObject({ reason: 'CANCELLED' });
  });
});
