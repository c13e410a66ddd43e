import { once } from 'node:events';
import WebSocket from 'ws';
import { TwoOwners, type Things } from './two-owners';

interface Operation {
  id: string;
  method: string;
  path: string;
  scope: string;
  /** As it is sent; undefined where there is none. */
  body: string | undefined;
  mediaType: string;
}

interface Document {
  paths: Record<
    string,
    Record<string, { operationId: string; security?: Record<string, string[]>[]; requestBody?: Body }>
  >;
  components: { schemas: Record<string, { examples?: unknown[] }> };
}

interface Body {
  content: Record<string, { schema: { $ref?: string } }>;
}

const SCOPES = ['read', 'write', 'admin', 'operator'];
const OWN_PARAMETERS = /\{(song|job|key|webhook)\}/;

let world: TwoOwners;
let operations: Operation[];
beforeAll(async () => {
  world = await TwoOwners.start();
  operations = operationsOf(await world.api().get<Document>('/openapi.json'));
});
afterAll(() => world.stop());

function operationsOf({ paths, components }: Document): Operation[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, { operationId, security, requestBody }]) => {
      const [[mediaType, { schema }] = ['', { schema: {} }]] = Object.entries(requestBody?.content ?? {});
      const name = schema.$ref?.split('/').at(-1) ?? '';
      return {
        id: operationId,
        method: method.toUpperCase(),
        path,
        scope: security?.[0]?.['bearer']?.[0] ?? 'none',
        body: requestBody && JSON.stringify(components.schemas[name]?.examples?.[0] ?? {}),
        mediaType,
      };
    }),
  );
}

/** What a caller can tell one answer from another by, without what differs in every answer and the ids asked for. */
async function seen(key: string | undefined, operation: Operation, things: Things) {
  const { method, path, body, mediaType } = operation;
  const target = path.replace(/\{(\w+)\}/g, (_all, name: string) =>
    name === 'number' ? '1' : things[name as keyof Things],
  );
  const response = await world.api(key).request(target, {
    method,
    ...(body !== undefined && { body, headers: { 'content-type': mediaType } }),
  });
  const changing = /^(date|x-request-id|ratelimit-|keep-alive|connection|content-length)/;
  const headers = [...response.headers].filter(([name]) => !changing.test(name));
  let text = await response.text();
  for (const id of [things.song, things.job, things.key, things.webhook, things.delivery])
    text = text.replaceAll(id, 'ID');
  return { status: response.status, headers, text: text.replace(/"requestId":"[^"]+"/, '') };
}

describe('every operation of the OpenAPI document', () => {
  it('says which scope it needs', () => {
    expect(operations.length).toBeGreaterThan(30);
    expect(operations.filter(({ scope }) => !SCOPES.includes(scope))).toEqual([]);
  });

  it('answers its owner, so that what follows means something', async () => {
    for (const operation of operations.filter(({ method }) => method === 'GET')) {
      const { status } = await seen(world.keys.admin, operation, world.things);
      expect([operation.id, status]).toEqual([operation.id, 200]);
    }
  });

  it('answers nobody without a key that holds, and all of them alike', async () => {
    const { wrong, expired, revoked } = world.keys;
    for (const operation of operations) {
      const none = await seen(undefined, operation, world.things);
      expect([operation.id, none.status]).toEqual([operation.id, 401]);
      expect(none.text).toContain('"reason":"UNAUTHENTICATED"');
      const [first, ...others] = await Promise.all([
        ...[wrong, expired, revoked].map((key) => seen(key, operation, world.things)),
        seen(wrong, operation, world.nobodys()),
      ]);
      expect([operation.id, first?.status]).toEqual([operation.id, 401]);
      for (const other of others) expect(other).toEqual(first);
      expect(await seen(undefined, operation, world.nobodys())).toEqual(none);
    }
  });

  it("answers another owner's key as if nothing were there", async () => {
    for (const operation of operations.filter(({ path }) => OWN_PARAMETERS.test(path))) {
      const real = await seen(world.keys.stranger, operation, world.things);
      const nothing = await seen(world.keys.stranger, operation, world.nobodys());
      expect([operation.id, real.status]).toEqual([operation.id, 404]);
      expect([operation.id, real]).toEqual([operation.id, nothing]);
    }
  });

  it("lists nothing of another owner's", async () => {
    for (const operation of operations.filter(({ path, method }) => method === 'GET' && !OWN_PARAMETERS.test(path))) {
      const { status, text } = await seen(world.keys.stranger, operation, world.things);
      expect([operation.id, status]).toEqual([operation.id, 200]);
      // seen() writes ID for each id of the first owner.
      expect([operation.id, text.includes('"ID"')]).toEqual([operation.id, false]);
    }
    const usage = await world.api(world.keys.stranger).get<Record<string, unknown>>('/v1/usage');
    expect(usage).toMatchObject({ owner: 'bob', songs: 0, jobsToday: 0, storedBytes: 0 });
  });

  it('refuses a key whose scope is too small before it looks for anything', async () => {
    for (const operation of operations) {
      for (const [scope, key] of [
        ['read', world.keys.read],
        ['write', world.keys.write],
        ['admin', world.keys.admin],
      ] as const) {
        if (SCOPES.indexOf(scope) >= SCOPES.indexOf(operation.scope)) continue;
        const real = await seen(key, operation, world.things);
        expect([operation.id, scope, real.status]).toEqual([operation.id, scope, 403]);
        expect(await seen(key, operation, world.nobodys())).toEqual(real);
      }
    }
  });

  it('has changed nothing by all this', async () => {
    const ann = world.api(world.keys.admin);
    const { song, job, key } = world.things;
    expect(await ann.get(`/v1/songs/${song}`)).toMatchObject({ id: song, latestRevision: 1, tags: [] });
    expect(await ann.get(`/v1/jobs/${job}`)).toMatchObject({ state: 'succeeded' });
    const { keys } = await ann.get<{ keys: { id: string; rotateTime: string | null }[] }>('/v1/keys');
    expect(keys.find(({ id }) => id === key)).toMatchObject({ rotateTime: null });
    expect((await ann.get<{ songs: object[] }>('/v1/songs')).songs).toHaveLength(1);
  });
});

describe('the WebSocket', () => {
  const open = (headers: Record<string, string>, protocols: string[] = []) =>
    new WebSocket(`${world.system.url.replace('http', 'ws')}/v1/events`, protocols, { headers });
  const answer = async (socket: WebSocket, job: string) => {
    const message = once(socket, 'message');
    socket.send(JSON.stringify({ subscribe: job }));
    return String((await message)[0]).replaceAll(job, 'ID');
  };

  it('answers nobody without a key that holds, nor pages of other sites', async () => {
    const { wrong, expired, revoked, read } = world.keys;
    for (const key of [undefined, wrong, expired, revoked])
      await expect(once(open(key ? { authorization: `Bearer ${key}` } : {}), 'open')).rejects.toThrow('401');
    const elsewhere = { authorization: `Bearer ${read}`, origin: 'https://elsewhere.example' };
    await expect(once(open(elsewhere), 'open')).rejects.toThrow('403');
  });

  it("shows its owner's jobs, and another's as if they were not there", async () => {
    const { job } = world.things;
    const own = open({ authorization: `Bearer ${world.keys.read}` });
    await once(own, 'open');
    expect(await answer(own, job)).toContain('"subscribed"');
    own.terminate();
    const stranger = open({}, ['beatbot.v1', `beatbot.bearer.${world.keys.stranger}`]);
    await once(stranger, 'open');
    const real = await answer(stranger, job);
    expect(real).toContain('NOT_FOUND');
    expect(await answer(stranger, world.nobodys().job)).toBe(real);
    stranger.terminate();
  });
});
