import { fromJSON } from '@grpc/proto-loader';
import fc from 'fast-check';
import { Root, Type, type ReflectionObject } from 'protobufjs';
import { join } from 'node:path';
import { grpcLoaderOptions, protoFiles, protoRoot } from '../src';
import { arbitraryMessage } from './arbitrary-message';

const PACKAGES = ['music', 'orchestrator', 'composer', 'renderer', 'storage'].map((name) => `beatbot.${name}.v1`);
const files = PACKAGES.flatMap(protoFiles);

function reflect(): Root {
  const root = new Root();
  root.resolvePath = (_origin, target) => (target.startsWith('google/') ? target : join(protoRoot, target));
  root.loadSync(files, { keepCase: false }).resolveAll();
  return root;
}

function messageTypes(object: ReflectionObject): Type[] {
  const nested = 'nestedArray' in object ? (object as Type).nestedArray.flatMap(messageTypes) : [];
  return object instanceof Type ? [object, ...nested] : nested;
}

const types = messageTypes(reflect()).filter((type) => type.fullName.startsWith('.beatbot.'));

/** proto-loader hands out codecs only for methods, so a message travels in a method made for it. */
function codecOf(type: Type) {
  const root = reflect().toJSON({ keepComments: false });
  const beatbot = root.nested!['beatbot'] as { nested: Record<string, unknown> };
  const name = type.fullName.slice(1);
  beatbot.nested['Probe'] = { methods: { Send: { requestType: name, responseType: name } } };
  const probe = fromJSON(root, grpcLoaderOptions)['beatbot.Probe'] as Record<
    string,
    { requestSerialize(value: object): Buffer; requestDeserialize(bytes: Buffer): object }
  >;
  return probe['Send']!;
}

describe('the contracts', () => {
  it('are all found', () => {
    expect(types.length).toBeGreaterThan(100);
  });

  it.each(types.map((type) => [type.fullName.slice(1), type] as const))('carry every %s unchanged', (_name, type) => {
    const codec = codecOf(type);
    fc.assert(
      fc.property(arbitraryMessage(type), (message) => {
        expect(codec.requestDeserialize(codec.requestSerialize(message))).toEqual(message);
      }),
      { numRuns: 25 },
    );
  });
});
