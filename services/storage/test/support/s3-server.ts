import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isNativeError } from 'node:util/types';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { ManagedProcess, temporaryFolder } from '@beatbot/local-stack';
import type { S3Settings } from '../../src/objects/s3-object-store';

// Jest gives tests an `Error` of their own. Node's errors are none to it, and the AWS SDK hides the code of what is none.
const isInstance = Error[Symbol.hasInstance].bind(Error);
Object.defineProperty(Error, Symbol.hasInstance, {
  value(this: unknown, value: unknown) {
    return this === Error
      ? isNativeError(value) || isInstance(value)
      : Function.prototype[Symbol.hasInstance].call(this, value);
  },
});

/** Where `npm run s3-server` installs it. */
const INSTALLED = resolve(__dirname, '../../../../node_modules/.cache/versitygw/versitygw');
const HOW =
  'put versitygw on the PATH, name it in VERSITYGW, or run `npm run s3-server -w services/storage` (needs Go)';
const CREDENTIALS = { AWS_ACCESS_KEY_ID: 'tests', AWS_SECRET_ACCESS_KEY: 'a secret of the tests' };

function findVersitygw(): string | undefined {
  const named = process.env['VERSITYGW'];
  if (named) {
    if (!existsSync(named)) throw new Error(`VERSITYGW is ${named}, which does not exist`);
    return named;
  }
  return ['versitygw', INSTALLED].find((command) => {
    try {
      execFileSync(command, ['--version'], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  });
}

const command = findVersitygw();

/**
 * Describes what needs a real S3 server. Without one the tests are skipped, by their name; with CI_S3=required
 * they fail.
 */
export function describeWithS3(name: string, tests: () => void): void {
  if (command) describe(name, tests);
  else if (process.env['CI_S3'] === 'required') {
    it(name, () => {
      throw new Error(`no S3 server was found: ${HOW}`);
    });
  } else {
    // Jest names what it skips only when asked to be verbose.
    process.stderr.write(`${name}: skipped, no S3 server was found: ${HOW}\n`);
    describe.skip(`${name} (skipped, no S3 server)`, tests);
  }
}

/** A versitygw of the tests' own: a real S3 server that keeps objects as files. */
export class S3Server {
  private buckets = 0;
  private process?: ManagedProcess;

  private constructor(
    private readonly folder: string,
    readonly port: number,
  ) {}

  /** Starts one, and gives this process its credentials as the AWS SDK finds them. */
  static async start(): Promise<S3Server> {
    const server = new S3Server(temporaryFolder('s3'), await freePort());
    Object.assign(process.env, CREDENTIALS);
    await server.run();
    return server;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Settings for a new bucket. */
  async settings(): Promise<S3Settings> {
    const settings: S3Settings = {
      S3_BUCKET: `bucket-${++this.buckets}`,
      S3_REGION: 'us-east-1',
      S3_ENDPOINT: this.endpoint,
      S3_PREFIX: 'beatbot/',
      S3_FORCE_PATH_STYLE: true,
      S3_CONNECT_TIMEOUT_MS: 1000,
      S3_REQUEST_TIMEOUT_MS: 5000,
      S3_MAX_ATTEMPTS: 3,
    };
    const client = this.client();
    await client.send(new CreateBucketCommand({ Bucket: settings.S3_BUCKET }));
    client.destroy();
    return settings;
  }

  /** For what only a test may do. */
  client(): S3Client {
    return new S3Client({ region: 'us-east-1', endpoint: this.endpoint, forcePathStyle: true });
  }

  async run(): Promise<void> {
    for (const name of ['objects', 'metadata']) mkdirSync(join(this.folder, name), { recursive: true });
    this.process = new ManagedProcess({
      name: 'versitygw',
      command: command ?? 'versitygw',
      // Metadata beside, since not every file system has extended attributes.
      args: [
        '--port',
        `127.0.0.1:${this.port}`,
        '--quiet',
        'posix',
        '--sidecar',
        join(this.folder, 'metadata'),
        join(this.folder, 'objects'),
      ],
      env: {
        ...process.env,
        ROOT_ACCESS_KEY: CREDENTIALS.AWS_ACCESS_KEY_ID,
        ROOT_SECRET_KEY: CREDENTIALS.AWS_SECRET_ACCESS_KEY,
      },
      logFile: join(this.folder, 'versitygw.log'),
    });
    await Promise.race([
      this.answers(),
      this.process.exited.then((how) => {
        throw new Error(`versitygw did not start on port ${this.port} (${how})`);
      }),
    ]);
  }

  async halt(): Promise<void> {
    await this.process?.stop();
  }

  async stop(): Promise<void> {
    await this.halt();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async answers(): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await fetch(this.endpoint);
        return;
      } catch (error) {
        if (attempt > 200) throw error;
        await sleep(50);
      }
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  await new Promise((closed) => server.close(closed));
  if (typeof address !== 'object' || address === null) throw new Error('no port is free');
  return address.port;
}
