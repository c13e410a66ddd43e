import { createHash, randomBytes } from 'node:crypto';
import { KeyScope, type CreateKeyRequest, type KeyServiceController } from '@beatbot/contracts/storage/v1/keys';
import { type GrpcClient, grpcClient } from '@beatbot/service-kit';
import { newOwner, seconds } from './support/requests';
import { StorageStack, untilReady } from './support/storage-stack';

let stack: StorageStack;
let keys: GrpcClient<KeyServiceController>;

beforeAll(async () => {
  stack = await StorageStack.start('keys');
  const storage = await stack.service();
  await untilReady(storage);
  keys = grpcClient({ package: 'beatbot.storage.v1', service: 'KeyService' }, `127.0.0.1:${storage.service.grpcPort}`);
}, 60_000);
afterAll(async () => {
  keys?.close();
  await stack?.stop();
});

const secret = () => {
  const text = `bbk_${randomBytes(32).toString('base64url')}`;
  return { text, sha256: createHash('sha256').update(text).digest('hex'), hint: text.slice(0, 8) };
};

function request(more: Partial<CreateKeyRequest> = {}): CreateKeyRequest {
  const { sha256, hint } = secret();
  return {
    requestId: randomBytes(8).toString('hex'),
    name: 'of a test',
    scope: KeyScope.KEY_SCOPE_WRITE,
    secret: { sha256, hint },
    expireTime: undefined,
    ...more,
  };
}

const inSeconds = (count: number) => seconds(Date.now() / 1000 + count);

it('keeps a key, finds it by its hash, and notes its use to the minute', async () => {
  const owner = newOwner();
  const { sha256, hint } = secret();
  const { key } = await keys.createKey(request({ secret: { sha256, hint } }), { owner });
  expect(key).toMatchObject({ owner, name: 'of a test', scope: 'KEY_SCOPE_WRITE', hint, lastUseTime: null });
  expect((await keys.verifyKey({ sha256 })).key).toMatchObject({ id: key?.id, owner });
  const [listed] = (await keys.listKeys({}, { owner })).keys;
  expect(listed).toMatchObject({ id: key?.id, lastUseTime: { seconds: expect.any(Number) } });
  await keys.verifyKey({ sha256 });
  expect((await keys.listKeys({}, { owner })).keys[0]?.lastUseTime).toEqual(listed?.lastUseTime);
});

it('keeps no secret: neither in the table nor anywhere else in the database', async () => {
  const owner = newOwner();
  const { text, sha256, hint } = secret();
  await keys.createKey(request({ secret: { sha256, hint } }), { owner });
  const { rows } = await stack.sql().query<{ row: string }>('SELECT row_to_json(api_keys)::text AS row FROM api_keys');
  expect(rows.map(({ row }) => row).join()).toContain(sha256);
  expect(rows.map(({ row }) => row).join()).not.toContain(text);
});

it('makes one key under one request id, and tells which', async () => {
  const owner = newOwner();
  const first = request();
  const { key } = await keys.createKey(first, { owner });
  const repeats = await Promise.allSettled(
    [1, 2, 3].map(() => keys.createKey(request({ requestId: first.requestId }), { owner })),
  );
  for (const repeat of repeats) {
    expect(repeat).toMatchObject({ reason: { reason: 'ALREADY_EXISTS', metadata: { key_id: key?.id } } });
  }
  expect((await keys.listKeys({}, { owner })).keys).toHaveLength(1);
  await keys.createKey(request({ requestId: first.requestId }), { owner: newOwner() });
});

it('takes no secret that another key has', async () => {
  const taken = secret();
  await keys.createKey(request({ secret: taken }), { owner: newOwner() });
  const owner = newOwner();
  await expect(keys.createKey(request({ secret: taken }), { owner })).rejects.toMatchObject({
    reason: 'ALREADY_EXISTS',
  });
  const { key } = await keys.createKey(request(), { owner });
  const rotated = keys.rotateKey({ keyId: key!.id, secret: taken, grace: undefined }, { owner });
  await expect(rotated).rejects.toMatchObject({ reason: 'ALREADY_EXISTS' });
});

it('ends a key at its time, and answers as for one that never was', async () => {
  const owner = newOwner();
  const { sha256, hint } = secret();
  await keys.createKey(request({ secret: { sha256, hint }, expireTime: inSeconds(0.5) }), { owner });
  await keys.verifyKey({ sha256 });
  const never: unknown = await keys.verifyKey({ sha256: secret().sha256 }).catch((error: unknown) => error);
  await new Promise((resolve) => setTimeout(resolve, 600));
  const expired: unknown = await keys.verifyKey({ sha256 }).catch((error: unknown) => error);
  expect(expired).toMatchObject({ reason: 'UNAUTHENTICATED' });
  expect((expired as Error).message).toBe((never as Error).message);
});

it('rotates: the new secret holds, the one before for its grace only', async () => {
  const owner = newOwner();
  const [before, after, last] = [secret(), secret(), secret()];
  const { key } = await keys.createKey(request({ secret: { sha256: before.sha256, hint: before.hint } }), { owner });
  const keyId = key!.id;
  const rotated = await keys.rotateKey({ keyId, secret: after, grace: seconds(0.5) }, { owner });
  expect(rotated.key).toMatchObject({ id: keyId, hint: after.hint, rotateTime: { seconds: expect.any(Number) } });
  expect((await keys.verifyKey({ sha256: before.sha256 })).key?.id).toBe(keyId);
  expect((await keys.verifyKey({ sha256: after.sha256 })).key?.id).toBe(keyId);
  await new Promise((resolve) => setTimeout(resolve, 600));
  await expect(keys.verifyKey({ sha256: before.sha256 })).rejects.toMatchObject({ reason: 'UNAUTHENTICATED' });
  await keys.rotateKey({ keyId, secret: last, grace: undefined }, { owner });
  await expect(keys.verifyKey({ sha256: after.sha256 })).rejects.toMatchObject({ reason: 'UNAUTHENTICATED' });
  expect((await keys.verifyKey({ sha256: last.sha256 })).key?.id).toBe(keyId);
});

it('deletes: the secret holds no more, and the key is not there any more', async () => {
  const owner = newOwner();
  const { sha256, hint } = secret();
  const { key } = await keys.createKey(request({ secret: { sha256, hint } }), { owner });
  await keys.deleteKey({ keyId: key!.id }, { owner });
  await expect(keys.verifyKey({ sha256 })).rejects.toMatchObject({ reason: 'UNAUTHENTICATED' });
  await expect(keys.deleteKey({ keyId: key!.id }, { owner })).rejects.toMatchObject({ reason: 'NOT_FOUND' });
});

it("shows nothing of another owner's keys", async () => {
  const [owner, stranger] = [newOwner(), newOwner()];
  const { key } = await keys.createKey(request(), { owner });
  const keyId = key!.id;
  expect((await keys.listKeys({}, { owner: stranger })).keys).toEqual([]);
  for (const id of [keyId, '00000000-0000-7000-8000-000000000000', 'nobody']) {
    const denied = { reason: 'NOT_FOUND', message: `key ${id} does not exist` };
    await expect(keys.deleteKey({ keyId: id }, { owner: stranger })).rejects.toMatchObject(denied);
    await expect(
      keys.rotateKey({ keyId: id, secret: secret(), grace: undefined }, { owner: stranger }),
    ).rejects.toMatchObject(denied);
  }
  expect((await keys.listKeys({}, { owner })).keys).toHaveLength(1);
});

it('has at most 100 keys of an owner, also when they come at once', async () => {
  const owner = newOwner();
  const made = await Promise.allSettled(Array.from({ length: 105 }, () => keys.createKey(request(), { owner })));
  expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(100);
  expect(made.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { reason: 'QUOTA_EXCEEDED' } });
});

it.each<[string, Partial<CreateKeyRequest>, string]>([
  ['no request id', { requestId: '' }, 'request_id'],
  ['a blank name', { name: '  ' }, 'name'],
  ['no scope', { scope: KeyScope.KEY_SCOPE_UNSPECIFIED }, 'scope'],
  ['no secret', { secret: undefined }, 'secret.sha256'],
  ['a secret in place of its hash', { secret: { sha256: secret().text, hint: 'bbk_' } }, 'secret.sha256'],
  ['a long hint', { secret: { ...secret(), hint: 'x'.repeat(13) } }, 'secret.hint'],
  ['a time gone by', { expireTime: { seconds: 1, nanos: 0 } }, 'expire_time'],
  ['a time beyond the calendar', { expireTime: { seconds: 1e15, nanos: 0 } }, 'expire_time'],
])('refuses a key with %s', async (_name, more, field) => {
  await expect(keys.createKey(request(more), { owner: newOwner() })).rejects.toMatchObject({
    reason: 'INVALID_ARGUMENT',
    fields: expect.arrayContaining([expect.objectContaining({ field })]),
  });
});

it('refuses a call without an owner', async () => {
  await expect(keys.listKeys({})).rejects.toMatchObject({ reason: 'INVALID_ARGUMENT' });
  await expect(keys.createKey(request())).rejects.toMatchObject({ reason: 'INVALID_ARGUMENT' });
});
