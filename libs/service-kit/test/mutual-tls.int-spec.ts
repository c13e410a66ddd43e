import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ChannelCredentials } from '@grpc/grpc-js';
import { baseEnvironment, channelCredentials, grpcClient, readEnvironment, type RunningService } from '../src';
import { kitPackage, type KitServiceController, startKitService } from './fixtures/kit-service';

const folder = mkdtempSync(join(tmpdir(), 'beatbot-tls-'));
const file = (name: string) => join(folder, name);
const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });

/** An authority of our own. */
function makeAuthority(name: string): void {
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', `${name}.key`];
  openssl('req', '-x509', ...key, '-out', `${name}.crt`, '-days', '2', '-subj', `/CN=${name}`);
}

/** A certificate that an authority has signed for a name. */
function makeCertificate(name: string, authority: string, san: string): void {
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', `${name}.key`];
  openssl('req', ...key, '-out', `${name}.csr`, '-subj', `/CN=${name}`);
  writeFileSync(file(`${name}.ext`), `subjectAltName=${san}\nextendedKeyUsage=serverAuth,clientAuth\n`);
  const by = ['-CA', `${authority}.crt`, '-CAkey', `${authority}.key`, '-CAcreateserial', '-extfile', `${name}.ext`];
  openssl('x509', '-req', '-in', `${name}.csr`, '-out', `${name}.crt`, '-days', '1', ...by);
}

/** Mounts a certificate where a service reads it. */
function mount(as: string, certificate: string, authority: string, key = certificate): Record<string, string> {
  copyFileSync(file(`${certificate}.crt`), file(`${as}-mounted.crt`));
  copyFileSync(file(`${key}.key`), file(`${as}-mounted.key`));
  copyFileSync(file(`${authority}.crt`), file(`${as}-mounted-ca.crt`));
  return {
    TLS_CERT_FILE: file(`${as}-mounted.crt`),
    TLS_KEY_FILE: file(`${as}-mounted.key`),
    TLS_CA_FILE: file(`${as}-mounted-ca.crt`),
    TLS_RELOAD_SECONDS: '0.1',
  };
}

const RELOADED_MS = 1000;

describe('gRPC with certificates', () => {
  let service: RunningService;
  beforeAll(async () => {
    for (const authority of ['ours', 'theirs']) makeAuthority(authority);
    for (const name of ['server', 'client', 'newer']) makeCertificate(name, 'ours', 'IP:127.0.0.1');
    makeCertificate('misnamed', 'ours', 'DNS:elsewhere.example');
    makeCertificate('stranger', 'theirs', 'IP:127.0.0.1');
    service = await startKitService(mount('server', 'server', 'ours'));
  });
  afterAll(async () => {
    await service?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Whether a call is answered, over a connection of its own. */
  async function isAnswered(credentials: ChannelCredentials): Promise<boolean> {
    const client = grpcClient<KitServiceController>(
      { package: kitPackage, service: 'KitService' },
      `127.0.0.1:${service.grpcPort}`,
      // Channels to one address share connections, unless they must not.
      { credentials, channelOptions: { 'grpc.use_local_subchannel_pool': 1 } },
    );
    try {
      return (await client.echo({ text: 'hello' }, { deadlineMs: 4000 })).text === 'hello';
    } catch (error) {
      expect(error).toMatchObject({ reason: expect.stringMatching(/^(UNAVAILABLE|DEADLINE_EXCEEDED)$/) });
      return false;
    } finally {
      client.close();
    }
  }
  const credentialsOf = (environment: Record<string, string>) =>
    channelCredentials(readEnvironment(baseEnvironment, environment));

  it('answers who has a certificate of the same authority, and nobody else', async () => {
    expect(await isAnswered(credentialsOf(mount('client', 'client', 'ours')))).toBe(true);
    expect(await isAnswered(credentialsOf({}))).toBe(false);
    expect(await isAnswered(credentialsOf(mount('stranger', 'stranger', 'ours')))).toBe(false);
    expect(await isAnswered(credentialsOf(mount('deceived', 'client', 'theirs')))).toBe(false);
    expect(await isAnswered(ChannelCredentials.createSsl(readFileSync(file('ours.crt'))))).toBe(false);
  }, 60_000);

  it('takes up new certificates while it runs, and keeps what it has while they do not fit together', async () => {
    const client = credentialsOf(mount('client', 'client', 'ours'));
    mount('server', 'newer', 'ours', 'server');
    await sleep(RELOADED_MS);
    expect(await isAnswered(client)).toBe(true);
    rmSync(file('server-mounted.crt'));
    await sleep(RELOADED_MS);
    expect(await isAnswered(client)).toBe(true);
    // What is mounted now is told by the name that it does not bear.
    mount('server', 'misnamed', 'ours');
    await sleep(RELOADED_MS);
    expect(await isAnswered(client)).toBe(false);
    mount('server', 'newer', 'ours');
    await sleep(RELOADED_MS);
    expect(await isAnswered(client)).toBe(true);
  }, 60_000);

  it('changes the authority, on both sides, without a restart', async () => {
    const client = credentialsOf(mount('changing', 'client', 'ours'));
    mount('server', 'stranger', 'theirs');
    await sleep(RELOADED_MS);
    expect(await isAnswered(client)).toBe(false);
    mount('changing', 'stranger', 'theirs');
    await sleep(RELOADED_MS);
    expect(await isAnswered(client)).toBe(true);
  }, 60_000);

  it('does not start with some of the files, or with ones that do not fit', async () => {
    const mounted = mount('broken', 'server', 'ours', 'client');
    await expect(startKitService(mounted)).rejects.toThrow(/TLS_CERT_FILE.*cannot be used: .*mismatch/);
    const { TLS_CA_FILE: _ca, ...some } = mounted;
    await expect(startKitService(some)).rejects.toThrow('must be set together');
    const gone = { ...mounted, TLS_KEY_FILE: file('nothing.key') };
    await expect(startKitService(gone)).rejects.toThrow(/cannot be used: .*ENOENT/);
  });
});
