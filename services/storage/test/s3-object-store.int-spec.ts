import { randomBytes } from 'node:crypto';
import {
  CreateMultipartUploadCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { newLocation } from '../src/objects/location';
import type { SignRequest } from '../src/objects/object-store';
import { S3ObjectStore, type S3Settings } from '../src/objects/s3-object-store';
import { describeObjectStore } from '../src/objects/testing/object-store-conformance';
import { FaultyNetwork } from './support/faulty-network';
import { describeWithS3, S3Server } from './support/s3-server';

const MIB = 1024 * 1024;

describeWithS3('S3', () => {
  let server: S3Server;
  let client: S3Client;
  const stores: S3ObjectStore[] = [];
  const networks: FaultyNetwork[] = [];
  beforeAll(async () => {
    server = await S3Server.start();
    client = server.client();
  });
  afterAll(async () => {
    for (const network of networks) await network.stop();
    for (const store of stores) store.onApplicationShutdown();
    client?.destroy();
    await server?.stop();
  });

  function storeWith(settings: S3Settings): S3ObjectStore {
    const store = new S3ObjectStore(settings);
    stores.push(store);
    return store;
  }

  async function networkToServer(): Promise<FaultyNetwork> {
    const network = await FaultyNetwork.to(server.port);
    networks.push(network);
    return network;
  }

  async function* inPieces(bytes: Uint8Array) {
    for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
  }

  async function collected(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
    const all: Uint8Array[] = [];
    for await (const chunk of chunks) all.push(chunk);
    return Buffer.concat(all);
  }

  async function keysOfUploads(Bucket: string): Promise<(string | undefined)[]> {
    const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket }));
    return Uploads.map(({ Key }) => Key).sort();
  }

  describeObjectStore('S3ObjectStore', async () => storeWith(await server.settings()));

  describe('S3ObjectStore', () => {
    it('uploads long objects in parts, and keeps them as they are', async () => {
      const store = storeWith(await server.settings());
      const bytes = randomBytes(20 * MIB + 3);
      const location = newLocation('somebody');
      const { size } = await store.put(location, inPieces(bytes), { maxBytes: 32 * MIB });
      expect(size).toBe(bytes.length);
      expect((await collected(store.get(location, 0, size))).equals(bytes)).toBe(true);
      const range = await collected(store.get(location, 8 * MIB - 5, 10));
      expect(range.equals(bytes.subarray(8 * MIB - 5, 8 * MIB + 5))).toBe(true);
    });

    it('leaves no parts of a long upload that fails', async () => {
      const settings = await server.settings();
      const store = storeWith(settings);
      async function* failing() {
        yield* inPieces(randomBytes(12 * MIB));
        throw new Error('the sender has gone');
      }
      const location = newLocation('somebody');
      await expect(store.put(location, failing(), { maxBytes: 32 * MIB })).rejects.toThrow('the sender has gone');
      const wrong = { sha256: '0'.repeat(64), maxBytes: 32 * MIB };
      await expect(store.put(location, inPieces(randomBytes(12 * MIB)), wrong)).rejects.toMatchObject({
        reason: 'CHECKSUM_MISMATCH',
      });
      expect(await store.stat(location)).toBeUndefined();
      expect(await keysOfUploads(settings.S3_BUCKET)).toEqual([]);
    });

    it('reads no more of its source than the parts under way, and closes it', async () => {
      const network = await networkToServer();
      network.silent = true;
      const silence = { S3_ENDPOINT: network.endpoint, S3_REQUEST_TIMEOUT_MS: 500, S3_MAX_ATTEMPTS: 1 };
      const store = storeWith({ ...(await server.settings()), ...silence });
      let read = 0;
      let closed = false;
      async function* source() {
        try {
          for (;;) {
            read += 65_536;
            yield Buffer.alloc(65_536);
          }
        } finally {
          closed = true;
        }
      }
      await expect(store.put(newLocation('somebody'), source(), { maxBytes: 2 ** 31 })).rejects.toMatchObject({
        reason: 'UNAVAILABLE',
        message: expect.stringContaining('S3 does not answer (ETIMEDOUT)'),
        retryAfterMs: 5000,
      });
      expect(read).toBeGreaterThan(8 * MIB);
      expect(read).toBeLessThan(25 * MIB);
      expect(closed).toBe(true);
    });

    it('takes up a read where its connection broke, and gives up where no byte comes', async () => {
      const network = await networkToServer();
      const settings = { ...(await server.settings()), S3_ENDPOINT: network.endpoint, S3_MAX_ATTEMPTS: 1 };
      const store = storeWith(settings);
      const bytes = randomBytes(3 * MIB);
      const location = newLocation('somebody');
      await store.put(location, inPieces(bytes), { maxBytes: 4 * MIB });
      network.connections = 0;
      network.cutAfterBytes = MIB;
      expect((await collected(store.get(location, 0, bytes.length))).equals(bytes)).toBe(true);
      expect(network.connections).toBeGreaterThan(1);
      await network.stop();
      await expect(collected(store.get(location, 0, bytes.length))).rejects.toMatchObject({ reason: 'UNAVAILABLE' });
    });

    it('aborts old uploads of its own, and touches nothing else in the bucket', async () => {
      const settings = await server.settings();
      const { S3_BUCKET: Bucket, S3_PREFIX } = settings;
      const store = storeWith(settings);
      const [ours, foreign] = [newLocation('somebody'), newLocation('somebody')];
      for (const Key of [S3_PREFIX + ours, foreign, `${S3_PREFIX}else`]) {
        await client.send(new CreateMultipartUploadCommand({ Bucket, Key }));
        await client.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }));
      }
      expect(await store.removeLeftovers(new Date(Date.now() - 60_000))).toBe(0);
      expect(await store.removeLeftovers(new Date(Date.now() + 60_000))).toBe(1);
      expect(await keysOfUploads(Bucket)).toEqual([foreign, `${S3_PREFIX}else`].sort());
      const listed: string[] = [];
      for await (const { location } of store.list()) listed.push(location);
      expect(listed).toEqual([ours]);
      expect((await client.send(new ListObjectsV2Command({ Bucket }))).KeyCount).toBe(3);
    });

    it('lists more than one page', async () => {
      const store = storeWith(await server.settings());
      const all = Array.from({ length: 1005 }, () => newLocation('somebody'));
      for (let at = 0; at < all.length; at += 50) {
        const some = all.slice(at, at + 50);
        await Promise.all(some.map((location) => store.put(location, inPieces(Buffer.from('x')), { maxBytes: 1 })));
      }
      const listed: string[] = [];
      for await (const { location } of store.list()) listed.push(location);
      expect(listed.sort()).toEqual(all.sort());
    });

    it('takes no location but its own', async () => {
      const store = storeWith(await server.settings());
      for (const location of ['../secret', '', `${newLocation('a')}/..`]) {
        await expect(store.put(location, inPieces(Buffer.from('x')), { maxBytes: 9 })).rejects.toThrow(
          'not a location',
        );
        await expect(store.stat(location)).rejects.toThrow('not a location');
        await expect(store.delete(location)).rejects.toThrow('not a location');
        await expect(collected(store.get(location, 0, 1))).rejects.toThrow('not a location');
      }
    });
  });

  describe('URLs signed by S3ObjectStore', () => {
    const bytes = randomBytes(1000);
    let settings: S3Settings;
    let store: S3ObjectStore;
    let request: SignRequest;
    beforeAll(async () => {
      settings = await server.settings();
      store = storeWith(settings);
      const location = newLocation('somebody');
      await store.put(location, inPieces(bytes), { maxBytes: 1000 });
      request = {
        owner: 'somebody',
        key: 'mixes/a.mp3',
        location,
        contentType: 'audio/mpeg',
        fileName: 'Żółw.mp3',
        expireTime: new Date(Date.now() + 60_000),
      };
    });

    it('give the bytes, their type, and the name to save them under', async () => {
      const whole = await fetch(await store.sign(request));
      expect(whole.status).toBe(200);
      expect(Buffer.from(await whole.arrayBuffer()).equals(bytes)).toBe(true);
      expect(whole.headers.get('content-type')).toBe('audio/mpeg');
      expect(whole.headers.get('content-disposition')).toBe(
        `attachment; filename="???w.mp3"; filename*=UTF-8''%C5%BB%C3%B3%C5%82w.mp3`,
      );
      expect(whole.headers.get('cache-control')).toBe('private, max-age=60, immutable');
      const part = await fetch(await store.sign({ ...request, fileName: '' }), { headers: { range: 'bytes=10-19' } });
      expect(part.status).toBe(206);
      expect(part.headers.get('content-disposition')).toBe('attachment; filename="a.mp3"');
      expect(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(10, 20))).toBe(true);
    });

    it('are refused when changed, used to write, or late', async () => {
      const url = await store.sign(request);
      const status = async (changed: string, init?: RequestInit) => (await fetch(changed, init)).status;
      expect(await status(url.replace(/X-Amz-Expires=\d+/, 'X-Amz-Expires=99999'))).toBe(403);
      expect(await status(url.replace(request.location, newLocation('somebody')))).toBe(403);
      expect(await status(url, { method: 'PUT', body: 'x' })).toBe(403);
      const ended = await store.sign({ ...request, expireTime: new Date(Date.now() - 1000) });
      expect(await status(ended)).toBe(403);
    });

    it('last up to 7 days, and point to the public endpoint', async () => {
      const week = { ...request, expireTime: new Date(Math.ceil((Date.now() + 7 * 86_400_000) / 1000) * 1000) };
      expect((await fetch(await store.sign(week))).status).toBe(200);
      const abroad = storeWith({ ...settings, S3_PUBLIC_ENDPOINT: 'https://files.example.org' });
      const url = new URL(await abroad.sign(request));
      expect(url.origin + url.pathname).toBe(
        `https://files.example.org/${settings.S3_BUCKET}/${settings.S3_PREFIX}${request.location}`,
      );
    });
  });

  describe('an S3 that cannot be used', () => {
    const refused = (text: string) => ({ reason: 'UNAVAILABLE', message: expect.stringContaining(text) });
    const putTo = (store: S3ObjectStore) =>
      store.put(newLocation('somebody'), inPieces(Buffer.from('x')), { maxBytes: 9 });

    it('has no such bucket', async () => {
      const store = storeWith({ ...(await server.settings()), S3_BUCKET: 'nowhere' });
      const error = refused('there is no bucket nowhere (S3_BUCKET)');
      await expect(store.checkWritable()).rejects.toMatchObject(error);
      await expect(putTo(store)).rejects.toMatchObject(error);
      await expect(collected(store.get(newLocation('somebody'), 0, 1))).rejects.toMatchObject(error);
      await expect(store.list()[Symbol.asyncIterator]().next()).rejects.toMatchObject(error);
      await expect(store.removeLeftovers(new Date())).rejects.toMatchObject(error);
    });

    it('does not know these credentials', async () => {
      const store = storeWith(await server.settings());
      const known = process.env['AWS_SECRET_ACCESS_KEY'];
      process.env['AWS_SECRET_ACCESS_KEY'] = 'another secret';
      try {
        await expect(store.checkWritable()).rejects.toMatchObject(refused('S3 refuses access to bucket'));
      } finally {
        process.env['AWS_SECRET_ACCESS_KEY'] = known;
      }
      await expect(putTo(store)).rejects.toMatchObject(refused('(SignatureDoesNotMatch)'));
    });

    it('is in another region', async () => {
      const store = storeWith({ ...(await server.settings()), S3_REGION: 'eu-west-1' });
      await expect(putTo(store)).rejects.toMatchObject(refused('is in another region (S3_REGION'));
    });

    it('falls silent: the check does not wait for it', async () => {
      const network = await networkToServer();
      network.silent = true;
      const store = storeWith({ ...(await server.settings()), S3_ENDPOINT: network.endpoint });
      await expect(store.checkWritable()).rejects.toMatchObject(refused('S3 does not answer'));
    });

    it('is away, and comes back', async () => {
      const store = storeWith(await server.settings());
      await store.checkWritable();
      await server.halt();
      await expect(store.checkWritable()).rejects.toMatchObject(refused('S3 does not answer (ECONN'));
      await expect(putTo(store)).rejects.toMatchObject(refused('S3 does not answer (ECONN'));
      await server.run();
      await store.checkWritable();
      await putTo(store);
    });
  });
});
