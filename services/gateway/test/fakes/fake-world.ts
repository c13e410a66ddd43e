import { createHash } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { DomainError } from '@beatbot/service-kit';
import {
  type Job,
  type JobEvent,
  JobEventType,
  JobState,
  type RevisionRequest,
  type SongRequest,
} from '@beatbot/contracts/music/v1/job';
import { Provenance } from '@beatbot/contracts/music/v1/brief';
import { type Asset, AssetKind, type Revision, type Song } from '@beatbot/contracts/music/v1/song';

export const FINAL = [JobState.JOB_STATE_SUCCEEDED, JobState.JOB_STATE_FAILED, JobState.JOB_STATE_CANCELLED];

const AGENTS = ['interpreter', 'producer', 'harmony', 'rhythm', 'bass', 'melody', 'critic'];

interface Entry {
  owner: string;
  song: Song;
  revisions: Revision[];
}

/** What orchestrator and storage know, in memory; the fakes of their services answer from it. */
export class FakeWorld {
  readonly songs = new Map<string, Entry>();
  readonly jobs = new Map<string, { job: Job; events: JobEvent[] }>();
  readonly objects = new Map<string, Buffer>();
  private readonly requests = new Map<string, { hash: string; jobId: string }>();
  private readonly changed = new EventEmitter().setMaxListeners(0);
  private count = 0;

  createSong(owner: string, requestId: string, request: SongRequest): { song: Song; job: Job } {
    const known = this.known(owner, requestId, request);
    if (known) return { song: this.entry(owner, known.songId).song, job: known };
    const id = `song-${++this.count}`;
    const { prompt, tags, controls } = request;
    const title = controls?.title ?? 'Untitled';
    const song: Song = {
      id,
      owner,
      title,
      tags,
      style: '',
      prompt,
      latestRevision: 0,
      createTime: this.now(),
      updateTime: this.now(),
    };
    this.songs.set(id, { owner, song, revisions: [] });
    return { song, job: this.addJob(owner, requestId, id, { songRequest: request }) };
  }

  createRevision(owner: string, requestId: string, request: RevisionRequest): Job {
    this.entry(owner, request.songId);
    return (
      this.known(owner, requestId, request) ??
      this.addJob(owner, requestId, request.songId, { revisionRequest: request })
    );
  }

  entry(owner: string, songId: string): Entry {
    const entry = this.songs.get(songId);
    if (!entry || entry.owner !== owner)
      throw new DomainError('NOT_FOUND', `there is no song ${songId}`, {
        fields: [{ field: 'song_id', value: songId, allowed: 'the id of a song' }],
      });
    return entry;
  }

  job(owner: string, jobId: string): { job: Job; events: JobEvent[] } {
    const entry = this.jobs.get(jobId);
    if (!entry || entry.job.owner !== owner)
      throw new DomainError('NOT_FOUND', `there is no job ${jobId}`, {
        fields: [{ field: 'job_id', value: jobId, allowed: 'the id of a job' }],
      });
    return entry;
  }

  append(
    jobId: string,
    change: Partial<Pick<Job, 'state' | 'stage' | 'percent' | 'scoreKey' | 'error' | 'revision'>> & {
      agent?: string;
      detail?: string;
    },
  ): void {
    const entry = this.jobs.get(jobId);
    if (!entry) throw new Error(`no job ${jobId}`);
    const { agent = '', detail = '', ...changes } = change;
    const type = change.state ? JobEventType.JOB_EVENT_TYPE_STATE : JobEventType.JOB_EVENT_TYPE_PROGRESS;
    Object.assign(entry.job, changes);
    entry.job.lastEventSeq = entry.events.length + 1;
    const { state, stage, percent, lastEventSeq: seq } = entry.job;
    entry.events.push({ jobId, seq, type, state, stage, percent, agent, detail, time: this.now() });
    this.changed.emit(jobId);
  }

  async *watch(owner: string, jobId: string, afterSeq: number, signal: AbortSignal): AsyncGenerator<JobEvent> {
    const { job, events } = this.job(owner, jobId);
    for (let next = afterSeq; ; next++) {
      while (next >= events.length) {
        if (FINAL.includes(job.state)) return;
        await once(this.changed, jobId, { signal });
      }
      const event = events[next];
      if (event) yield event;
    }
  }

  /** Plays a job through its stages to a published revision, stopping where it was cancelled. */
  async perform(jobId: string, pause: () => Promise<unknown>): Promise<void> {
    const { job } = this.jobs.get(jobId) ?? {};
    if (!job) throw new Error(`no job ${jobId}`);
    const over = async (): Promise<boolean> => {
      await pause();
      return FINAL.includes(job.state);
    };
    if (FINAL.includes(job.state)) return;
    this.append(jobId, { state: JobState.JOB_STATE_RUNNING, stage: 'interpret', percent: 2 });
    for (const [index, agent] of AGENTS.entries()) {
      if (await over()) return;
      this.append(jobId, { stage: 'compose', percent: 10 + index * 8, agent, detail: `${agent} at work` });
    }
    if (await over()) return;
    this.append(jobId, { stage: 'render', percent: 70, scoreKey: 'scores/abc', detail: 'bass' });
    if (await over()) return;
    this.publish(jobId);
  }

  publish(jobId: string): Revision {
    const entry = this.jobs.get(jobId);
    const song = this.songs.get(entry?.job.songId ?? '');
    if (!entry || !song) throw new Error(`no job ${jobId}`);
    const number = song.revisions.length + 1;
    const revision = this.revision(entry.job, number);
    song.revisions.push(revision);
    Object.assign(song.song, { latestRevision: number, style: 'lo-fi-hip-hop', updateTime: this.now() });
    this.append(jobId, { state: JobState.JOB_STATE_SUCCEEDED, stage: 'done', percent: 100, revision: number });
    return revision;
  }

  private revision(job: Job, number: number): Revision {
    return {
      songId: job.songId,
      number,
      baseRevision: number - 1,
      jobId: job.id,
      scoreKey: 'scores/abc',
      scoreHash: 'ab'.repeat(32),
      brief: undefined,
      plan: undefined,
      receipt: {
        demands: [
          {
            demand: 'tempo',
            source: Provenance.PROVENANCE_STATED,
            asked: '82 bpm',
            measured: '82 bpm',
            how: 'tempo map',
            met: true,
          },
          {
            demand: 'key',
            source: Provenance.PROVENANCE_STATED,
            asked: 'D minor',
            measured: 'F major',
            how: 'Krumhansl-Schmuckler on the notes',
            met: false,
          },
        ],
        measures: [{ name: 'notes', value: 812, unit: '' }],
        repairs: [],
        notUnderstood: ['dusty'],
        remarks: ['upright bass is played by acoustic-bass'],
        explanations: [{ agent: 'harmony', text: 'i iv V in C minor, as asked.' }],
      },
      edits: job.revisionRequest?.edits ?? [],
      trackHashes: { bass: 'cd'.repeat(32) },
      sectionHashes: {},
      durationMs: 94_000,
      assets: [
        this.asset('score.json', AssetKind.ASSET_KIND_SCORE, 'json', 'application/json', Buffer.from('{"ppq":480}')),
        this.asset('song.mid', AssetKind.ASSET_KIND_MIDI, 'midi', 'audio/midi', Buffer.from('MThd and more')),
        this.asset(
          'song.musicxml',
          AssetKind.ASSET_KIND_MUSICXML,
          'musicxml',
          'application/vnd.recordare.musicxml+xml',
          Buffer.from('<score-partwise/>'),
        ),
        this.asset('mix.wav', AssetKind.ASSET_KIND_MIX, 'wav', 'audio/wav', noise(300_000)),
        this.asset('mix.mp3', AssetKind.ASSET_KIND_MIX, 'mp3', 'audio/mpeg', noise(40_000)),
        this.asset('stems/bass.wav', AssetKind.ASSET_KIND_STEM, 'wav', 'audio/wav', noise(120_000), 'bass'),
        this.asset('peaks.json', AssetKind.ASSET_KIND_PEAKS, 'json', 'application/json', Buffer.from('[]')),
      ],
      createTime: this.now(),
    };
  }

  private asset(
    name: string,
    kind: AssetKind,
    format: string,
    contentType: string,
    bytes: Buffer,
    trackId = '',
  ): Asset {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const objectKey = `assets/${sha256}`;
    this.objects.set(objectKey, bytes);
    return { name, kind, format, trackId, objectKey, contentType, size: bytes.length, sha256 };
  }

  private known(owner: string, requestId: string, request: object): Job | undefined {
    const hash = createHash('sha256').update(JSON.stringify(request)).digest('hex');
    const before = this.requests.get(`${owner} ${requestId}`);
    if (!before) {
      this.requests.set(`${owner} ${requestId}`, { hash, jobId: `job-${this.count + 1}` });
      return undefined;
    }
    if (before.hash !== hash)
      throw new DomainError('IDEMPOTENCY_KEY_REUSED', 'the request id was used for another request');
    return this.job(owner, before.jobId).job;
  }

  private addJob(
    owner: string,
    requestId: string,
    songId: string,
    request: Pick<Job, 'songRequest' | 'revisionRequest'>,
  ): Job {
    const id = `job-${++this.count}`;
    this.requests.set(`${owner} ${requestId}`, {
      hash: createHash('sha256')
        .update(JSON.stringify(request.songRequest ?? request.revisionRequest))
        .digest('hex'),
      jobId: id,
    });
    const job: Job = {
      id,
      owner,
      songId,
      revision: 0,
      state: JobState.JOB_STATE_QUEUED,
      stage: 'queued',
      percent: 0,
      attempts: 0,
      fencingNumber: 0,
      error: undefined,
      ...request,
      queuePosition: 0,
      plan: undefined,
      planApproved: false,
      cancelRequested: false,
      scoreKey: '',
      lastEventSeq: 0,
      createTime: this.now(),
      updateTime: this.now(),
      startTime: undefined,
      endTime: undefined,
    };
    this.jobs.set(id, { job, events: [] });
    this.append(id, { state: JobState.JOB_STATE_QUEUED, stage: 'queued', percent: 0 });
    return job;
  }

  private now(): { seconds: number; nanos: number } {
    return { seconds: Math.floor(Date.now() / 1000), nanos: 0 };
  }
}

/** Bytes that differ everywhere, the same at every call. */
export function noise(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  for (let index = 0, state = 1; index < length; index++) {
    state = (state * 1_103_515_245 + 12_345) & 0x7fffffff;
    bytes[index] = state >>> 16;
  }
  return bytes;
}
