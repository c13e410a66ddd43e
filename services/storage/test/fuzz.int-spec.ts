import { status } from '@grpc/grpc-js';
import fc from 'fast-check';
import { DomainError } from '@beatbot/service-kit';
import { Root } from 'protobufjs';
import { grpcLoaderOptions, protoFiles, protoRoot } from '@beatbot/contracts';
import { claimRequest, create, newOwner, put } from './support/requests';
import { StorageStack, type StorageProcess, untilReady } from './support/storage-stack';

let stack: StorageStack;
let storage: StorageProcess;
const owner = newOwner();
/** Values that lead past the first checks. */
const known = { jobId: '', songId: '', key: 'known/object', fencingNumber: 0 };

beforeAll(async () => {
  stack = await StorageStack.start('fuzz');
  storage = await stack.service();
  await untilReady(storage);
  const { job, song } = await create(storage, owner);
  const claimed = (await storage.jobs.claimJob(claimRequest({ workerId: 'fuzz' }))).job;
  Object.assign(known, { jobId: job.id, songId: song?.id, fencingNumber: claimed?.fencingNumber });
  await put(storage, owner, known.key);
}, 60_000);
afterAll(() => stack?.stop());

const root = new Root();
root.resolvePath = (_origin, target) => `${protoRoot}/${target}`;
root.loadSync(protoFiles('beatbot.storage.v1'), { keepCase: grpcLoaderOptions.keepCase });
root.resolveAll();

const text = fc.oneof(
  { weight: 4, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('\0', '\ud800', '../..', '%', "'; DROP TABLE jobs; --", 'x'.repeat(5000), ''),
  },
);

/** Any message of a type, every field of it now and then absent, and well-known ids among the texts. */
function messageOf(name: string, depth = 0): fc.Arbitrary<object> {
  const type = root.lookupType(name);
  const fields = Object.fromEntries(
    type.fieldsArray
      .filter((field) => depth < 4 || !field.resolvedType || 'values' in field.resolvedType)
      .map((field) => {
        const value = valueOf(field.type, field.name, field.resolvedType?.fullName.slice(1), depth);
        if (field.map) return [field.name, fc.dictionary(text, value, { maxKeys: 3 })];
        return [field.name, field.repeated ? fc.array(value, { maxLength: 3 }) : value];
      }),
  );
  return fc.record(fields, { requiredKeys: [] });
}

function valueOf(type: string, field: string, resolved: string | undefined, depth: number): fc.Arbitrary<unknown> {
  switch (type) {
    case 'string': {
      const ids = [known.jobId, known.songId, known.key, 'create_time desc'].filter(
        (id) => /id$|key|order/i.test(field) && id,
      );
      return ids.length > 0
        ? fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...ids) }, { weight: 1, arbitrary: text })
        : text;
    }
    case 'bool':
      return fc.boolean();
    case 'bytes':
      return fc.uint8Array({ maxLength: 100 }).map((bytes) => Buffer.from(bytes));
    case 'double':
      return fc.double();
    case 'sint32':
    case 'int32':
      return fc.integer();
    case 'int64':
      return fc.maxSafeInteger();
    case 'uint32':
      return fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 2 ** 32 - 1 }));
    case 'uint64':
      return fc.oneof(fc.constant(known.fencingNumber), fc.maxSafeNat());
    default:
      if (resolved === 'google.protobuf.FieldMask')
        return fc.array(fc.constantFrom('title', 'tags', 'owner'), { maxLength: 2 });
      if (resolved === 'google.protobuf.Duration')
        return fc.record({ seconds: fc.integer({ min: -1, max: 2 }), nanos: fc.integer({ min: 0, max: 999_999_999 }) });
      if (
        root.lookupTypeOrEnum(resolved ?? type) instanceof
        root.lookupTypeOrEnum('beatbot.music.v1.JobState').constructor
      )
        return fc.integer({ min: 0, max: 9 });
      return messageOf(resolved ?? type, depth + 1);
  }
}

const forbidden = new Set<number>([status.UNKNOWN, status.INTERNAL, status.DATA_LOSS]);

async function answered(call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    if (forbidden.has(error.grpcCode)) throw error;
    if (error.reason === 'INVALID_ARGUMENT') {
      expect(error.fields.length).toBeGreaterThan(0);
      for (const { field, allowed } of error.fields) expect([field, allowed]).not.toContain('');
    }
  }
}

async function readAll(stream: AsyncIterable<unknown>): Promise<void> {
  for await (const _message of stream);
}

const RUNS = { numRuns: 60, endOnFailure: true };

describe('any request', () => {
  it.each([
    'CreateJob',
    'GetJob',
    'ListJobs',
    'ListJobEvents',
    'ApproveJob',
    'RetryJob',
    'ClaimJob',
    'Heartbeat',
    'AppendJobEvent',
    'AwaitApproval',
    'FinishJob',
    'ReleaseJob',
    'CancelJob',
  ] as const)('%s is answered, or refused with a reason', async (method) => {
    const call = storage.jobs[`${method[0]?.toLowerCase()}${method.slice(1)}` as 'getJob'] as unknown as (
      request: object,
      options: object,
    ) => Promise<unknown>;
    await fc.assert(
      fc.asyncProperty(messageOf(`beatbot.storage.v1.${method}Request`), (request) =>
        answered(call({ ...request, wait: null }, { owner })),
      ),
      RUNS,
    );
  });

  it.each(['GetSong', 'ListSongs', 'UpdateSong', 'GetRevision', 'ListRevisions', 'DeleteSong'] as const)(
    '%s is answered, or refused with a reason',
    async (method) => {
      const call = storage.songs[`${method[0]?.toLowerCase()}${method.slice(1)}` as 'getSong'] as unknown as (
        request: object,
        options: object,
      ) => Promise<unknown>;
      await fc.assert(
        fc.asyncProperty(messageOf(`beatbot.storage.v1.${method}Request`), (request) =>
          answered(call(request, { owner })),
        ),
        RUNS,
      );
    },
  );

  it('of objects is answered, or refused with a reason', async () => {
    const { objects } = storage;
    await fc.assert(
      fc.asyncProperty(messageOf('beatbot.storage.v1.StatObjectRequest'), (request) =>
        answered(objects.statObject(request as never, { owner })),
      ),
      RUNS,
    );
    await fc.assert(
      fc.asyncProperty(messageOf('beatbot.storage.v1.SignObjectUrlRequest'), (request) =>
        answered(objects.signObjectUrl(request as never, { owner })),
      ),
      RUNS,
    );
    await fc.assert(
      fc.asyncProperty(messageOf('beatbot.storage.v1.GetObjectRequest'), (request) =>
        answered(readAll(objects.getObject(request as never, { owner }))),
      ),
      RUNS,
    );
    async function* parts(requests: object[]) {
      for (const request of requests) yield request as never;
    }
    await fc.assert(
      fc.asyncProperty(fc.array(messageOf('beatbot.storage.v1.PutObjectRequest'), { maxLength: 3 }), (requests) =>
        answered(objects.putObject(parts(requests), { owner })),
      ),
      RUNS,
    );
  });

  it('of any owner is answered, or refused with a reason', async () => {
    const owners = fc.oneof(
      fc.constantFrom('a b', 'x'.repeat(201), ' '),
      fc.string({ unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)), minLength: 1 }),
    );
    await fc.assert(
      fc.asyncProperty(owners, (any) => answered(storage.jobs.getJob({ jobId: known.jobId }, { owner: any }))),
      RUNS,
    );
  });
});

describe('signed URLs', () => {
  it('of any form are answered below 500', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.webPath(),
        fc.webQueryParameters(),
        fc.constantFrom('bytes=0-', 'bytes=-', 'x', 'bytes=9-1', 'bytes=0-1,3-4'),
        async (path, query, range) => {
          const response = await fetch(`${storage.httpUrl}/objects${path}?expires=99999999999&${query}`, {
            headers: { range },
          });
          await response.text();
          expect(response.status).toBeLessThan(500);
        },
      ),
      RUNS,
    );
  });
});
