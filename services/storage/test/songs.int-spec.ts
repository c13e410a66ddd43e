import { JobState } from '@beatbot/contracts/music/v1/job';
import type { ListSongsRequest } from '@beatbot/contracts/storage/v1/songs';
import { v7 as uuid } from 'uuid';
import {
  asset,
  claimRequest,
  create,
  createRequest,
  finish,
  newOwner,
  put,
  revision,
  revisionRequest,
  seconds,
  songRequest,
} from './support/requests';
import { StorageStack, type StorageProcess, untilReady } from './support/storage-stack';

let stack: StorageStack;
let storage: StorageProcess;

beforeAll(async () => {
  stack = await StorageStack.start('songs');
  storage = await stack.service();
  await untilReady(storage);
}, 60_000);
afterAll(() => stack?.stop());
beforeEach(async () => {
  await stack.sql().query('TRUNCATE songs, owner_turns CASCADE');
});

async function claimed() {
  const { job } = await storage.jobs.claimJob(claimRequest());
  if (!job) throw new Error('no job came');
  return job;
}

async function newSong(owner: string, prompt: string, tags: string[] = []): Promise<string> {
  const { song } = await create(storage, owner, { songRequest: songRequest(prompt, { tags }) });
  return song?.id ?? '';
}

function list(owner: string, more: Partial<ListSongsRequest> = {}) {
  return storage.songs.listSongs(
    { pageSize: 0, pageToken: '', orderBy: '', text: '', style: '', tag: '', ...more },
    { owner },
  );
}

async function allTitles(owner: string, more: Partial<ListSongsRequest>): Promise<string[]> {
  const titles: string[] = [];
  let pageToken = '';
  do {
    const page = await list(owner, { ...more, pageToken });
    titles.push(...page.songs.map(({ title }) => title));
    pageToken = page.nextPageToken;
  } while (pageToken);
  return titles;
}

describe('songs', () => {
  it('are listed in every order, page by page, each once', async () => {
    const owner = newOwner();
    const prompts = ['b two', 'a one', 'c three', 'a one', 'd four'];
    const ids = [];
    for (const prompt of prompts) ids.push(await newSong(owner, prompt));
    await newSong(newOwner(), 'of another');
    await storage.songs.updateSong(
      {
        song: { ...(await storage.songs.getSong({ songId: ids[1] ?? '' }, { owner })).song!, tags: ['x'] },
        updateMask: ['tags'],
      },
      { owner },
    );
    for (const pageSize of [1, 2, 5, 100]) {
      expect(await allTitles(owner, { pageSize })).toEqual([...prompts].reverse());
      expect(await allTitles(owner, { pageSize, orderBy: 'create_time' })).toEqual(prompts);
      expect(await allTitles(owner, { pageSize, orderBy: 'title' })).toEqual([...prompts].sort());
      expect((await allTitles(owner, { pageSize, orderBy: 'update_time desc' }))[0]).toBe('a one');
    }
  });

  it('are found by text, style and tag; the text is no pattern', async () => {
    const owner = newOwner();
    await newSong(owner, 'A 100% Waltz', ['calm', 'dance']);
    await newSong(owner, 'a 1000 waltz_es', ['loud']);
    expect(await allTitles(owner, { text: 'wALtZ' })).toHaveLength(2);
    expect(await allTitles(owner, { text: '100%' })).toEqual(['A 100% Waltz']);
    expect(await allTitles(owner, { text: 'z_e' })).toEqual(['a 1000 waltz_es']);
    expect(await allTitles(owner, { text: '\\' })).toEqual([]);
    expect(await allTitles(owner, { tag: 'loud' })).toEqual(['a 1000 waltz_es']);
    expect(await allTitles(owner, { style: 'house' })).toEqual([]);
  });

  it('refuse a token of another order or filter, and an unknown order, naming what is allowed', async () => {
    const owner = newOwner();
    for (let i = 0; i < 3; i++) await newSong(owner, `song ${i}`);
    const { nextPageToken } = await list(owner, { pageSize: 1 });
    const bad = { reason: 'INVALID_ARGUMENT', grpcCode: 3, fields: [{ field: 'page_token' }] };
    await expect(list(owner, { pageToken: nextPageToken, orderBy: 'title' })).rejects.toMatchObject(bad);
    await expect(list(owner, { pageToken: nextPageToken, text: 'x' })).rejects.toMatchObject(bad);
    await expect(list(newOwner(), { pageToken: nextPageToken })).rejects.toMatchObject(bad);
    for (const token of ['x', 'W10', Buffer.from('["a","b","c"]').toString('base64url'), '='.repeat(3000)]) {
      await expect(list(owner, { pageToken: token })).rejects.toMatchObject(bad);
    }
    await expect(list(owner, { orderBy: 'owner' })).rejects.toMatchObject({
      fields: [
        { field: 'order_by', value: 'owner', allowed: 'create_time desc, create_time, update_time desc, title' },
      ],
    });
    await expect(list(owner, { pageSize: 101 })).rejects.toMatchObject({
      fields: [{ field: 'page_size', value: 101, allowed: '0 to 100' }],
    });
  });

  it('change by field mask only', async () => {
    const owner = newOwner();
    const songId = await newSong(owner, 'before', ['old']);
    const { song } = await storage.songs.getSong({ songId }, { owner });
    const change = { ...song!, title: ' After ', tags: ['new'] };
    const updated = await storage.songs.updateSong({ song: change, updateMask: ['title'] }, { owner });
    expect(updated.song).toMatchObject({ title: 'After', tags: ['old'], prompt: 'before' });
    for (const updateMask of [undefined, [], ['owner'], ['title', '*']]) {
      await expect(storage.songs.updateSong({ song: change, updateMask }, { owner })).rejects.toMatchObject({
        fields: [{ field: 'update_mask' }],
      });
    }
    await expect(
      storage.songs.updateSong({ song: { ...change, title: '' }, updateMask: ['title'] }, { owner }),
    ).rejects.toMatchObject({ fields: [{ field: 'song.title' }] });
    await expect(
      storage.songs.updateSong({ song: change, updateMask: ['title'] }, { owner: newOwner() }),
    ).rejects.toMatchObject({ reason: 'NOT_FOUND' });
  });

  it('take title and style from their revisions, unless a person named them', async () => {
    const owner = newOwner();
    const songId = await newSong(owner, 'prompt');
    const brief = (style: string) => ({ style: { value: style, provenance: 'PROVENANCE_STATED', spans: [] } }) as never;
    await finish(storage, await claimed(), { brief: brief('waltz') });
    const read = async () => (await storage.songs.getSong({ songId }, { owner })).song;
    expect(await read()).toMatchObject({ title: 'Slow Waltz', style: 'waltz', latestRevision: 1 });
    await storage.songs.updateSong({ song: { ...(await read())!, title: 'Mine' }, updateMask: ['title'] }, { owner });
    const revise = async (title: string) => {
      await storage.jobs.createJob(createRequest({ revisionRequest: revisionRequest(songId) }), { owner });
      await finish(storage, await claimed(), { plan: { title, sections: [], tracks: [] } });
    };
    await revise('Slow Waltz');
    expect(await read()).toMatchObject({ title: 'Mine', latestRevision: 2 });
    await revise('Renamed');
    expect(await read()).toMatchObject({ title: 'Renamed', latestRevision: 3 });
  });
});

describe('revisions', () => {
  it('come back as they were published, newest first', async () => {
    const owner = newOwner();
    const songId = await newSong(owner, 'prompt');
    const job = await claimed();
    const [scoreKey, mix] = [
      await put(storage, owner, 'scores/1.json'),
      await put(storage, owner, 'mixes/1.mp3', Buffer.from('mix')),
    ];
    const published = revision(scoreKey, {
      edits: [{ transpose: { semitones: -2 } }],
      receipt: {
        demands: [
          {
            demand: 'key',
            source: 'PROVENANCE_STATED' as never,
            asked: 'D minor',
            measured: 'D minor',
            how: 'notes',
            met: true,
          },
        ],
        measures: [{ name: 'lufs', value: -14.03, unit: 'LUFS' }],
        repairs: [],
        notUnderstood: [],
        remarks: [],
        explanations: [],
      },
      assets: [asset(mix), asset(mix, { name: 'stems/bass.wav' })],
    });
    await storage.jobs.finishJob({ jobId: job.id, fencingNumber: job.fencingNumber, revision: published });
    const { revision: read } = await storage.songs.getRevision({ songId, number: 0 }, { owner });
    const { edits, receipt, trackHashes, sectionHashes, durationMs } = published;
    expect(read).toMatchObject({
      songId,
      number: 1,
      jobId: job.id,
      scoreKey,
      edits,
      receipt,
      trackHashes,
      sectionHashes,
      durationMs,
      plan: published.plan,
      brief: null,
    });
    expect(read?.assets.map(({ name, size, kind }) => ({ name, size, kind }))).toEqual([
      { name: 'mix.mp3', size: 3, kind: 'ASSET_KIND_MIX' },
      { name: 'stems/bass.wav', size: 3, kind: 'ASSET_KIND_MIX' },
    ]);
    expect(await storage.songs.getRevision({ songId, number: 1 }, { owner })).toEqual({ revision: read });
    await expect(storage.songs.getRevision({ songId, number: 2 }, { owner })).rejects.toMatchObject({
      reason: 'NOT_FOUND',
    });
    await expect(storage.songs.getRevision({ songId, number: 1 }, { owner: newOwner() })).rejects.toMatchObject({
      reason: 'NOT_FOUND',
    });

    await storage.jobs.createJob(createRequest({ revisionRequest: revisionRequest(songId) }), { owner });
    await finish(storage, await claimed(), { baseRevision: 1 });
    const first = await storage.songs.listRevisions({ songId, pageSize: 1, pageToken: '' }, { owner });
    const second = await storage.songs.listRevisions(
      { songId, pageSize: 1, pageToken: first.nextPageToken },
      { owner },
    );
    expect([...first.revisions, ...second.revisions].map(({ number }) => number)).toEqual([2, 1]);
    expect(second.nextPageToken).toBe('');
  });

  it('cannot be changed in the database', async () => {
    const owner = newOwner();
    await newSong(owner, 'prompt');
    await finish(storage, await claimed());
    await expect(stack.sql().query('UPDATE revisions SET title = $1', ['x'])).rejects.toThrow(
      'rows of revisions are immutable',
    );
    await expect(stack.sql().query('UPDATE job_events SET detail = $1', ['x'])).rejects.toThrow(
      'rows of job_events are immutable',
    );
  });
});

describe('deleting a song', () => {
  it('hides it, cancels its jobs, and what they still do is refused', async () => {
    const owner = newOwner();
    const songId = await newSong(owner, 'first');
    const running = await claimed();
    await storage.songs.deleteSong({ songId }, { owner });
    expect((await storage.jobs.getJob({ jobId: running.id }, { owner })).job).toMatchObject({
      state: JobState.JOB_STATE_CANCELLED,
    });
    const lease = { jobId: running.id, fencingNumber: running.fencingNumber };
    await expect(storage.jobs.heartbeat({ ...lease, lease: seconds(1) })).rejects.toMatchObject({
      reason: 'STALE_FENCING_NUMBER',
    });
    await expect(finish(storage, running)).rejects.toMatchObject({ reason: 'STALE_FENCING_NUMBER' });
    const missing = { reason: 'NOT_FOUND', grpcCode: 5 };
    await expect(storage.songs.getSong({ songId }, { owner })).rejects.toMatchObject(missing);
    await expect(storage.songs.deleteSong({ songId }, { owner })).rejects.toMatchObject(missing);
    await expect(storage.songs.listRevisions({ songId, pageSize: 0, pageToken: '' }, { owner })).rejects.toMatchObject(
      missing,
    );
    await expect(storage.jobs.retryJob({ jobId: running.id }, { owner })).rejects.toMatchObject(missing);
    await expect(
      storage.jobs.createJob(createRequest({ revisionRequest: revisionRequest(songId) }), { owner }),
    ).rejects.toMatchObject(missing);
    expect((await list(owner)).songs).toEqual([]);
    await expect(storage.songs.deleteSong({ songId: uuid() }, { owner })).rejects.toMatchObject(missing);
  });

  it('never deadlocks with workers that end its jobs', async () => {
    for (let round = 0; round < 10; round++) {
      const owner = newOwner();
      const songId = await newSong(owner, 'raced');
      const job = await claimed();
      const scoreKey = await put(storage, owner, `scores/${job.id}.json`);
      const [ended, deleted] = await Promise.allSettled([
        storage.jobs.finishJob({ jobId: job.id, fencingNumber: job.fencingNumber, revision: revision(scoreKey) }),
        storage.songs.deleteSong({ songId }, { owner }),
      ]);
      expect(deleted.status).toBe('fulfilled');
      if (ended.status === 'rejected') expect(ended.reason).toMatchObject({ reason: 'STALE_FENCING_NUMBER' });
    }
  });
});
