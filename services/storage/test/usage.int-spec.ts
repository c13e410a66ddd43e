import type { UsageServiceController } from '@beatbot/contracts/storage/v1/usage';
import { type GrpcClient, grpcClient } from '@beatbot/service-kit';
import { create, createRequest, newOwner, put, revisionRequest } from './support/requests';
import { StorageStack, type StorageProcess, untilReady } from './support/storage-stack';

let stack: StorageStack;
let storage: StorageProcess;
let usage: GrpcClient<UsageServiceController>;

beforeAll(async () => {
  stack = await StorageStack.start('usage');
  storage = await stack.service({ QUOTA_JOBS_PER_DAY: '3', QUOTA_STORED_BYTES: '1000' });
  await untilReady(storage);
  const address = `127.0.0.1:${storage.service.grpcPort}`;
  usage = grpcClient({ package: 'beatbot.storage.v1', service: 'UsageService' }, address);
}, 60_000);
afterAll(async () => {
  usage?.close();
  await stack?.stop();
});

it('tells what an owner uses', async () => {
  const owner = newOwner();
  const nothing = { jobsToday: 0, storedBytes: 0, songs: 0, unfinishedJobs: 0 };
  const quota = { jobsPerDay: 3, storedBytes: 1000 };
  expect(await usage.getUsage({}, { owner })).toMatchObject({ ...nothing, quota });
  await create(storage, owner);
  await put(storage, owner, 'some/object', Buffer.alloc(100));
  const now = await usage.getUsage({}, { owner });
  expect(now).toMatchObject({ jobsToday: 1, storedBytes: 100, songs: 1, unfinishedJobs: 1, quota });
  const tomorrow = new Date();
  tomorrow.setUTCHours(24, 0, 0, 0);
  expect(now.resetTime?.seconds).toBe(tomorrow.getTime() / 1000);
  expect(await usage.getUsage({}, { owner: newOwner() })).toMatchObject(nothing);
});

it('accepts exactly as many jobs a day as allowed, however many come at once, and says when the next may', async () => {
  const owner = newOwner();
  const answers = await Promise.allSettled(Array.from({ length: 12 }, () => create(storage, owner)));
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
  const refused = answers.find((answer) => answer.status === 'rejected');
  expect(refused).toMatchObject({ reason: { reason: 'QUOTA_EXCEEDED', metadata: { quota: 'jobs_per_day' } } });
  const { retryAfterMs } = refused?.reason as { retryAfterMs: number };
  expect(retryAfterMs).toBeGreaterThan(0);
  expect(retryAfterMs).toBeLessThanOrEqual(86_400_000);
  await create(storage, newOwner());
});

it('counts neither repeats nor what was not accepted', async () => {
  const owner = newOwner();
  const request = createRequest();
  for (let index = 0; index < 5; index++) await storage.jobs.createJob(request, { owner });
  const unknown = createRequest({ revisionRequest: revisionRequest('00000000-0000-7000-8000-000000000000') });
  for (let index = 0; index < 5; index++)
    await expect(storage.jobs.createJob(unknown, { owner })).rejects.toMatchObject({ reason: 'NOT_FOUND' });
  expect(await usage.getUsage({}, { owner })).toMatchObject({ jobsToday: 1 });
  await create(storage, owner);
  await create(storage, owner);
  await expect(create(storage, owner)).rejects.toMatchObject({ reason: 'QUOTA_EXCEEDED' });
  // What was accepted is answered the same way again.
  expect((await storage.jobs.createJob(request, { owner })).created).toBe(false);
});

it('is not outwitted by deleting songs', async () => {
  const owner = newOwner();
  for (let index = 0; index < 3; index++) {
    const { song } = await create(storage, owner);
    await storage.songs.deleteSong({ songId: song!.id }, { owner });
  }
  await stack.sql().query('DELETE FROM songs WHERE owner = $1', [owner]);
  await expect(create(storage, owner)).rejects.toMatchObject({ reason: 'QUOTA_EXCEEDED' });
});

it('refuses jobs of an owner whose objects take as much as allowed', async () => {
  const owner = newOwner();
  await put(storage, owner, 'large/object', Buffer.alloc(1000));
  await expect(create(storage, owner)).rejects.toMatchObject({
    reason: 'QUOTA_EXCEEDED',
    metadata: { quota: 'stored_bytes' },
  });
});

it('takes a quota for one owner, and gives it back', async () => {
  const owner = newOwner();
  const own = { jobsPerDay: 1, storedBytes: 0 };
  expect(await usage.setQuota({ quota: own }, { owner })).toEqual({ quota: own });
  await create(storage, owner);
  await expect(create(storage, owner)).rejects.toMatchObject({ reason: 'QUOTA_EXCEEDED' });
  await usage.setQuota({ quota: { jobsPerDay: 0, storedBytes: 0 } }, { owner });
  for (let index = 0; index < 4; index++) await create(storage, owner);
  const all = { jobsPerDay: 3, storedBytes: 1000 };
  expect(await usage.setQuota({ quota: undefined }, { owner })).toEqual({ quota: all });
  await expect(create(storage, owner)).rejects.toMatchObject({ reason: 'QUOTA_EXCEEDED' });
  await expect(usage.setQuota({ quota: { jobsPerDay: 1, storedBytes: 2 ** 60 } }, { owner })).rejects.toMatchObject({
    reason: 'INVALID_ARGUMENT',
    fields: [expect.objectContaining({ field: 'quota.stored_bytes' })],
  });
  await expect(usage.getUsage({})).rejects.toMatchObject({ reason: 'INVALID_ARGUMENT' });
});
