import { drizzle } from 'drizzle-orm/node-postgres';
import { PgDialect } from 'drizzle-orm/pg-core';
import type { Pool } from 'pg';
import { nextJobQuery } from '../src/jobs/claim-next-job';
import { SONG_ORDERS } from '../src/songs/song-order';
import { songListQuery } from '../src/songs/song.service';
import { StorageStack, untilReady } from './support/storage-stack';

let stack: StorageStack;
let sql: Pool;

beforeAll(async () => {
  stack = await StorageStack.start('plans');
  await untilReady(await stack.service());
  sql = stack.sql();
  // 40,000 songs of 20 owners with a job each, most of them ended; 4,000 queued, 100 running.
  await sql.query(`
    INSERT INTO songs (id, owner, title, tags, prompt, create_time, update_time)
    SELECT gen_random_uuid(), 'owner-' || n % 20, 'song ' || n, '{}', md5(n::text), now() - n * interval '1 second', now() - n * interval '1 second'
    FROM generate_series(1, 40000) AS n`);
  await sql.query(`
    INSERT INTO jobs (id, owner, song_id, kind, request, state, stage, create_time, revision, end_time, lease_expire_time)
    SELECT gen_random_uuid(), owner, id, 'song', '{}', state, 'x', create_time, CASE WHEN state = 'succeeded' THEN 1 ELSE 0 END,
      CASE WHEN state = 'succeeded' THEN create_time END, CASE WHEN state = 'running' THEN now() + interval '1 hour' END
    FROM (SELECT *, CASE WHEN n <= 4000 THEN 'queued' WHEN n <= 4100 THEN 'running' ELSE 'succeeded' END AS state
          FROM (SELECT *, row_number() OVER (ORDER BY create_time DESC) AS n FROM songs) AS numbered) AS stated`);
  await sql.query(`
    INSERT INTO objects (owner, key, location, size, sha256, content_type, use_time)
    SELECT owner, 'mixes/' || id, id, 1, '', 'audio/mpeg', create_time FROM songs`);
  await sql.query('VACUUM ANALYZE');
}, 90_000);
afterAll(() => stack?.stop());

async function planOf(text: string, values: unknown[]): Promise<string> {
  const { rows } = await sql.query<{ 'QUERY PLAN': string }>(`EXPLAIN (ANALYZE, BUFFERS OFF) ${text}`, values);
  return rows.map((row) => row['QUERY PLAN']).join('\n');
}

function milliseconds(plan: string): number {
  return Number(/Execution Time: ([\d.]+) ms/.exec(plan)?.[1]);
}

describe('with 40,000 jobs', () => {
  it('a claim reads indexes of unfinished jobs only, and not the backlog', async () => {
    const { sql: text, params } = new PgDialect().sqlToQuery(nextJobQuery(1000));
    const plan = await planOf(text, params);
    expect(plan).not.toContain('Seq Scan on jobs');
    expect(plan).toContain('jobs_queued');
    // Both hold running jobs only.
    expect(plan).toMatch(/jobs_(running|leased)/);
    expect(milliseconds(plan)).toBeLessThan(200);
  });

  it.each(SONG_ORDERS)('a page of songs by %s comes from an index, unsorted', async (order) => {
    const ends = await sql.query<{ title: string; id: string; oldest: Date; newest: Date }>(
      `SELECT min(title) AS title, min(id::text) AS id, min(create_time) AS oldest, max(create_time) AS newest
       FROM songs WHERE owner = 'owner-7'`,
    );
    const { title, id, oldest, newest } = ends.rows[0] ?? { title: '', id: '', oldest: new Date(), newest: new Date() };
    const start = { title, create_time: oldest, 'create_time desc': newest, 'update_time desc': newest }[order];
    const query = { owner: 'owner-7', order, text: '', style: '', tag: '', limit: 51 };
    for (const after of [undefined, { value: start, id }]) {
      const { sql: text, params } = songListQuery(drizzle(sql), { ...query, after }).toSQL();
      const plan = await planOf(text, params);
      expect(plan).toMatch(/Index Scan.* using songs_(created|updated|titled)/);
      expect(plan).not.toContain('Sort');
    }
  });

  it("a search reads the trigram index or the owner's songs, never all songs", async () => {
    const { sql: text, params } = songListQuery(drizzle(sql), {
      owner: 'owner-7',
      order: 'create_time desc',
      text: 'song 39',
      style: '',
      tag: '',
      limit: 51,
    }).toSQL();
    expect(await planOf(text, params)).not.toContain('Seq Scan');
  });

  it.each([
    [
      'a page of jobs',
      `SELECT * FROM jobs WHERE owner = 'owner-7' AND (create_time, id) < (now(), gen_random_uuid()) ORDER BY create_time DESC, id DESC LIMIT 51`,
      'jobs_created',
    ],
    [
      'the jobs of a song',
      `SELECT * FROM jobs WHERE song_id = '01a20ef4-4dd2-75d1-8152-ddbfd4c22c8d' AND end_time IS NULL`,
      'jobs_of_song',
    ],
    [
      'expired leases',
      `SELECT * FROM jobs WHERE state = 'running' AND lease_expire_time <= now() ORDER BY lease_expire_time LIMIT 50`,
      'jobs_leased',
    ],
    ['the count of unfinished jobs', `SELECT count(*) FROM jobs WHERE end_time IS NULL`, 'jobs_unfinished'],
    [
      'ended jobs with events',
      `SELECT id FROM jobs WHERE end_time < now() - interval '30 days' AND NOT events_purged LIMIT 200`,
      'jobs_ended',
    ],
    [
      'old objects',
      `SELECT * FROM objects WHERE use_time < now() - interval '11 hours' AND (use_time, owner, key) > (now() - interval '12 hours', '', '') ORDER BY use_time, owner, key LIMIT 500`,
      'objects_used',
    ],
  ])('%s come from an index', async (_what, text, index) => {
    expect(await planOf(text, [])).toContain(index);
  });
});
