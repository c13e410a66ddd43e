import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PutObjectHeader } from '@beatbot/contracts/storage/v1/objects';
import request from 'supertest';
import { newOwner, seconds } from './support/requests';
import { StorageStack, type StorageProcess, untilReady } from './support/storage-stack';

let stack: StorageStack;
let storage: StorageProcess;

beforeAll(async () => {
  stack = await StorageStack.start('objects');
  storage = await stack.service({ OBJECT_MAX_BYTES: String(8 * 1024 * 1024) });
  await untilReady(storage);
}, 60_000);
afterAll(() => stack?.stop());

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

async function put(owner: string, key: string, bytes: Buffer, header: Partial<PutObjectHeader> = {}, to = storage) {
  async function* parts() {
    yield { header: { key, contentType: 'audio/mpeg', sha256: '', ...header } };
    for (let at = 0; at < bytes.length; at += 65_536) yield { chunk: bytes.subarray(at, at + 65_536) };
  }
  return (await to.objects.putObject(parts(), { owner })).object;
}

async function get(owner: string, key: string, offset = 0, length = 0) {
  const chunks: Buffer[] = [];
  let header;
  for await (const part of storage.objects.getObject({ key, offset, length }, { owner })) {
    if (part.chunk) chunks.push(part.chunk);
    else header = part.header;
  }
  expect(Math.max(0, ...chunks.map((chunk) => chunk.length))).toBeLessThanOrEqual(65_536);
  return { header, bytes: Buffer.concat(chunks) };
}

async function filesOf(): Promise<string[]> {
  return readdirSync(stack.objectFolder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('probe-') && entry.name !== '.beatbot-objects')
    .map(({ name }) => name);
}

async function urlOf(owner: string, key: string, expiresIn = 60, fileName = ''): Promise<string> {
  const { url } = await storage.objects.signObjectUrl({ key, expiresIn: seconds(expiresIn), fileName }, { owner });
  return url.replace('http://127.0.0.1:1', storage.httpUrl);
}

describe('objects', () => {
  it('come back byte by byte, whole and in ranges', async () => {
    const owner = newOwner();
    const bytes = randomBytes(300_001);
    const info = await put(owner, 'stems/ab.wav', bytes, { size: bytes.length, sha256: sha256(bytes) });
    expect(info).toMatchObject({
      key: 'stems/ab.wav',
      size: bytes.length,
      sha256: sha256(bytes),
      contentType: 'audio/mpeg',
    });
    expect(await storage.objects.statObject({ key: 'stems/ab.wav' }, { owner })).toEqual({ object: info });
    const whole = await get(owner, 'stems/ab.wav');
    expect(whole.header).toEqual(info);
    expect(whole.bytes.equals(bytes)).toBe(true);
    expect((await get(owner, 'stems/ab.wav', 100_000, 70_000)).bytes.equals(bytes.subarray(100_000, 170_000))).toBe(
      true,
    );
    expect((await get(owner, 'stems/ab.wav', 300_000, 99)).bytes.equals(bytes.subarray(300_000))).toBe(true);
    await expect(get(owner, 'stems/ab.wav', 300_001)).rejects.toMatchObject({
      reason: 'RANGE_NOT_SATISFIABLE',
      grpcCode: 11,
    });
    await put(owner, 'empty', Buffer.alloc(0));
    expect((await get(owner, 'empty')).bytes).toHaveLength(0);
  });

  it('are immutable: equal bytes are fine, others are refused, and no second copy stays', async () => {
    const owner = newOwner();
    const first = await put(owner, 'a', Buffer.from('bytes'));
    const files = await filesOf();
    expect(await put(owner, 'a', Buffer.from('bytes'))).toEqual(first);
    await expect(put(owner, 'a', Buffer.from('other'))).rejects.toMatchObject({
      reason: 'ALREADY_EXISTS',
      grpcCode: 6,
    });
    await expect(put(owner, 'a', Buffer.from('bytes'), { sha256: sha256(Buffer.from('x')) })).rejects.toMatchObject({
      reason: 'CHECKSUM_MISMATCH',
    });
    expect(await filesOf()).toEqual(files);
  });

  it('settle races for one key: all equal ones succeed, of different ones exactly one', async () => {
    const owner = newOwner();
    const equal = await Promise.all(Array.from({ length: 8 }, () => put(owner, 'equal', Buffer.from('same'))));
    expect(new Set(equal.map((object) => JSON.stringify(object))).size).toBe(1);
    const other = await Promise.allSettled(
      Array.from({ length: 8 }, (_, i) => put(owner, 'other', Buffer.from(`bytes ${i}`))),
    );
    const won = other.flatMap((result, i) => (result.status === 'fulfilled' ? [`bytes ${i}`] : []));
    expect(won).toHaveLength(1);
    expect((await get(owner, 'other')).bytes.toString()).toBe(won[0]);
    const { rows } = await stack.sql().query<{ count: string }>('SELECT count(*) FROM objects');
    expect(await filesOf()).toHaveLength(Number(rows[0]?.count));
  });

  it('belong to their owner', async () => {
    const [ann, bob] = [newOwner(), newOwner()];
    await put(ann, 'mine', Buffer.from('ann'));
    await expect(storage.objects.statObject({ key: 'mine' }, { owner: bob })).rejects.toMatchObject({
      reason: 'NOT_FOUND',
      grpcCode: 5,
    });
    await expect(get(bob, 'mine')).rejects.toMatchObject({ reason: 'NOT_FOUND' });
    await put(bob, 'mine', Buffer.from('bob'));
    expect((await get(ann, 'mine')).bytes.toString()).toBe('ann');
    await expect(storage.objects.statObject({ key: 'mine' })).rejects.toMatchObject({ reason: 'INVALID_ARGUMENT' });
  });

  it.each(['../x', '/x', 'x/', 'a//b', 'a/../b', './a', '.', 'A', 'ü', 'a b', 'a\0b', '', 'x'.repeat(201)])(
    'refuse the key %j',
    async (key) => {
      const owner = newOwner();
      const field = (name: string) => ({ reason: 'INVALID_ARGUMENT', fields: [{ field: name }] });
      await expect(put(owner, key, Buffer.from('x'))).rejects.toMatchObject(field('header.key'));
      await expect(get(owner, key)).rejects.toMatchObject(field('key'));
      await expect(
        storage.objects.signObjectUrl({ key, expiresIn: seconds(9), fileName: '' }, { owner }),
      ).rejects.toMatchObject(field('key'));
    },
  );

  it('leave nothing of a put that is wrong, too long, or whose sender has gone', async () => {
    const owner = newOwner();
    const before = await filesOf();
    const bytes = Buffer.from('0123456789');
    await expect(put(owner, 'wrong', bytes, { size: 11 })).rejects.toMatchObject({ reason: 'CHECKSUM_MISMATCH' });
    await expect(put(owner, 'wrong', bytes, { sha256: '0'.repeat(64) })).rejects.toMatchObject({
      reason: 'CHECKSUM_MISMATCH',
    });
    await expect(put(owner, 'wrong', Buffer.alloc(9 * 1024 * 1024))).rejects.toMatchObject({
      reason: 'PAYLOAD_TOO_LARGE',
    });
    async function* leaving() {
      yield { header: { key: 'wrong', contentType: 'audio/mpeg', sha256: '' } };
      yield { chunk: bytes };
      throw new Error('gone');
    }
    await expect(storage.objects.putObject(leaving(), { owner })).rejects.toThrow('gone');
    async function* headless() {
      yield { chunk: bytes };
    }
    await expect(storage.objects.putObject(headless(), { owner })).rejects.toMatchObject({
      reason: 'INVALID_ARGUMENT',
      fields: [{ field: 'header' }],
    });
    async function* twice() {
      yield { header: { key: 'wrong', contentType: 'audio/mpeg', sha256: '' } };
      yield { header: { key: 'wrong', contentType: 'audio/mpeg', sha256: '' } };
    }
    await expect(storage.objects.putObject(twice(), { owner })).rejects.toMatchObject({
      reason: 'INVALID_ARGUMENT',
      fields: [{ field: 'part' }],
    });
    await expect(storage.objects.statObject({ key: 'wrong' }, { owner })).rejects.toMatchObject({
      reason: 'NOT_FOUND',
    });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await filesOf()).toEqual(before);
  });

  it('stop being read when the reader leaves, and flow no faster than it reads', async () => {
    const owner = newOwner();
    await put(owner, 'long', Buffer.alloc(8 * 1024 * 1024, 1));
    let chunks = 0;
    for await (const part of storage.objects.getObject({ key: 'long', offset: 0, length: 0 }, { owner })) {
      if (part.chunk && ++chunks === 2) break;
    }
    expect(chunks).toBe(2);
  });
});

describe('signed URLs', () => {
  it('serve the object with its type, tag and name, whole and in ranges', async () => {
    const owner = `${newOwner()}|a/b@c`;
    const bytes = randomBytes(100_000);
    await put(owner, 'mixes/a.mp3', bytes);
    const url = await urlOf(owner, 'mixes/a.mp3', 60, 'Żółw.mp3');
    const whole = await fetch(url);
    expect(whole.status).toBe(200);
    expect(Buffer.from(await whole.arrayBuffer()).equals(bytes)).toBe(true);
    const header = (name: string) => whole.headers.get(name);
    expect(header('content-type')).toBe('audio/mpeg');
    expect(header('content-length')).toBe('100000');
    expect(header('etag')).toBe(`"${sha256(bytes)}"`);
    expect(header('accept-ranges')).toBe('bytes');
    expect(header('content-disposition')).toBe(
      `attachment; filename="?ó?w.mp3"; filename*=UTF-8''%C5%BB%C3%B3%C5%82w.mp3`,
    );

    const part = await fetch(url, { headers: { range: 'bytes=10-19' } });
    expect([part.status, part.headers.get('content-range')]).toEqual([206, 'bytes 10-19/100000']);
    expect(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(10, 20))).toBe(true);
    const tail = await fetch(url, { headers: { range: 'bytes=-5' } });
    expect(Buffer.from(await tail.arrayBuffer()).equals(bytes.subarray(99_995))).toBe(true);
    const beyond = await fetch(url, { headers: { range: 'bytes=100000-' } });
    expect([
      beyond.status,
      beyond.headers.get('content-range'),
      ((await beyond.json()) as { reason: string }).reason,
    ]).toEqual([416, 'bytes */100000', 'RANGE_NOT_SATISFIABLE']);
    // Not by fetch, which adds `Cache-Control: no-cache`.
    await request(url)
      .get('')
      .set('If-None-Match', `"${sha256(bytes)}"`)
      .expect(304);
    const changed = await fetch(url, { headers: { range: 'bytes=0-1', 'if-range': '"other"' } });
    expect(changed.status).toBe(200);
    await changed.body?.cancel();
    const head = await fetch(url, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length')]).toEqual([200, '100000']);
  });

  it('refuse what was changed or has expired, with problem+json', async () => {
    const owner = newOwner();
    await put(owner, 'a', Buffer.from('bytes'));
    const url = await urlOf(owner, 'a', 1);
    const refused = async (changed: string) => {
      const response = await fetch(changed);
      expect([response.status, response.headers.get('content-type')]).toEqual([
        403,
        'application/problem+json; charset=utf-8',
      ]);
      expect(await response.json()).toMatchObject({ status: 403, reason: 'PERMISSION_DENIED' });
    };
    await refused(url.replace('/a?', '/b?'));
    await refused(url.replace(owner, newOwner()));
    await refused(url.replace(/expires=\d+/, 'expires=99999999999'));
    await refused(`${url}&name=x.exe`);
    await refused(url.replace(/signature=.*/, ''));
    // Nor is what is not there told from what is.
    await refused(url.replace('/a?', '/never-stored?'));
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH']) expect((await fetch(url, { method })).status).toBe(404);
    const { searchParams } = new URL(url);
    await refused(url.replace(/[?].*/, `?expires=${searchParams.get('expires')}&signature=${'A'.repeat(43)}`));
    await refused(`${url}&signature=${'A'.repeat(43)}`);
    await new Promise((resolve) => setTimeout(resolve, 2100));
    await refused(url);
  });

  it('need an object and a time from 1 s to 7 days', async () => {
    const owner = newOwner();
    await expect(urlOf(owner, 'nothing')).rejects.toMatchObject({ reason: 'NOT_FOUND' });
    await put(owner, 'a', Buffer.from('bytes'));
    for (const expiresIn of [0, 0.5, 7 * 86_400 + 1, -5]) {
      await expect(urlOf(owner, 'a', expiresIn)).rejects.toMatchObject({
        fields: [{ field: 'expires_in', allowed: '1 s to 604800 s' }],
      });
    }
    const { expireTime } = await storage.objects.signObjectUrl(
      { key: 'a', expiresIn: seconds(7 * 86_400), fileName: '' },
      { owner },
    );
    expect((expireTime?.seconds ?? 0) * 1000 - Date.now()).toBeGreaterThan(7 * 86_400_000 - 5000);
  });
});

describe('a folder that cannot be written to', () => {
  it('makes the service not ready, and puts UNAVAILABLE', async () => {
    const file = join(stack.folder, 'no-folder');
    writeFileSync(file, '');
    const other = await stack.service({ OBJECT_STORE_PATH: file });
    await stack.sql().query('SELECT 1');
    await new Promise((resolve) => setTimeout(resolve, 500));
    const response = await fetch(`${other.httpUrl}/readyz`);
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({
      checks: { postgres: 'ok', objects: expect.stringContaining('cannot be used') },
    });
    await expect(put(newOwner(), 'a', Buffer.from('x'), {}, other)).rejects.toMatchObject({
      reason: 'UNAVAILABLE',
      retryAfterMs: 5000,
    });
    await other.stop();
  });
});
