import type { PoolClient } from 'pg';
import { JOB_STATES, type JobState } from '../src/jobs/job';
import { isEnded, mayMove } from '../src/jobs/job-state';
import { asset, claimRequest, create, newOwner, put, revision, seconds } from './support/requests';
import { StorageStack, type StorageProcess, untilReady } from './support/storage-stack';

let stack: StorageStack;
let storage: StorageProcess;

beforeAll(async () => {
  stack = await StorageStack.start('guards');
  storage = await stack.service();
  await untilReady(storage);
}, 60_000);
afterAll(() => stack?.stop());
beforeEach(async () => {
  await stack.sql().query('TRUNCATE songs, owner_turns CASCADE');
});

/** Runs statements in one transaction past all code of ours; the error of the first that the database refuses, or of the commit. */
async function attempt(work: (db: PoolClient) => Promise<unknown>): Promise<string> {
  const db = await stack.sql().connect();
  try {
    await db.query('BEGIN');
    await work(db);
    await db.query('COMMIT');
    return 'taken';
  } catch (error) {
    await db.query('ROLLBACK');
    return (error as Error).message;
  } finally {
    db.release();
  }
}

async function runningJob(): Promise<{ id: string; owner: string; songId: string; scoreKey: string }> {
  const owner = newOwner();
  await create(storage, owner);
  const { job } = await storage.jobs.claimJob(claimRequest());
  if (!job) throw new Error('no job came');
  return { id: job.id, owner, songId: job.songId, scoreKey: await put(storage, owner, 'scores/x.json') };
}

const eventOf = (more = '') => `
  INSERT INTO job_events (job_id, seq, type, state, stage, percent, agent, detail, time, fencing_number)
  SELECT id, last_event_seq, 'state', state, stage, percent, '', '', now(), ${more || 'NULL'} FROM jobs WHERE id = $1`;

const revisionOf = (fencingNumber: string) => `
  INSERT INTO revisions (song_id, number, base_revision, job_id, title, style, score_key, score_hash, duration_ms, content, fencing_number)
  SELECT song_id, 1, 0, id, '', '', '', '', 1, '{}', ${fencingNumber} FROM jobs WHERE id = $1`;

describe('the database, whatever the code does', () => {
  it.each(JOB_STATES.flatMap((from) => JOB_STATES.filter((to) => to !== from).map((to) => [from, to] as const)))(
    'takes %s -> %s where the state machine does, and refuses it where not',
    async (from: JobState, to: JobState) => {
      const { job } = await create(storage, newOwner());
      const columns = (state: JobState) => `
        state = '${state}', last_event_seq = last_event_seq + 1,
        fencing_number = fencing_number + ${state === 'running' ? 1 : 0},
        lease_expire_time = ${state === 'running' ? `now() + interval '1 minute'` : 'NULL'},
        end_time = ${isEnded(state) ? 'now()' : 'NULL'},
        error_reason = ${state === 'failed' ? `'BROKEN'` : 'NULL'}, revision = ${state === 'succeeded' ? 1 : 0}`;
      const move = (state: JobState) => `UPDATE jobs SET ${columns(state)} WHERE id = $1`;
      if (from !== 'queued') {
        await attempt(async (db) => {
          await db.query(`SET LOCAL session_replication_role = replica`);
          await db.query(move(from), [job.id]);
        });
      }
      const outcome = await attempt(async (db) => {
        if (to === 'succeeded' && from === 'running') await db.query(revisionOf('fencing_number'), [job.id]);
        await db.query(move(to), [job.id]);
        await db.query(eventOf(), [job.id]);
      });
      if (mayMove(from, to)) expect(outcome).toBe('taken');
      else expect(outcome).toContain(`is ${from} and cannot become ${to}`);
    },
  );

  it('refuses a change without its event, and takes all of it back', async () => {
    const { id } = await runningJob();
    const change = `UPDATE jobs SET percent = 50, last_event_seq = last_event_seq + 1 WHERE id = $1`;
    expect(await attempt((db) => db.query(change, [id]))).toContain('changed without event 3');
    const { rows } = await stack.sql().query('SELECT percent FROM jobs WHERE id = $1', [id]);
    expect(rows).toEqual([{ percent: 0 }]);
  });

  it.each([
    ['a gap', `UPDATE jobs SET last_event_seq = last_event_seq + 2 WHERE id = $1`, 'one for each change'],
    ['a step back', `UPDATE jobs SET last_event_seq = last_event_seq - 1 WHERE id = $1`, 'one for each change'],
    ['a fencing number that falls', `UPDATE jobs SET fencing_number = 0 WHERE id = $1`, 'a claim raises it by one'],
    ['one that rises without a claim', `UPDATE jobs SET fencing_number = 9 WHERE id = $1`, 'a claim raises it by one'],
    [
      'an event of another number',
      eventOf().replace('id, last_event_seq,', 'id, last_event_seq + 1,'),
      'does not tell',
    ],
    ['an event of another state', eventOf().replace(`'state', state,`, `'state', 'queued',`), 'does not tell'],
    ['a success without a revision', revisionlessSuccess(), 'succeeded without revision 1'],
  ])('refuses %s', async (_what, statement, refusal) => {
    const { id } = await runningJob();
    const outcome = await attempt(async (db) => {
      for (const part of statement.split(';')) await db.query(part, [id]);
    });
    expect(outcome).toContain(refusal);
  });

  it('refuses events and revisions of a claim that was overtaken, and of one whose lease was taken back', async () => {
    const { id, owner } = await runningJob();
    await storage.jobs.releaseJob({
      jobId: id,
      fencingNumber: 1,
      delay: seconds(60),
      detail: '',
      forgiveAttempt: false,
    });
    const tell = (fencingNumber: number) =>
      attempt(async (db) => {
        await db.query('UPDATE jobs SET percent = 7, last_event_seq = last_event_seq + 1 WHERE id = $1', [id]);
        await db.query(eventOf(String(fencingNumber)), [id]);
      });
    expect(await tell(1)).toContain(`fencing number 1 does not hold job ${id} any more`);
    expect(await attempt((db) => db.query(revisionOf('1'), [id]))).toContain('does not hold job');

    await stack.sql().query('UPDATE jobs SET claimable_time = now() WHERE id = $1', [id]);
    expect((await storage.jobs.claimJob(claimRequest())).job).toMatchObject({ id, owner, fencingNumber: 2 });
    expect(await tell(1)).toContain(`fencing number 1 does not hold job ${id} any more`);
    expect(await attempt((db) => db.query(revisionOf('1'), [id]))).toContain('does not hold job');
    expect(await tell(2)).toBe('taken');
  });

  it('refuses an asset whose object is not stored, or has other bytes', async () => {
    const { id, owner, scoreKey } = await runningJob();
    await storage.jobs.finishJob({
      jobId: id,
      fencingNumber: 1,
      revision: revision(scoreKey, { assets: [asset(scoreKey)] }),
    });
    const copy = (change: string) =>
      attempt((db) =>
        db.query(`INSERT INTO assets SELECT (jsonb_populate_record(assets, $2)).* FROM assets WHERE owner = $1`, [
          owner,
          change,
        ]),
      );
    expect(await copy('{"name": "b", "object_key": "nowhere"}')).toContain('object nowhere of asset b is not stored');
    expect(await copy('{"name": "b", "size": 1}')).toContain('is not stored');
    expect(await copy('{"name": "b", "sha256": "0"}')).toContain('is not stored');
    expect(await copy('{"name": "b"}')).toBe('taken');
  });
});

function revisionlessSuccess(): string {
  return `
    UPDATE jobs SET state = 'succeeded', revision = 1, lease_expire_time = NULL, end_time = now(),
      last_event_seq = last_event_seq + 1 WHERE id = $1;
    ${eventOf()}`;
}
