import { createHash } from 'node:crypto';
import {
  type Client,
  credentials,
  type GrpcObject,
  loadPackageDefinition,
  Metadata,
  type MethodDefinition,
  type ServiceClientConstructor,
  type ServiceError,
  status,
} from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { grpcLoaderOptions, protoFiles } from '@beatbot/contracts';
import type { ServiceName } from '@beatbot/local-stack';
import { TwoOwners, type Things } from './two-owners';

interface Method {
  name: string;
  service: ServiceName;
  definition: MethodDefinition<object, object>;
  fields: string[];
  client: Client;
}

const DEADLINE_MS = 120_000;
const SERVICES = ['orchestrator', 'composer', 'renderer', 'storage'] as const;

/** Fields that name what has an owner. */
const NAMING = [
  'song_id',
  'job_id',
  'key_id',
  'webhook_id',
  'delivery_id',
  'key',
  'score_key',
  'revision_request',
  'revision',
];
/** A worker proves by its fencing number that a job is its own to run; these calls have no owner. */
const OF_WORKERS = /fencing_number|worker_id/;
/** Names a thing in a message within the request. */
const NESTED = ['UpdateSong', 'PutObject'];

const secret = { sha256: createHash('sha256').update('another').digest('hex'), hint: 'bbk_anot' };

/** A value for each field of requests, such that what is asked for is looked up. */
function valuesOf(things: Things): Record<string, unknown> {
  return {
    song_id: things.song,
    job_id: things.job,
    key_id: things.key,
    webhook_id: things.webhook,
    delivery_id: things.delivery,
    url: 'http://127.0.0.1:1/nobody',
    key: things.objectKey,
    score_key: things.scoreKey,
    song: { id: things.song, title: 'another', tags: [] },
    update_mask: ['title'],
    number: 1,
    request_id: crypto.randomUUID(),
    revision_request: revisionRequest(things),
    revision: revisionRequest(things),
    secret,
    ...composed,
    format: 'wav',
    formats: ['wav'],
    stem_format: 'wav',
    expires_in: { seconds: 60, nanos: 0 },
    edits: [{ transpose: { semitones: 1, trackIds: [], sectionIds: [] } }],
  };
}

function revisionRequest({ song: songId }: Things): object {
  return { songId, baseRevision: 0, edits: [{ transpose: { semitones: 1 } }], formats: ['wav'], stemFormat: 'wav' };
}

let world: TwoOwners;
let methods: Method[];
/** What was made of the prompt. */
let composed: { brief?: object; plan?: object } = {};
const clients: Client[] = [];

beforeAll(async () => {
  world = await TwoOwners.start();
  methods = SERVICES.flatMap(methodsOf);
  // The keys of objects are told inside only.
  const { revision } = (await called(method('GetRevision'), { songId: world.things.song, number: 1 }, 'ann')) as {
    revision: { scoreKey: string; brief: object; plan: object; assets: { name: string; objectKey: string }[] };
  };
  composed = { brief: revision.brief, plan: revision.plan };
  const mix = revision.assets.find(({ name }) => name === 'mix.wav');
  Object.assign(world.things, { scoreKey: revision.scoreKey, objectKey: mix?.objectKey });
});
afterAll(async () => {
  for (const client of clients) client.close();
  await world?.stop();
});

function methodsOf(service: ServiceName): Method[] {
  const definition = loadSync(protoFiles(`beatbot.${service}.v1`), grpcLoaderOptions);
  const loaded = loadPackageDefinition(definition);
  const address = `127.0.0.1:${world.system.stack.addresses.ports[service].grpc}`;
  return Object.entries(definition).flatMap(([fullName, entry]) => {
    if ('format' in entry || !fullName.startsWith(`beatbot.${service}.`)) return [];
    const Constructor = fullName
      .split('.')
      .reduce<GrpcObject | GrpcObject[string]>((node, part) => (node as GrpcObject)[part]!, loaded);
    const client = new (Constructor as ServiceClientConstructor)(address, credentials.createInsecure());
    clients.push(client);
    return Object.entries(entry).map(([name, found]) => ({
      name,
      service,
      definition: found as MethodDefinition<object, object>,
      fields: (found.requestType.type as { field: { name: string }[] }).field.map(({ name }) =>
        name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      ),
      client,
    }));
  });
}

function method(name: string): Method {
  const found = methods.find((candidate) => candidate.name === name && candidate.service === 'storage');
  if (!found) throw new Error(`there is no ${name}`);
  return found;
}

/** The answer, or of a stream how many messages it had. */
function called({ definition, client }: Method, request: object, owner?: string): Promise<unknown> {
  const metadata = new Metadata();
  if (owner !== undefined) metadata.set('x-beatbot-owner', owner);
  const { path, requestSerialize, responseDeserialize, requestStream, responseStream } = definition;
  const options = { deadline: Date.now() + DEADLINE_MS };
  return new Promise((resolve, reject) => {
    const done = (error: ServiceError | null, answer?: object) => (error ? reject(error) : resolve(answer));
    if (responseStream) {
      const call = client.makeServerStreamRequest(
        path,
        requestSerialize,
        responseDeserialize,
        request,
        metadata,
        options,
      );
      let messages = 0;
      call.on('data', () => messages++);
      call.on('error', reject);
      call.on('end', () => resolve({ messages }));
    } else if (requestStream) {
      const call = client.makeClientStreamRequest(path, requestSerialize, responseDeserialize, metadata, options, done);
      call.end(request);
    } else {
      client.makeUnaryRequest(path, requestSerialize, responseDeserialize, request, metadata, options, done);
    }
  });
}

function requestOf({ fields }: Method, things: Things): object {
  const values = valuesOf(things);
  const camel = (name: string) => name.replace(/_([a-z])/g, (_all, letter: string) => letter.toUpperCase());
  return Object.fromEntries(fields.filter((name) => name in values).map((name) => [camel(name), values[name]]));
}

/** How a call ends, with the ids asked for written as ID. */
async function outcome(target: Method, things: Things, owner?: string): Promise<string> {
  let text: string;
  try {
    text = `answered: ${JSON.stringify(await called(target, requestOf(target, things), owner))}`;
  } catch (error) {
    const { code, details } = error as ServiceError;
    text = `${status[code]}: ${details}`;
  }
  for (const id of Object.values(things)) if (id.length > 8) text = text.replaceAll(id, 'ID');
  return text;
}

const namesThings = ({ name, fields }: Method) =>
  !OF_WORKERS.test(fields.join()) &&
  name !== 'PutObject' &&
  (NESTED.includes(name) || fields.some((field) => NAMING.includes(field)));

describe('every method that names what has an owner', () => {
  it('is known to this test', () => {
    const names = methods.filter(namesThings).map(({ service, name }) => `${service} ${name}`);
    expect(names.length).toBeGreaterThanOrEqual(25);
    const others = methods.filter((candidate) => !namesThings(candidate)).map(({ name }) => name);
    expect([...new Set(others)].sort()).toEqual(
      [
        // Name nothing, or what the caller brings along.
        ...[
          'CreateSong',
          'CreateKey',
          'ListKeys',
          'CreateWebhook',
          'ListWebhooks',
          'ListSongs',
          'ListStyles',
          'ListInstruments',
          'GetCapabilities',
          'ImportSongs',
        ],
        ...['Interpret', 'ProducePlan', 'Compose', 'GetUsage', 'SetQuota', 'VerifyKey', 'PutObject'],
        // Of workers.
        ...['ClaimJob', 'Heartbeat', 'AppendJobEvent', 'ReleaseJob', 'AwaitApproval', 'FinishJob'],
      ].sort(),
    );
  });

  it('answers another owner as if nothing were there, also after its owner has asked', async () => {
    for (const target of methods.filter(namesThings)) {
      const label = `${target.service} ${target.name}`;
      if (/^(Get|List|Stat|Sign|Watch|Export|Render$)/.test(target.name)) {
        expect([label, await outcome(target, world.things, 'ann')]).toEqual([
          label,
          expect.stringMatching(/^answered/),
        ]);
      }
      const real = await outcome(target, world.things, 'bob');
      const nothing = await outcome(target, world.nobodys(), 'bob');
      expect([label, real]).toEqual([label, nothing]);
      if (target.name === 'ListJobs') continue;
      expect([label, real]).toEqual([label, expect.stringMatching(/^NOT_FOUND/)]);
    }
  });

  it('asks for an owner', async () => {
    for (const target of methods.filter(namesThings)) {
      const label = `${target.service} ${target.name}`;
      const refused = expect.stringMatching(/^(INVALID_ARGUMENT|UNAUTHENTICATED): .*x-beatbot-owner/);
      expect([label, await outcome(target, world.things)]).toEqual([label, refused]);
    }
  });

  it("has not touched the first owner's song by all this", async () => {
    const ann = world.api(world.keys.admin);
    expect(await ann.get(`/v1/songs/${world.things.song}`)).toMatchObject({ latestRevision: 1 });
    const { jobs } = await ann.get<{ jobs: { state: string }[] }>('/v1/jobs');
    expect(jobs.map(({ state }) => state)).toEqual(['succeeded']);
  });
});
