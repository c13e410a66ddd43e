import type { ChainableCommander, Redis } from 'ioredis';

/** Separates the parts of an entry's name; it occurs in no id that LangGraph makes. */
const SEPARATOR = '\0';
/** Sorts behind every UTF-8 text. */
const LAST = Buffer.from([0xff]);

export interface CheckpointName {
  namespace: string;
  id: string;
}

/** The value that a channel had at a version; checkpoints between which it did not change share it. */
export interface ValueName {
  namespace: string;
  channel: string;
  version: string | number;
}

export interface WriteName extends CheckpointName {
  taskId: string;
  index: number;
}

interface Write {
  entry: string;
  bytes: Buffer;
  /** Leaves an entry that is there as it is. */
  keep: boolean;
  /** Whether ranges are to find it. */
  indexed: boolean;
}

/**
 * The checkpoints and writes of threads in Redis. A thread has two keys, which live and expire together: a hash of entries
 * and a sorted set of their names, in whose order ranges find them (the latest checkpoint, the writes of one). One more key
 * lists the threads by the time they expire. No command looks at other keys.
 */
export class ThreadStore {
  constructor(
    private readonly redis: Redis,
    private readonly prefix: string,
    private readonly ttlSeconds: number,
  ) {}

  async putCheckpoint(
    thread: string,
    name: CheckpointName,
    bytes: Buffer,
    values: { name: ValueName; bytes: Buffer }[],
  ): Promise<void> {
    await this.write(thread, [
      ...values.map((value): Write => ({
        entry: valueEntry(value.name),
        bytes: value.bytes,
        keep: true,
        indexed: false,
      })),
      { entry: checkpointEntry(name), bytes, keep: false, indexed: true },
    ]);
  }

  /** `keep` leaves a write that is there as it is. */
  async putWrites(thread: string, writes: { name: WriteName; bytes: Buffer; keep: boolean }[]): Promise<void> {
    await this.write(
      thread,
      writes.map(({ name, bytes, keep }) => ({ entry: writeEntry(name), bytes, keep, indexed: true })),
    );
  }

  async checkpoint(thread: string, name: CheckpointName): Promise<Buffer | undefined> {
    return (await this.redis.hgetBuffer(this.dataKey(thread), checkpointEntry(name))) ?? undefined;
  }

  /** Those of the values that are stored. */
  async values(thread: string, names: ValueName[]): Promise<{ name: ValueName; bytes: Buffer }[]> {
    if (names.length === 0) return [];
    const found = await this.redis.hmgetBuffer(this.dataKey(thread), ...names.map(valueEntry));
    return names.flatMap((name, at) => {
      const bytes = found[at];
      return bytes ? [{ name, bytes }] : [];
    });
  }

  /** The writes of a checkpoint, in no particular order. */
  async writes(thread: string, name: CheckpointName): Promise<{ name: WriteName; bytes: Buffer }[]> {
    const start = entry('w', name.namespace, name.id, '');
    const entries = await this.redis.zrangebylex(this.indexKey(thread), `[${start}`, before(start));
    if (entries.length === 0) return [];
    const values = await this.redis.hmgetBuffer(this.dataKey(thread), ...entries);
    return entries.flatMap((text, at) => {
      const bytes = values[at];
      return bytes ? [{ name: parseWrite(text), bytes }] : [];
    });
  }

  /** The id of the latest checkpoint. */
  async latest(thread: string, namespace: string): Promise<string | undefined> {
    const start = entry('c', namespace, '');
    const [found] = await this.redis.zrevrangebylex(this.indexKey(thread), before(start), `[${start}`, 'LIMIT', 0, 1);
    return found === undefined ? undefined : parseCheckpoint(found).id;
  }

  /** All checkpoints of a thread (of one namespace where given), the latest first within each namespace. */
  async names(thread: string, namespace?: string): Promise<CheckpointName[]> {
    const start = namespace === undefined ? entry('c', '') : entry('c', namespace, '');
    const found = await this.redis.zrevrangebylex(this.indexKey(thread), before(start), `[${start}`);
    return found.map(parseCheckpoint);
  }

  /** All threads that have not expired. */
  async threads(): Promise<string[]> {
    return this.redis.zrangebyscore(this.threadsKey, Date.now(), '+inf');
  }

  async deleteThread(thread: string): Promise<void> {
    await this.redis.del(this.dataKey(thread), this.indexKey(thread));
    await this.redis.zrem(this.threadsKey, thread);
  }

  private async write(thread: string, writes: Write[]): Promise<void> {
    const data = this.dataKey(thread);
    const index = this.indexKey(thread);
    const transaction = this.redis.multi();
    for (const { entry, bytes, keep, indexed } of writes) {
      if (keep) transaction.hsetnx(data, entry, bytes);
      else transaction.hset(data, entry, bytes);
      if (indexed) transaction.zadd(index, 0, entry);
    }
    transaction.expire(data, this.ttlSeconds).expire(index, this.ttlSeconds);
    await execute(transaction);
    const now = Date.now();
    await execute(
      this.redis
        .pipeline()
        .zadd(this.threadsKey, now + this.ttlSeconds * 1000, thread)
        .zremrangebyscore(this.threadsKey, '-inf', now)
        .expire(this.threadsKey, this.ttlSeconds),
    );
  }

  // The braces keep a thread's keys on one node of a cluster, as a transaction needs.
  private dataKey(thread: string): string {
    return `${this.prefix}:{${thread}}:data`;
  }

  private indexKey(thread: string): string {
    return `${this.prefix}:{${thread}}:index`;
  }

  private get threadsKey(): string {
    return `${this.prefix}:threads`;
  }
}

async function execute(commands: ChainableCommander): Promise<void> {
  for (const [error] of (await commands.exec()) ?? []) if (error) throw error;
}

function entry(...parts: (string | number)[]): string {
  return parts.join(SEPARATOR);
}

function checkpointEntry({ namespace, id }: CheckpointName): string {
  return entry('c', namespace, id);
}

function writeEntry({ namespace, id, taskId, index }: WriteName): string {
  return entry('w', namespace, id, taskId, index);
}

/** The upper bound, exclusive, of all names that begin with `start`. */
function before(start: string): Buffer {
  return Buffer.concat([Buffer.from(`(${start}`, 'utf8'), LAST]);
}

function valueEntry({ namespace, channel, version }: ValueName): string {
  return entry('v', namespace, channel, version);
}

function parseCheckpoint(text: string): CheckpointName {
  const [, namespace = '', id = ''] = text.split(SEPARATOR);
  return { namespace, id };
}

function parseWrite(text: string): WriteName {
  const [, namespace = '', id = '', taskId = '', index] = text.split(SEPARATOR);
  return { namespace, id, taskId, index: Number(index) };
}
