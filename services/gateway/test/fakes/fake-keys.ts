import { randomUUID } from 'node:crypto';
import type { CreateKeyRequest, Key, KeySecret, RotateKeyRequest } from '@beatbot/contracts/storage/v1/keys';
import type { GetUsageResponse, Quota } from '@beatbot/contracts/storage/v1/usage';
import { type CallContext, DomainError } from '@beatbot/service-kit';

interface Entry {
  key: Key;
  requestId: string;
  sha256: string;
  previousSha256?: string;
}

const ALL: Quota = { jobsPerDay: 0, storedBytes: 0 };

/** What storage knows of keys and usage, in memory. */
export class FakeKeys {
  readonly entries = new Map<string, Entry>();
  readonly quotas = new Map<string, Quota>();

  services() {
    return {
      KeyService: {
        createKey: (request: CreateKeyRequest, { owner }: CallContext) => this.create(request, owner),
        listKeys: (_request: object, { owner }: CallContext) => ({
          keys: [...this.entries.values()].map(({ key }) => key).filter((key) => key.owner === owner),
        }),
        rotateKey: ({ keyId, secret, grace }: RotateKeyRequest, { owner }: CallContext) => {
          const entry = this.entry(keyId, owner);
          const graceSeconds = grace?.seconds ?? 0;
          if (graceSeconds > 0) {
            entry.previousSha256 = entry.sha256;
            entry.key.previousExpireTime = now(graceSeconds);
          }
          Object.assign(entry, { sha256: (secret as KeySecret).sha256 });
          Object.assign(entry.key, { hint: (secret as KeySecret).hint, rotateTime: now() });
          return { key: entry.key };
        },
        deleteKey: ({ keyId }: { keyId: string }, { owner }: CallContext) => {
          this.entries.delete(this.entry(keyId, owner).key.id);
          return {};
        },
        verifyKey: ({ sha256 }: { sha256: string }) => this.verify(sha256),
      },
      UsageService: {
        getUsage: (_request: object, { owner }: CallContext): GetUsageResponse => ({
          jobsToday: 1,
          resetTime: now(60),
          storedBytes: 10,
          songs: 1,
          unfinishedJobs: 0,
          quota: this.quotas.get(owner) ?? ALL,
        }),
        setQuota: ({ quota }: { quota: Quota | null }, { owner }: CallContext) => {
          if (quota) this.quotas.set(owner, quota);
          else this.quotas.delete(owner);
          return { quota: quota ?? ALL };
        },
      },
    };
  }

  private create({ requestId, name, scope, secret, expireTime }: CreateKeyRequest, owner: string): { key: Key } {
    const made = [...this.entries.values()].find((entry) => entry.requestId === requestId && entry.key.owner === owner);
    if (made) throw new DomainError('ALREADY_EXISTS', `this request made key ${made.key.id} before`);
    const key: Key = {
      id: randomUUID(),
      owner,
      name,
      scope,
      hint: (secret as KeySecret).hint,
      createTime: now(),
      expireTime: expireTime ?? undefined,
      rotateTime: undefined,
      lastUseTime: undefined,
      previousExpireTime: undefined,
    };
    this.entries.set(key.id, { key, requestId, sha256: (secret as KeySecret).sha256 });
    return { key };
  }

  private verify(sha256: string): { key: Key } {
    const found = [...this.entries.values()].find(
      ({ key, ...entry }) =>
        (entry.sha256 === sha256 || (entry.previousSha256 === sha256 && !isPast(key.previousExpireTime))) &&
        !isPast(key.expireTime),
    );
    if (!found) throw new DomainError('UNAUTHENTICATED', 'the key is not one that holds');
    return { key: found.key };
  }

  private entry(keyId: string, owner: string): Entry {
    const entry = this.entries.get(keyId);
    if (entry?.key.owner !== owner) throw new DomainError('NOT_FOUND', `key ${keyId} does not exist`);
    return entry;
  }
}

function now(inSeconds = 0): { seconds: number; nanos: number } {
  return { seconds: Math.floor(Date.now() / 1000) + inSeconds, nanos: 0 };
}

function isPast(time: Key['expireTime']): boolean {
  return time !== null && time !== undefined && time.seconds * 1000 + time.nanos / 1e6 <= Date.now();
}
