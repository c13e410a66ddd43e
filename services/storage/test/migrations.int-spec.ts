import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { migrate } from '../src/database/migrate';
import { migrationsFolder } from '../src/migrations-folder';
import { claimRequest, create, finish, newOwner } from './support/requests';
import { StorageStack, type StorageProcess, untilReady } from './support/storage-stack';

interface Journal {
  entries: { idx: number; version: string; when: number; tag: string; breakpoints: boolean }[];
}

jest.setTimeout(120_000);

let stack: StorageStack;

function journalOf(folder: string): Journal {
  return JSON.parse(readFileSync(join(folder, 'meta/_journal.json'), 'utf8')) as Journal;
}

/** A release's migrations: those of now, changed by `change`. */
function release(name: string, change: (journal: Journal, folder: string) => void): string {
  const folder = join(stack.folder, name);
  cpSync(migrationsFolder, folder, { recursive: true });
  const journal = journalOf(folder);
  change(journal, folder);
  writeFileSync(join(folder, 'meta/_journal.json'), JSON.stringify(journal));
  return folder;
}

/** The release after this one: it keeps a song's mood, and who marked it when. */
function nextRelease(): string {
  return release('next', (journal, folder) => {
    const last = journal.entries.at(-1);
    if (!last) throw new Error('there are no migrations');
    const tag = `${String(last.idx + 1).padStart(4, '0')}_mood`;
    writeFileSync(
      join(folder, `${tag}.sql`),
      `ALTER TABLE songs ADD COLUMN mood text NOT NULL DEFAULT '';
--> statement-breakpoint
CREATE TABLE song_marks (song_id uuid NOT NULL REFERENCES songs ON DELETE CASCADE, time timestamptz NOT NULL);
--> statement-breakpoint
CREATE INDEX songs_mood ON songs (owner, mood);`,
    );
    journal.entries.push({ ...last, idx: last.idx + 1, when: last.when + 1, tag });
  });
}

const bring = (folder: string) => migrate(stack.postgres.url, 5000, () => undefined, folder);

async function applied(): Promise<number> {
  const { rows } = await stack.sql().query<{ count: string }>('SELECT count(*) FROM drizzle.__drizzle_migrations');
  return Number(rows[0]?.count);
}

async function moodIsThere(): Promise<boolean> {
  const { rowCount } = await stack
    .sql()
    .query(`SELECT FROM information_schema.columns WHERE table_name = 'songs' AND column_name = 'mood'`);
  return rowCount === 1;
}

/** Everything that changes or reads songs, once. */
async function use(storage: StorageProcess): Promise<void> {
  const owner = newOwner();
  const { song } = await create(storage, owner);
  const id = song?.id ?? '';
  for (;;) {
    const { job } = await storage.jobs.claimJob(claimRequest());
    if (!job) break;
    await finish(storage, job);
  }
  await storage.songs.updateSong({ song: { ...song, id, title: 'used' } as never, updateMask: ['title'] }, { owner });
  const listed = await storage.songs.listSongs(
    { pageSize: 0, pageToken: '', orderBy: '', text: 'used', style: '', tag: '' },
    { owner },
  );
  expect(listed.songs).toMatchObject([{ id, title: 'used', latestRevision: 1 }]);
  await storage.songs.getRevision({ songId: id, number: 1 }, { owner });
}

/** Uses the storage without a pause until it is told to stop, in rounds. */
class SteadyUse {
  private going = true;
  private rounds = 0;
  private readonly work: Promise<void>;

  constructor(storage: StorageProcess) {
    this.work = (async () => {
      while (this.going) {
        await use(storage);
        this.rounds++;
      }
    })();
    // Its failure is seen by who waits for it.
    this.work.catch(() => undefined);
  }

  /** Waits until so many more rounds are done. */
  async more(rounds: number): Promise<void> {
    for (const until = this.rounds + rounds; this.rounds < until;) await Promise.race([this.work, sleep(10)]);
  }

  async stop(): Promise<void> {
    this.going = false;
    await this.work;
  }
}

describe('migrations of a database in use', () => {
  beforeEach(async () => {
    stack = await StorageStack.start('migrations');
  }, 60_000);
  afterEach(() => stack?.stop());

  it('an upgrade to the next release and a rollback fail no call of this one', async () => {
    const before = await stack.service();
    await untilReady(before);
    const count = await applied();
    const next = nextRelease();
    const using = new SteadyUse(before);
    await using.more(2);
    // Pods of the next release start together.
    await Promise.all([bring(next), bring(next), bring(next)]);
    expect(await moodIsThere()).toBe(true);
    expect(await applied()).toBe(count + 1);
    // What only the next release writes.
    await stack.sql().query(`UPDATE songs SET mood = 'calm'`);
    await stack.sql().query('INSERT INTO song_marks SELECT id, now() FROM songs');
    await using.more(2);
    await using.stop();
    await before.stop();

    // Rolled back: this release starts on the schema of the next one, leaves it as it is, and works.
    const after = await stack.service();
    await untilReady(after);
    await use(after);
    expect(await applied()).toBe(count + 1);
    const { rows } = await stack
      .sql()
      .query<{ mood: string; marks: number }>(
        `SELECT mood, count(*)::int AS marks FROM songs JOIN song_marks ON id = song_id GROUP BY mood`,
      );
    expect(rows).toEqual([{ mood: 'calm', marks: expect.any(Number) as number }]);

    // And up again: nothing is left to do.
    await bring(next);
    expect(await applied()).toBe(count + 1);
    await use(after);
  });

  it('a database of the first release is brought up to date once by pods that start together', async () => {
    const first = release('first', (journal) => journal.entries.splice(1));
    await bring(first);
    await stack
      .sql()
      .query(
        `INSERT INTO songs (id, owner, title, tags, prompt) VALUES (gen_random_uuid(), 'early', 'kept', '{}', 'x')`,
      );
    const pods = await Promise.all([stack.service(), stack.service(), stack.service()]);
    for (const pod of pods) {
      await untilReady(pod);
      const { songs } = await pod.songs.listSongs(
        { pageSize: 0, pageToken: '', orderBy: '', text: '', style: '', tag: '' },
        { owner: 'early' },
      );
      expect(songs).toMatchObject([{ title: 'kept' }]);
    }
    expect(await applied()).toBe(journalOf(migrationsFolder).entries.length);
  });

  it('a migration that waits for a table in use holds up no call for long, leaves nothing half done, and comes through later', async () => {
    const storage = await stack.service();
    await untilReady(storage);
    const count = await applied();
    const next = nextRelease();
    const reader = await stack.sql().connect();
    await reader.query('BEGIN; LOCK TABLE songs IN ACCESS SHARE MODE');
    const using = new SteadyUse(storage);
    await using.more(1);
    await expect(bring(next)).rejects.toMatchObject({ cause: { code: '55P03' } });
    await using.more(1);
    await using.stop();
    expect(await moodIsThere()).toBe(false);
    expect(await applied()).toBe(count);
    await reader.query('COMMIT');
    reader.release();
    await bring(next);
    expect(await moodIsThere()).toBe(true);
  });
});

describe('the migrations of this release', () => {
  /** What the release before would miss, or not do as the schema now wants it. */
  const contracting =
    /\bDROP\s+(TABLE|COLUMN|TYPE|VIEW|FUNCTION|SCHEMA)\b|\bRENAME\b|\bSET\s+NOT\s+NULL\b|\bALTER\s+(COLUMN\s+)?\S+\s+(SET\s+DATA\s+)?TYPE\b/i;
  const names = readdirSync(migrationsFolder).filter((name) => name.endsWith('.sql'));

  it.each(names)('%s takes nothing away, or says so by its name NNNN_contract_...', (name) => {
    const text = readFileSync(join(migrationsFolder, name), 'utf8').replace(/--.*$/gm, '');
    expect(contracting.test(text)).toBe(/^\d{4}_contract_/.test(name));
  });

  it.each([
    'ALTER TABLE songs DROP COLUMN title',
    'ALTER TABLE "songs" RENAME COLUMN "title" TO "name"',
    'ALTER TABLE songs ALTER COLUMN style SET NOT NULL',
    'ALTER TABLE songs ALTER COLUMN tags SET DATA TYPE jsonb',
    'DROP TABLE jobs',
  ])('would not be allowed %s', (statement) => {
    expect(statement).toMatch(contracting);
  });

  it('are all in the journal, in order', () => {
    const { entries } = journalOf(migrationsFolder);
    expect(entries.map(({ tag }) => `${tag}.sql`)).toEqual(names.sort());
    expect(entries.map(({ when }) => when)).toEqual(entries.map(({ when }) => when).sort((a, b) => a - b));
  });
});
