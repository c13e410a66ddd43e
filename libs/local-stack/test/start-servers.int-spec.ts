import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Redis from 'ioredis';
import { Client } from 'pg';
import { startPostgres, startRedis, temporaryFolder } from '../src';
import { isAlive } from '../src/stale-process';

describe('the servers of the one-machine start', () => {
  let folder: string;
  beforeEach(() => {
    folder = temporaryFolder('servers');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  async function query(url: string, sql: string): Promise<unknown[]> {
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query(sql)).rows;
    } finally {
      await client.end();
    }
  }

  it('keeps what PostgreSQL committed over a stop and a start', async () => {
    const dataDir = join(folder, 'postgres');
    const first = await startPostgres({ dataDir });
    await query(first.url, 'CREATE TABLE kept (n int); INSERT INTO kept VALUES (7)');
    await first.stop();
    expect(first.process.running).toBe(false);

    const second = await startPostgres({ dataDir });
    expect(await query(second.url, 'SELECT n FROM kept')).toEqual([{ n: 7 }]);
    await second.stop();
  });

  it('ends the server that a killed start left behind, and takes over its data', async () => {
    const dataDir = join(folder, 'postgres');
    const orphan = await startPostgres({ dataDir });
    await query(orphan.url, 'CREATE TABLE kept (n int)');

    const heir = await startPostgres({ dataDir });
    expect(await orphan.process.exited).toBe('exit code 0');
    expect(await query(heir.url, 'SELECT n FROM kept')).toEqual([]);
    await heir.stop();
  });

  it('says what PostgreSQL said where it cannot start', async () => {
    const first = await startPostgres({ dataDir: join(folder, 'one') });
    await expect(startPostgres({ dataDir: join(folder, 'two'), port: first.port })).rejects.toThrow(/in use/);
    await first.stop();
  });

  it('starts a Redis that the usual client can use', async () => {
    const server = await startRedis({ dataDir: folder });
    const client = new Redis(server.url);
    await client.set('key', 'value', 'EX', 10);
    expect(await client.get('key')).toBe('value');
    client.disconnect();
    await server.stop();
    expect(server.process.running).toBe(false);
  });

  it('leaves no server behind where its starter ends without stopping it', () => {
    const lib = require.resolve('../dist/index.js');
    const script = `require(${JSON.stringify(lib)}).startRedis({dataDir: ${JSON.stringify(folder)}}).then(() => process.exit(0))`;
    execFileSync(process.execPath, ['-e', script]);
    const pid = Number(readFileSync(join(folder, 'redis.pid'), 'utf8'));
    for (let waited = 0; isAlive(pid) && waited < 100; waited++) execFileSync('sleep', ['0.05']);
    expect(isAlive(pid)).toBe(false);
  });

  it('falls back to the embedded Redis where no server is installed', async () => {
    const path = process.env['PATH'];
    process.env['PATH'] = '';
    try {
      const server = await startRedis({ dataDir: folder });
      expect(server.kind).toBe('embedded');
      const client = new Redis(server.url);
      const id = await client.xadd('stream', '*', 'k', 'v');
      expect(await client.xread('BLOCK', 100, 'STREAMS', 'stream', '0')).toEqual([['stream', [[id, ['k', 'v']]]]]);
      client.disconnect();
      await server.stop();
    } finally {
      process.env['PATH'] = path;
    }
    expect(existsSync(join(folder, 'redis.log'))).toBe(true);
  });
});
