import { Approval, type Job, type RevisionRequest, type SongRequest } from '@beatbot/contracts/music/v1/job';
import { type Asset, AssetKind, type Revision } from '@beatbot/contracts/music/v1/song';
import type { ClaimJobRequest, CreateJobRequest, CreateJobResponse } from '@beatbot/contracts/storage/v1/jobs';
import { v7 as uuid } from 'uuid';
import type { StorageProcess } from './storage-stack';

export const SHA_OF_NOTHING = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

export function seconds(value: number): { seconds: number; nanos: number } {
  const whole = Math.floor(value);
  return { seconds: whole, nanos: Math.round((value - whole) * 1e9) };
}

export function songRequest(prompt = 'a slow waltz in D minor', more: Partial<SongRequest> = {}): SongRequest {
  return {
    prompt,
    controls: undefined,
    candidates: 1,
    approval: Approval.APPROVAL_UNSPECIFIED,
    formats: ['mp3'],
    stemFormat: 'wav',
    tags: [],
    ...more,
  };
}

export function createRequest(more: Partial<CreateJobRequest> = {}): CreateJobRequest {
  const request = more.revisionRequest ? {} : { songRequest: songRequest() };
  return { requestId: uuid(), ...request, maxUnfinished: 0, maxUnfinishedOfOwner: 0, webhook: undefined, ...more };
}

export function revisionRequest(songId: string, more: Partial<RevisionRequest> = {}): RevisionRequest {
  return { songId, baseRevision: 0, edits: [], instruction: 'slower', formats: [], stemFormat: '', ...more };
}

export function claimRequest(more: Partial<ClaimJobRequest> = {}): ClaimJobRequest {
  return { workerId: 'worker', lease: seconds(60), wait: seconds(0), maxAttempts: 3, maxRunningOfOwner: 0, ...more };
}

export function asset(objectKey: string, more: Partial<Asset> = {}): Asset {
  return {
    name: 'mix.mp3',
    kind: AssetKind.ASSET_KIND_MIX,
    format: 'mp3',
    trackId: '',
    objectKey,
    contentType: 'audio/mpeg',
    size: 0,
    sha256: '',
    ...more,
  };
}

export function revision(scoreKey: string, more: Partial<Revision> = {}): Revision {
  return {
    songId: '',
    number: 0,
    baseRevision: 0,
    jobId: '',
    scoreKey,
    scoreHash: SHA_OF_NOTHING,
    brief: undefined,
    plan: { title: 'Slow Waltz', sections: [], tracks: [] },
    receipt: undefined,
    edits: [],
    trackHashes: { bass: SHA_OF_NOTHING },
    sectionHashes: {},
    durationMs: 60_000,
    assets: [],
    createTime: undefined,
    ...more,
  };
}

/** An owner nobody else has. */
export function newOwner(): string {
  return `owner-${uuid()}`;
}

export async function create(
  storage: StorageProcess,
  owner: string,
  more: Partial<CreateJobRequest> = {},
): Promise<Required<CreateJobResponse> & { job: Job }> {
  const response = await storage.jobs.createJob(createRequest(more), { owner });
  if (!response.job) throw new Error('no job');
  return response as Required<CreateJobResponse> & { job: Job };
}

export async function put(
  storage: StorageProcess,
  owner: string,
  key: string,
  bytes: Uint8Array = Buffer.from(key),
): Promise<string> {
  async function* parts() {
    yield { header: { key, contentType: 'application/octet-stream', sha256: '' } };
    for (let at = 0; at < bytes.length; at += 65_536) yield { chunk: Buffer.from(bytes.subarray(at, at + 65_536)) };
  }
  await storage.objects.putObject(parts(), { owner });
  return key;
}

/** Publishes a revision for a claimed job. */
export async function finish(storage: StorageProcess, job: Job, more: Partial<Revision> = {}) {
  const scoreKey = await put(storage, job.owner, `scores/${job.id}.json`);
  return storage.jobs.finishJob({
    jobId: job.id,
    fencingNumber: job.fencingNumber,
    revision: revision(scoreKey, more),
  });
}
