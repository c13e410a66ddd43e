import { createHash } from 'node:crypto';
import type { Revision } from '@beatbot/contracts/music/v1/song';
import { AssetKind } from '@beatbot/contracts/music/v1/song';
import type { ArchiveServiceController } from '@beatbot/contracts/storage/v1/archives';
import { type GrpcClient, grpcClient } from '@beatbot/service-kit';
import { asset, claimRequest, create, put, revision, revisionRequest } from './requests';
import type { StorageProcess } from './storage-stack';

export type ArchiveClient = GrpcClient<ArchiveServiceController>;

export function archiveClient({ service }: StorageProcess): ArchiveClient {
  return grpcClient({ package: 'beatbot.storage.v1', service: 'ArchiveService' }, `127.0.0.1:${service.grpcPort}`);
}

export async function exported(archives: ArchiveClient, owner: string, songId = ''): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const { chunk } of archives.exportSongs({ songId }, { owner })) chunks.push(chunk);
  return Buffer.concat(chunks);
}

export async function imported(archives: ArchiveClient, owner: string, archive: Buffer, keepIds = false) {
  async function* parts() {
    yield { header: { keepIds } };
    for (let at = 0; at < archive.length; at += 50_000) yield { chunk: archive.subarray(at, at + 50_000) };
  }
  return (await archives.importSongs(parts(), { owner })).songs;
}

/** A song with revisions, each with a Score, a mix of its own and a stem that all share. */
export async function songWithRevisions(storage: StorageProcess, owner: string, revisions: number): Promise<string> {
  const { song, job: first } = await create(storage, owner);
  const songId = song?.id ?? '';
  for (let number = 1; number <= revisions; number++) {
    if (number > 1) await create(storage, owner, { revisionRequest: revisionRequest(songId) });
    const { job } = await storage.jobs.claimJob(claimRequest());
    if (!job || (number === 1 && job.id !== first.id)) throw new Error('another job was claimed');
    await storage.jobs.finishJob({
      jobId: job.id,
      fencingNumber: job.fencingNumber,
      revision: await publishable(storage, owner, job.id, number),
    });
  }
  return songId;
}

async function publishable(storage: StorageProcess, owner: string, jobId: string, number: number): Promise<Revision> {
  const score = Buffer.from(`{"score of":"${jobId}"}`);
  const scoreKey = await put(storage, owner, `scores/${jobId}.json`, score);
  const mix = await put(storage, owner, `mixes/${jobId}.mp3`, Buffer.alloc(150_000, jobId));
  const stem = await put(storage, owner, 'stems/bass.wav', Buffer.alloc(70_001, 'bass'));
  return revision(scoreKey, {
    baseRevision: number - 1,
    scoreHash: createHash('sha256').update(score).digest('hex'),
    edits: number === 1 ? [] : [{ transpose: { semitones: 2, trackIds: [], sectionIds: [] } } as never],
    receipt: {
      demands: [],
      measures: [{ name: 'notes', value: 812.5, unit: '' }],
      repairs: [],
      notUnderstood: ['dusty'],
      remarks: [],
    } as never,
    assets: [
      asset(mix),
      asset(stem, {
        name: 'stems/bass.wav',
        kind: AssetKind.ASSET_KIND_STEM,
        format: 'wav',
        trackId: 'bass',
        contentType: 'audio/wav',
      }),
      asset(scoreKey, {
        name: 'score.json',
        kind: AssetKind.ASSET_KIND_SCORE,
        format: 'json',
        contentType: 'application/json',
      }),
    ],
  });
}

/** All that can be read of an owner's songs, without ids and keys; the bytes by their SHA-256. */
export async function allOf(storage: StorageProcess, owner: string) {
  const { songs } = await storage.songs.listSongs(
    { pageSize: 100, pageToken: '', orderBy: 'create_time', text: '', style: '', tag: '' },
    { owner },
  );
  return Promise.all(
    songs.map(async ({ id: songId, owner: _owner, ...song }) => {
      const { revisions } = await storage.songs.listRevisions({ songId, pageSize: 100, pageToken: '' }, { owner });
      const told = await Promise.all(
        revisions.map(async ({ songId: _song, jobId: _job, scoreKey, assets, ...rest }) => ({
          ...rest,
          score: await hashOf(storage, owner, scoreKey),
          assets: await Promise.all(
            assets.map(async ({ objectKey, ...file }) => ({ ...file, bytes: await hashOf(storage, owner, objectKey) })),
          ),
        })),
      );
      return { ...song, revisions: told };
    }),
  );
}

async function hashOf(storage: StorageProcess, owner: string, key: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const { chunk } of storage.objects.getObject({ key, offset: 0, length: 0 }, { owner }))
    if (chunk) hash.update(chunk);
  return hash.digest('hex');
}
