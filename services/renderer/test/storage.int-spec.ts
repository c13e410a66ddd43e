import { createHash, randomBytes } from 'node:crypto';
import type { RenderAssetsResult, RendererServiceController } from '@beatbot/contracts/renderer/v1/renderer';
import type { ObjectServiceController } from '@beatbot/contracts/storage/v1/objects';
import { canonicalBytes } from '@beatbot/music';
import { CallContext, GrpcClient, grpcClient } from '@beatbot/service-kit';
import { FakeObjectStore } from '../src/storage/fake-object-store';
import { GrpcObjectStore } from '../src/storage/grpc-object-store';
import { NewObject, ObjectStore } from '../src/storage/object-store';
import { testScore } from '../../../libs/dsp/src/testing/score';
import { startProcess, startStorage } from './testing/storage';

const ADA = { context: new CallContext('test', undefined, 'ada') };
const BOB = { context: new CallContext('test', undefined, 'bob') };

function file(key: string, bytes: Uint8Array): NewObject {
  return { key, contentType: 'audio/wav', bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
}

describe('with the real storage service', () => {
  let storage: Awaited<ReturnType<typeof startStorage>>;
  let client: GrpcClient<ObjectServiceController>;
  beforeAll(async () => {
    storage = await startStorage();
    client = grpcClient({ package: 'beatbot.storage.v1', service: 'ObjectService' }, storage.address);
  }, 120_000);
  afterAll(async () => {
    client?.close();
    await storage?.stop();
  });

  describe.each<[string, () => ObjectStore]>([
    ['GrpcObjectStore', () => new GrpcObjectStore(client)],
    ['FakeObjectStore', () => new FakeObjectStore()],
  ])('%s', (_, create) => {
    it('gives back what was stored, to its owner', async () => {
      const store = create();
      const object = file('stems/a.wav', randomBytes(700_001));
      const { bytes, ...told } = object;
      expect(await store.put(object, ADA)).toEqual({ ...told, size: 700_001 });
      expect(await store.stat(object.key, ADA)).toEqual({ ...told, size: 700_001 });
      expect(Buffer.from((await store.get(object.key, 700_001, ADA))!).equals(bytes)).toBe(true);
      expect(await store.stat(object.key, BOB)).toBeUndefined();
      expect(await store.get(object.key, 700_001, BOB)).toBeUndefined();
    });

    it('takes the same bytes again, and an empty file', async () => {
      const store = create();
      const object = file('stems/again.wav', randomBytes(10));
      expect(await store.put(object, ADA)).toEqual(await store.put(object, ADA));
      await store.put(file('stems/empty.wav', new Uint8Array(0)), ADA);
      expect((await store.get('stems/empty.wav', 0, ADA))!.length).toBe(0);
    });

    it('refuses other bytes under a used key, a wrong checksum, and more bytes than are wanted', async () => {
      const store = create();
      await store.put(file('stems/b.wav', randomBytes(100)), ADA);
      await expect(store.put(file('stems/b.wav', randomBytes(100)), ADA)).rejects.toMatchObject({
        reason: 'ALREADY_EXISTS',
      });
      await expect(
        store.put({ ...file('stems/c.wav', randomBytes(100)), sha256: 'ab'.repeat(32) }, ADA),
      ).rejects.toMatchObject({ reason: 'CHECKSUM_MISMATCH' });
      expect(await store.stat('stems/c.wav', ADA)).toBeUndefined();
      await expect(store.get('stems/b.wav', 99, ADA)).rejects.toMatchObject({ reason: 'OUT_OF_RANGE' });
    });

    it('knows no object that was not stored', async () => {
      expect(await create().stat('stems/none.wav', ADA)).toBeUndefined();
      expect(await create().get('stems/none.wav', 1, ADA)).toBeUndefined();
    });
  });

  it('renders as a process, and stops at SIGTERM', async () => {
    const renderer = await startProcess('renderer', storage.folder, {
      STORAGE_ADDRESS: storage.address,
      RENDER_SLOTS: '2',
    });
    const rendering = grpcClient<RendererServiceController>(
      { package: 'beatbot.renderer.v1', service: 'RendererService' },
      renderer.address,
    );
    try {
      const score = canonicalBytes(testScore());
      await new GrpcObjectStore(client).put(
        { ...file('scores/test.json', score), contentType: 'application/json' },
        ADA,
      );
      let result: RenderAssetsResult | undefined;
      for await (const event of rendering.renderAssets(
        { scoreKey: 'scores/test.json', formats: ['wav', 'mp3', 'flac'], stemFormat: 'flac', sampleRate: 0 },
        ADA,
      ))
        result = event.result ?? result;
      expect(result!.assets).toHaveLength(8);
      for (const { objectKey, size, sha256 } of result!.assets)
        expect(await new GrpcObjectStore(client).stat(objectKey, ADA)).toMatchObject({ size, sha256 });
    } finally {
      rendering.close();
      await renderer.stop();
    }
  }, 120_000);
});
