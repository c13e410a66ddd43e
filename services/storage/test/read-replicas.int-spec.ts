import { setTimeout as sleep } from 'node:timers/promises';
import { FaultyNetwork } from './support/faulty-network';
import { Replica } from './support/replica';
import { claimRequest, create, finish, newOwner, songRequest } from './support/requests';
import { StorageStack, type StorageProcess, untilReady } from './support/storage-stack';

const LAG_MS = 1000;
jest.setTimeout(120_000);

let stack: StorageStack;
let replica: Replica;
/** On the replica, which may be a little behind. */
let storage: StorageProcess;
/** On the replica, which may be far behind. */
let patient: StorageProcess;

beforeAll(async () => {
  stack = await StorageStack.start('replicas');
  // The schema is there before the copy.
  const first = await stack.service();
  await untilReady(first);
  await first.stop();
  replica = await Replica.of(stack, 'replica');
  storage = await reading(replica.url, LAG_MS);
  patient = await reading(replica.url, 60_000);
});
afterAll(async () => {
  await replica?.stop();
  await stack?.stop();
});

async function reading(urls: string, lagMs: number): Promise<StorageProcess> {
  const started = await stack.service({
    DATABASE_REPLICA_URLS: urls,
    DATABASE_REPLICA_MAX_LAG_MS: String(lagMs),
  });
  await untilReady(started);
  return started;
}

async function metric(of: StorageProcess, line: RegExp): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${of.service.metricsPort}/metrics`)).text();
  return Number(line.exec(text)?.[1]?.replace('+Inf', 'Infinity') ?? 0);
}
const readsOf = (of: StorageProcess, server: 'replica' | 'primary') =>
  metric(of, new RegExp(`^storage_stale_reads_total{[^}]*server="${server}"[^}]*} (\\S+)`, 'm'));
const lagOf = (of: StorageProcess) => metric(of, /^storage_replica_lag_seconds{.*} (\S+)/m);

async function newSong(owner: string, prompt: string): Promise<string> {
  const { song } = await create(storage, owner, { songRequest: songRequest(prompt) });
  if (!song) throw new Error('no song');
  return song.id;
}

async function list(of: StorageProcess, owner: string): Promise<string[]> {
  const { songs } = await of.songs.listSongs(
    { pageSize: 0, pageToken: '', orderBy: '', text: '', style: '', tag: '' },
    { owner },
  );
  return songs.map(({ id }) => id);
}

/** Waits until a list comes from the replica or, again, from the primary. */
async function untilReadFrom(of: StorageProcess, server: 'replica' | 'primary'): Promise<void> {
  const until = Date.now() + 60_000;
  for (;;) {
    const before = await readsOf(of, server);
    await list(of, newOwner());
    if ((await readsOf(of, server)) > before) return;
    if (Date.now() > until) throw new Error(`no list comes from the ${server}`);
    await sleep(20);
  }
}

/** A song with one revision. */
async function songWithRevision(owner: string): Promise<string> {
  const songId = await newSong(owner, 'a song with a revision');
  for (;;) {
    const { job } = await storage.jobs.claimJob(claimRequest());
    if (!job) throw new Error('no job came');
    await finish(storage, job);
    if (job.songId === songId) return songId;
  }
}

it('a replica that is up to date answers lists and revisions by number, also while nothing happens', async () => {
  const owner = newOwner();
  const songId = await songWithRevision(owner);
  await sleep(LAG_MS);
  await untilReadFrom(storage, 'replica');
  for (let look = 0; look < 3; look++) {
    // Long enough for all that is known of the primary to be of a time when nothing happened.
    await sleep(2 * LAG_MS);
    await untilReadFrom(storage, 'replica');
    expect(await list(storage, owner)).toEqual([songId]);
    const seen = await readsOf(storage, 'replica');
    for (let call = 0; (await readsOf(storage, 'replica')) === seen && call < 20; call++) {
      expect(await storage.songs.getRevision({ songId, number: 1 }, { owner })).toMatchObject({
        revision: { songId, number: 1 },
      });
    }
    expect(await readsOf(storage, 'replica')).toBeGreaterThan(seen);
  }
});

it('a list is older than the allowed lag at no time', async () => {
  const owner = newOwner();
  for (let round = 1; round <= 4; round++) {
    await untilReadFrom(storage, 'replica');
    await replica.pause();
    const songId = await newSong(owner, `song ${round}`);
    await sleep(LAG_MS);
    expect(await list(storage, owner)).toContain(songId);
    await replica.resume();
  }
});

it('a lagging replica is left alone until it has caught up', async () => {
  const owner = newOwner();
  await untilReadFrom(storage, 'replica');
  await replica.pause();
  await newSong(owner, 'missed by the replica');
  await untilReadFrom(storage, 'primary');
  await sleep(LAG_MS);
  const seen = await readsOf(storage, 'replica');
  expect(await list(storage, owner)).toHaveLength(1);
  expect(await readsOf(storage, 'replica')).toBe(seen);
  expect(await lagOf(storage)).toBeGreaterThan(LAG_MS / 1000);
  await replica.resume();
  await untilReadFrom(storage, 'replica');
  expect(await list(storage, owner)).toHaveLength(1);
});

it('a replica that has lost its primary is no idle one', async () => {
  const owner = newOwner();
  await untilReadFrom(storage, 'replica');
  await replica.follow('');
  const songId = await newSong(owner, 'never sent');
  await sleep(LAG_MS);
  expect(await list(storage, owner)).toEqual([songId]);
  await replica.follow(stack.postgres.url);
  await untilReadFrom(storage, 'replica');
  expect(await list(storage, owner)).toEqual([songId]);
});

it('what a job has done is seen at once, however far behind a replica may be', async () => {
  const owner = newOwner();
  await untilReadFrom(patient, 'replica');
  await replica.pause();
  try {
    const songId = await songWithRevision(owner);
    // That the replica is read is seen by what is missing there.
    expect(await list(patient, owner)).toEqual([]);
    expect(await patient.songs.getSong({ songId }, { owner })).toMatchObject({ song: { latestRevision: 1 } });
    for (const number of [0, 1]) {
      expect(await patient.songs.getRevision({ songId, number }, { owner })).toMatchObject({ revision: { number: 1 } });
    }
    const { revisions } = await patient.songs.listRevisions({ songId, pageSize: 0, pageToken: '' }, { owner });
    expect(revisions).toHaveLength(1);
    const { jobs } = await patient.jobs.listJobs({ songId, states: [], pageSize: 0, pageToken: '' }, { owner });
    const [job] = jobs;
    expect(job).toMatchObject({ revision: 1 });
    const { events } = await patient.jobs.listJobEvents({ jobId: job?.id ?? '', afterSeq: 0, pageSize: 0 }, { owner });
    expect(events.at(-1)?.seq).toBe(job?.lastEventSeq);
  } finally {
    await replica.resume();
  }
});

it('no list fails while a replica dies and comes back', async () => {
  const owner = newOwner();
  const songId = await newSong(owner, 'always listed');
  await sleep(LAG_MS);
  await untilReadFrom(storage, 'replica');
  let going = true;
  let lists = 0;
  const asking = (async () => {
    while (going) {
      expect(await list(storage, owner)).toEqual([songId]);
      lists++;
    }
  })();
  await replica.stop();
  await sleep(LAG_MS);
  await replica.start();
  going = false;
  await asking;
  expect(lists).toBeGreaterThan(10);
  await untilReadFrom(storage, 'replica');
});

it('a replica that falls silent holds up a list for the allowed lag at most, and then none', async () => {
  const network = await FaultyNetwork.to(replica.port);
  const url = new URL(replica.url);
  url.host = new URL(network.endpoint).host;
  const service = await reading(url.href, LAG_MS);
  try {
    await untilReadFrom(service, 'replica');
    network.silent = true;
    const begun = Date.now();
    await list(service, newOwner());
    // Without that bound, as long as a query on the primary may take: 12 s.
    expect(Date.now() - begun).toBeLessThan(12_000);
    const seen = await readsOf(service, 'replica');
    await sleep(LAG_MS);
    for (let count = 0; count < 5; count++) await list(service, newOwner());
    expect(await readsOf(service, 'replica')).toBe(seen);
    network.silent = false;
    await untilReadFrom(service, 'replica');
  } finally {
    await service.stop();
    await network.stop();
  }
});

it('several replicas take turns; one that cannot be reached, or is no replica, takes none', async () => {
  const away = 'postgresql://nobody@127.0.0.1:1/beatbot';
  const service = await reading(`${away}\n${stack.postgres.url} ${replica.url}`, 10_000);
  await untilReadFrom(service, 'replica');
  const primary = await readsOf(service, 'primary');
  for (let count = 0; count < 9; count++) await list(service, newOwner());
  expect(await readsOf(service, 'primary')).toBe(primary);
  expect(await metric(service, /^storage_replica_lag_seconds{[^}]*127.0.0.1:1\/[^}]*} (\S+)/m)).toBe(Infinity);
  await service.stop();
});

it('a replica that was made a primary is left alone', async () => {
  const owner = newOwner();
  await untilReadFrom(storage, 'replica');
  await replica.promote();
  const songId = await newSong(owner, 'unknown to the new one');
  await sleep(LAG_MS);
  const seen = await readsOf(storage, 'replica');
  for (let count = 0; count < 5; count++) expect(await list(storage, owner)).toEqual([songId]);
  expect(await readsOf(storage, 'replica')).toBe(seen);
});
