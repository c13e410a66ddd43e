import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Api } from './api';
import { RunningSystem } from './running-system';

const OPERATOR_KEY = 'operator-key-of-the-tests-0123456789abcdef';

/** What of one owner another one may ask for. */
export interface Things {
  song: string;
  job: string;
  key: string;
  webhook: string;
  delivery: string;
  track: string;
  name: string;
  objectKey: string;
  scoreKey: string;
}

/** A running system that asks for keys, with a song of one owner and keys of two. */
export class TwoOwners {
  readonly keys = { read: '', write: '', admin: '', stranger: '', expired: '', revoked: '', wrong: '' };
  things: Things = {
    song: '',
    job: '',
    key: '',
    webhook: '',
    delivery: '',
    track: '',
    name: '',
    objectKey: '',
    scoreKey: '',
  };

  private constructor(readonly system: RunningSystem) {}

  static async start(): Promise<TwoOwners> {
    const system = await RunningSystem.start(
      // The tests guess at keys far more often than is let through.
      { AUTH: 'keys', OPERATOR_KEY, AUTH_CACHE_SECONDS: '0.5', AUTH_FAILURES_PER_MINUTE: '100000' },
      { WEBHOOK_ALLOWED_TARGETS: '127.0.0.1:1' },
    );
    const world = new TwoOwners(system);
    await world.fill();
    return world;
  }

  /** The interface with one key, or with none. */
  api(key?: string): Api {
    return new Api(() => this.system.url, key === undefined ? {} : { authorization: `Bearer ${key}` });
  }

  get operator(): Api {
    return this.api(OPERATOR_KEY);
  }

  /** As many and of the same form as {@link things}, but nobody's. */
  nobodys(): Things {
    const { track, name } = this.things;
    const digits = randomUUID().replaceAll('-', '');
    return {
      song: randomUUID(),
      job: randomUUID(),
      key: randomUUID(),
      webhook: randomUUID(),
      delivery: randomUUID(),
      track,
      name,
      objectKey: `mixes/${digits}.wav`,
      scoreKey: `scores/${digits}.json`,
    };
  }

  async stop(): Promise<void> {
    await this.system.stop();
  }

  private async fill(): Promise<void> {
    const { keys } = this;
    for (const scope of ['read', 'write', 'admin'] as const) keys[scope] = (await this.newKey('ann', scope)).secret;
    keys.stranger = (await this.newKey('bob', 'admin')).secret;
    keys.wrong = `bbk_${'A'.repeat(43)}`;
    const soon = new Date(Date.now() + 1000).toISOString();
    keys.expired = (await this.newKey('ann', 'admin', soon)).secret;
    const revoked = await this.newKey('ann', 'admin');
    keys.revoked = revoked.secret;
    await this.api(keys.admin).request(`/v1/keys/${revoked.id}`, { method: 'DELETE' });

    const hook = await this.api(keys.admin).post('/v1/webhooks', { url: 'http://127.0.0.1:1/nobody' });
    if (hook.status !== 201) throw new Error(`POST /v1/webhooks: ${hook.status} ${await hook.text()}`);
    const { webhook } = (await hook.json()) as { webhook: { id: string } };
    const ann = this.api(keys.write);
    const job = await ann.createSong({ prompt: 'house, 4 bars', formats: ['wav'] });
    const ended = await ann.finished(job.id);
    if (ended.state !== 'succeeded') throw new Error(`the song of the test is ${ended.state}`);
    const revision = `/v1/songs/${job.songId}/revisions/1`;
    const { assets } = await ann.get<{ assets: { name: string; kind: string; trackId: string | null }[] }>(
      `${revision}/assets`,
    );
    const stem = assets.find(({ kind }) => kind === 'stem');
    const { keys: listed } = await this.api(keys.admin).get<{ keys: { id: string; scope: string }[] }>('/v1/keys');
    const { deliveries } = await this.api(keys.admin).get<{ deliveries: { id: string }[] }>(
      `/v1/webhooks/${webhook.id}/deliveries`,
    );
    this.things = {
      ...this.things,
      webhook: webhook.id,
      delivery: deliveries[0]?.id ?? '',
      song: job.songId,
      job: job.id,
      key: listed.find(({ scope }) => scope === 'read')?.id ?? '',
      track: stem?.trackId ?? '',
      name: stem?.name ?? '',
    };
    await sleep(1000);
  }

  private async newKey(owner: string, scope: string, expireTime?: string): Promise<{ id: string; secret: string }> {
    const made = await this.operator.post(
      '/v1/keys',
      { name: `${scope} of ${owner}`, scope, expireTime },
      { 'x-beatbot-owner': owner },
    );
    if (made.status !== 201) throw new Error(`POST /v1/keys: ${made.status} ${await made.text()}`);
    const { key, secret } = (await made.json()) as { key: { id: string }; secret: string };
    return { id: key.id, secret };
  }
}
