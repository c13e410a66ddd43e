import { randomBytes } from 'node:crypto';
import { CreateBucketCommand, ListObjectsV2Command, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { newLocation } from '../src/objects/location';
import { RetentionService } from '../src/retention/retention.service';
import { newOwner, put, seconds } from './support/requests';
import { describeWithS3, S3Server } from './support/s3-server';
import { StorageStack, type StorageProcess, untilReady, untilStatus } from './support/storage-stack';

const Bucket = 'songs';

describeWithS3('storage on S3', () => {
  let stack: StorageStack;
  let server: S3Server;
  let client: S3Client;
  let storage: StorageProcess;
  beforeAll(async () => {
    [server, stack] = await Promise.all([S3Server.start(), StorageStack.start('s3')]);
    client = server.client();
    storage = await stack.service({
      OBJECT_STORE: 's3',
      S3_BUCKET: Bucket,
      S3_ENDPOINT: server.endpoint,
      S3_PREFIX: 'production',
      S3_FORCE_PATH_STYLE: 'true',
      OBJECT_GRACE_HOURS: '2',
    });
  }, 60_000);
  afterAll(async () => {
    await stack?.stop();
    client?.destroy();
    await server?.stop();
  });

  async function keys(): Promise<string[]> {
    const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket }));
    return Contents.map(({ Key = '' }) => Key).sort();
  }

  async function get(owner: string, key: string, offset = 0, length = 0): Promise<Buffer> {
    const chunks: Buffer[] = [];
    for await (const { chunk } of storage.objects.getObject({ key, offset, length }, { owner })) {
      if (chunk) chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  }

  it('is not ready without its bucket, says so, and heals by itself', async () => {
    await untilStatus(storage, 503);
    const state = await (await fetch(`${storage.httpUrl}/readyz`)).json();
    expect(state).toMatchObject({ checks: { objects: expect.stringContaining('there is no bucket songs') } });
    await expect(put(storage, newOwner(), 'a', Buffer.from('x'))).rejects.toMatchObject({
      reason: 'UNAVAILABLE',
      retryAfterMs: 5000,
    });
    await client.send(new CreateBucketCommand({ Bucket }));
    await untilReady(storage);
  });

  it('keeps objects, and hands out URLs of S3', async () => {
    const owner = newOwner();
    const bytes = randomBytes(9 * 1024 * 1024 + 1);
    await put(storage, owner, 'mixes/a.mp3', bytes);
    expect((await get(owner, 'mixes/a.mp3')).equals(bytes)).toBe(true);
    expect((await get(owner, 'mixes/a.mp3', 100_000, 70_000)).equals(bytes.subarray(100_000, 170_000))).toBe(true);
    expect(await keys()).toEqual([expect.stringMatching(/^production\/[0-9a-f]{32}\//)]);
    const request = { key: 'mixes/a.mp3', expiresIn: seconds(60), fileName: 'song.mp3' };
    const { url } = await storage.objects.signObjectUrl(request, { owner });
    expect(new URL(url).origin).toBe(server.endpoint);
    const response = await fetch(url);
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="song.mp3"');
    expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
  });

  it('serves no signed URLs of its own', async () => {
    const response = await fetch(`${storage.httpUrl}/objects/somebody/a?expires=99999999999&signature=x`);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ reason: 'NOT_FOUND', title: 'objects are served by S3, not here' });
  });

  it('sweeps what has no row and what nothing needs', async () => {
    const owner = newOwner();
    await put(storage, owner, 'kept', Buffer.from('kept'));
    await put(storage, owner, 'unused', Buffer.from('unused'));
    const before = await keys();
    await client.send(new PutObjectCommand({ Bucket, Key: 'production/not-ours', Body: 'x' }));
    await client.send(new PutObjectCommand({ Bucket, Key: `production/${newLocation(owner)}`, Body: 'young' }));
    await stack.sql().query(`UPDATE objects SET use_time = use_time - interval '3 hours' WHERE key = 'unused'`);
    const sweep = () => storage.service.app.get(RetentionService, { strict: false }).sweep();
    expect(await sweep()).toMatchObject({ objects: 1, orphans: 0 });
    expect(await keys()).toHaveLength(before.length + 1);
    const inThreeHours = Date.now() + 3 * 3_600_000;
    const now = jest.spyOn(Date, 'now').mockReturnValue(inThreeHours);
    try {
      // The SDK sets its clock by the answers of S3.
      expect(await sweep()).toMatchObject({ orphans: 1 });
    } finally {
      now.mockRestore();
    }
    expect(await keys()).toContain('production/not-ours');
  });
});
