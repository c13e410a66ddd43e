import { createHash } from 'node:crypto';
import type { ObjectServiceController } from '@beatbot/contracts/storage/v1/objects';
import { CallContext, grpcClient } from '@beatbot/service-kit';
import { GrpcObjectStore } from '../src/composition/grpc-object-store';
import type { NewObject, ObjectStore } from '../src/composition/object-store';
import { MemoryObjectStore } from './fakes/memory-object-store';
import { startObjectServer } from './fakes/object-server';

interface Subject {
  store: ObjectStore;
  close(): Promise<void>;
}

async function overGrpc(): Promise<Subject> {
  const { service, address } = await startObjectServer();
  const client = grpcClient<ObjectServiceController>(
    { package: 'beatbot.storage.v1', service: 'ObjectService' },
    address,
  );
  return {
    store: new GrpcObjectStore(client),
    close: async () => {
      client.close();
      await service.stop();
    },
  };
}

function object(key: string, bytes: Buffer): NewObject {
  return { key, contentType: 'audio/midi', bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
}

const olga = new CallContext('1', undefined, 'olga');
const otto = new CallContext('2', undefined, 'otto');

describe.each([
  ['in memory', () => Promise.resolve({ store: new MemoryObjectStore(), close: () => Promise.resolve() })],
  ['over gRPC', overGrpc],
])('an object store %s', (_name, open) => {
  let subject: Subject;
  beforeAll(async () => {
    subject = await open();
  });
  afterAll(() => subject.close());

  it.each([0, 1, 65_536, 300_001])('gives back the %i bytes it was given', async (size) => {
    const bytes = Buffer.alloc(size, 'abc');
    await subject.store.put(object(`sizes/${size}`, bytes), olga);
    expect(Buffer.from(await subject.store.get(`sizes/${size}`, 1_000_000, olga)).equals(bytes)).toBe(true);
  });

  it('takes the same bytes again, and refuses others under the same key', async () => {
    await subject.store.put(object('same', Buffer.from('one')), olga);
    await subject.store.put(object('same', Buffer.from('one')), olga);
    await expect(subject.store.put(object('same', Buffer.from('two')), olga)).rejects.toMatchObject({
      reason: 'ALREADY_EXISTS',
    });
  });

  it('keeps owners apart', async () => {
    await subject.store.put(object('mine', Buffer.from('one')), olga);
    await expect(subject.store.get('mine', 100, otto)).rejects.toMatchObject({ reason: 'NOT_FOUND' });
  });

  it('reads no more than it may', async () => {
    await subject.store.put(object('large', Buffer.alloc(5000)), olga);
    await expect(subject.store.get('large', 4999, olga)).rejects.toMatchObject({ reason: 'RESOURCE_EXHAUSTED' });
  });
});
