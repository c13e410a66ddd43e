import { isDeepStrictEqual } from 'node:util';
import type { RunnableConfig } from '@langchain/core/runnables';
import {
  BaseCheckpointSaver,
  type ChannelVersions,
  type Checkpoint,
  type CheckpointListOptions,
  type CheckpointMetadata,
  type CheckpointPendingWrite,
  type CheckpointTuple,
  compareWritesSortKeys,
  copyCheckpoint,
  getCheckpointId,
  maxChannelVersion,
  type PendingWrite,
  type SerializerProtocol,
  TASKS,
  WRITES_IDX_MAP,
  writesSortKey,
} from '@langchain/langgraph-checkpoint';
import type { Redis } from 'ioredis';
import { pack, unpack } from './pack';
import { type CheckpointName, ThreadStore } from './thread-store';

export interface RedisCheckpointSaverOptions {
  /** How long a thread is kept after its last write, in seconds. Default one day. */
  ttlSeconds?: number;
  /** Begins every key. Default `checkpoint`. */
  prefix?: string;
  serde?: SerializerProtocol;
}

const DAY_SECONDS = 86_400;
/** Since this version of the format a checkpoint holds its pending sends itself. */
const VERSION_WITH_SENDS = 4;

/**
 * LangGraph checkpoints in any Redis (no modules), by plain commands. A thread expires as a whole after its last write;
 * a thread that has expired, or a Redis that was emptied, is a thread that has not begun.
 */
export class RedisCheckpointSaver extends BaseCheckpointSaver {
  private readonly store: ThreadStore;

  constructor(redis: Redis, options: RedisCheckpointSaverOptions = {}) {
    super(options.serde);
    this.store = new ThreadStore(redis, options.prefix ?? 'checkpoint', options.ttlSeconds ?? DAY_SECONDS);
  }

  async getTuple(config: RunnableConfig): Promise<CheckpointTuple | undefined> {
    const { thread, namespace } = place(config);
    if (thread === undefined) return undefined;
    const id = getCheckpointId(config) || (await this.store.latest(thread, namespace ?? ''));
    return id === undefined ? undefined : this.tuple(thread, { namespace: namespace ?? '', id });
  }

  async *list(config: RunnableConfig, options: CheckpointListOptions = {}): AsyncGenerator<CheckpointTuple> {
    const { thread, namespace, id } = place(config);
    const beforeId = options.before && getCheckpointId(options.before);
    let left = options.limit ?? Infinity;
    for (const threadId of thread === undefined ? await this.store.threads() : [thread]) {
      for (const name of await this.store.names(threadId, namespace)) {
        if ((id !== undefined && name.id !== id) || (beforeId && name.id >= beforeId)) continue;
        if (left <= 0) return;
        const tuple = await this.tuple(threadId, name, options.filter);
        if (!tuple) continue;
        left -= 1;
        yield tuple;
      }
    }
  }

  async put(
    config: RunnableConfig,
    checkpoint: Checkpoint,
    metadata: CheckpointMetadata,
    versions: ChannelVersions,
  ): Promise<RunnableConfig> {
    const { thread, namespace = '', id: parentId } = place(config);
    if (thread === undefined) throw missing('checkpoint', 'thread_id');
    const { channel_values: values, ...rest } = copyCheckpoint(checkpoint);
    // A first checkpoint brings what is new; each later one brings all again, which costs no room where it is there already,
    // and makes the thread whole again where Redis was emptied in between.
    const stored = parentId === undefined ? versions : rest.channel_versions;
    const [[type, bytes], [metadataType, metadataBytes], changed] = await Promise.all([
      this.serde.dumpsTyped({ ...rest, channel_values: {} }),
      this.serde.dumpsTyped(metadata),
      Promise.all(
        Object.entries(stored)
          .filter(([channel]) => channel in values)
          .map(async ([channel, version]) => ({
            name: { namespace, channel, version },
            bytes: pack(await this.serde.dumpsTyped(values[channel])),
          })),
      ),
    ]);
    await this.store.putCheckpoint(
      thread,
      { namespace, id: checkpoint.id },
      pack([type, bytes, metadataType, metadataBytes, parentId ?? '']),
      changed,
    );
    return configOf(thread, { namespace, id: checkpoint.id });
  }

  async putWrites(config: RunnableConfig, writes: PendingWrite[], taskId: string, taskPath = ''): Promise<void> {
    const { thread, namespace = '', id } = place(config);
    if (thread === undefined) throw missing('writes', 'thread_id');
    if (id === undefined) throw missing('writes', 'checkpoint_id');
    if (writes.length === 0) return;
    await this.store.putWrites(
      thread,
      await Promise.all(
        writes.map(async ([channel, value], position) => {
          const [type, bytes] = await this.serde.dumpsTyped(value);
          const index = WRITES_IDX_MAP[channel] ?? position;
          // What a task wrote stays when it is run again; errors, interrupts and the like are replaced.
          return {
            name: { namespace, id, taskId, index },
            bytes: pack([channel, type, bytes, taskPath]),
            keep: index >= 0,
          };
        }),
      ),
    );
  }

  /** One more than before, and a random fraction: branches of a thread that was forked never share a version, and so never a value. */
  override getNextVersion(current: number | undefined): number {
    return Math.floor(current ?? 0) + 1 + Math.random();
  }

  async deleteThread(threadId: string): Promise<void> {
    await this.store.deleteThread(threadId);
  }

  private async tuple(
    thread: string,
    name: CheckpointName,
    filter?: Record<string, unknown>,
  ): Promise<CheckpointTuple | undefined> {
    const stored = await this.store.checkpoint(thread, name);
    if (!stored) return undefined;
    const [type, bytes, metadataType, metadataBytes, parent] = unpack(stored, 5) as [
      Buffer,
      Buffer,
      Buffer,
      Buffer,
      Buffer,
    ];
    const metadata = (await this.serde.loadsTyped(metadataType.toString(), metadataBytes)) as CheckpointMetadata &
      Record<string, unknown>;
    if (filter && !Object.entries(filter).every(([key, value]) => isDeepStrictEqual(metadata[key], value)))
      return undefined;
    const checkpoint = (await this.serde.loadsTyped(type.toString(), bytes)) as Checkpoint;
    checkpoint.channel_values = await this.channelValues(thread, name.namespace, checkpoint.channel_versions);
    const parentId = parent.toString();
    if (checkpoint.v < VERSION_WITH_SENDS && parentId)
      await this.addPendingSends(checkpoint, thread, { ...name, id: parentId });
    return {
      config: configOf(thread, name),
      checkpoint,
      metadata,
      pendingWrites: await this.pendingWrites(thread, name),
      ...(parentId && { parentConfig: configOf(thread, { ...name, id: parentId }) }),
    };
  }

  private async channelValues(
    thread: string,
    namespace: string,
    versions: ChannelVersions,
  ): Promise<Record<string, unknown>> {
    const names = Object.entries(versions).map(([channel, version]) => ({ namespace, channel, version }));
    const stored = await this.store.values(thread, names);
    return Object.fromEntries(
      await Promise.all(
        stored.map(async ({ name, bytes }) => {
          const [type, value] = unpack(bytes, 2) as [Buffer, Buffer];
          return [name.channel, await this.serde.loadsTyped(type.toString(), value)] as const;
        }),
      ),
    );
  }

  /** The writes of a checkpoint in the order in which the run applied them. */
  private async pendingWrites(thread: string, name: CheckpointName): Promise<CheckpointPendingWrite[]> {
    const stored = (await this.store.writes(thread, name)).map((write) => {
      const [channel, type, bytes, path] = unpack(write.bytes, 4) as [Buffer, Buffer, Buffer, Buffer];
      return {
        ...write.name,
        channel: channel.toString(),
        type: type.toString(),
        bytes,
        key: writesSortKey(path.toString(), write.name.taskId, write.name.index),
      };
    });
    stored.sort((a, b) => compareWritesSortKeys(a.key, b.key));
    return Promise.all(
      stored.map(async ({ taskId, channel, type, bytes }): Promise<CheckpointPendingWrite> => [
        taskId,
        channel,
        await this.serde.loadsTyped(type, bytes),
      ]),
    );
  }

  /** Before version 4 of the format, what a step sent to others stood with the writes of its parent. */
  private async addPendingSends(checkpoint: Checkpoint, thread: string, parent: CheckpointName): Promise<void> {
    const writes = await this.pendingWrites(thread, parent);
    checkpoint.channel_values ??= {};
    checkpoint.channel_values[TASKS] = writes.filter(([, channel]) => channel === TASKS).map(([, , value]) => value);
    checkpoint.channel_versions ??= {};
    const versions = Object.values(checkpoint.channel_versions);
    checkpoint.channel_versions[TASKS] =
      versions.length > 0 ? maxChannelVersion(...versions) : this.getNextVersion(undefined);
  }
}

function place(config: RunnableConfig): { thread?: string; namespace?: string; id?: string } {
  const { thread_id: thread, checkpoint_ns: namespace } = (config.configurable ?? {}) as Record<
    string,
    string | undefined
  >;
  return { thread: thread || undefined, namespace, id: getCheckpointId(config) || undefined };
}

function configOf(thread: string, { namespace, id }: CheckpointName): RunnableConfig {
  return { configurable: { thread_id: thread, checkpoint_ns: namespace, checkpoint_id: id } };
}

function missing(what: string, field: string): Error {
  return new Error(
    `Failed to put ${what}. The passed RunnableConfig is missing a required "${field}" field in its "configurable" property.`,
  );
}
