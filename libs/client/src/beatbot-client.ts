import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type {
  AcceptedSong,
  ApiKeyList,
  ApiKeyWithSecret,
  Asset,
  Capabilities,
  CreateApiKey,
  CreateRevision,
  CreateSong,
  CreateWebhook,
  Delivery,
  DeliveryList,
  ImportedSongs,
  InstrumentList,
  Job,
  JobEvent,
  JobList,
  ListDeliveriesQuery,
  ListJobsQuery,
  ListSongsQuery,
  PageQuery,
  Plan,
  Receipt,
  Revision,
  RevisionList,
  RotateApiKey,
  Song,
  SongList,
  StyleList,
  UpdateSong,
  Usage,
  WebhookList,
  WebhookWithSecret,
} from './api-types';
import {
  ARCHIVE_TYPE,
  type ArchiveContents,
  checkArchive,
  exportArchive,
  type ExportOptions,
  ownerHeader,
} from './archive-file';
import { downloadAsset, type DownloadOptions } from './download';
import { HttpTransport, type TransportOptions } from './http-transport';
import { jobEvents, type WatchOptions } from './job-events';

export interface CallOptions {
  signal?: AbortSignal;
}

export interface CreateOptions extends CallOptions {
  /** Under the same key the same request is made once, however often it is sent. A new one where not given. */
  idempotencyKey?: string;
}

/** The REST interface of BeatBot, typed. All methods throw BeatbotError. */
export class BeatbotClient {
  private readonly transport: HttpTransport;

  constructor(options: TransportOptions) {
    this.transport = new HttpTransport(options);
  }

  get url(): string {
    return this.transport.url;
  }

  createSong(song: CreateSong, options: CreateOptions = {}): Promise<AcceptedSong> {
    return this.post('/v1/songs', song, options);
  }

  listSongs(query: ListSongsQuery = {}, options: CallOptions = {}): Promise<SongList> {
    return this.get('/v1/songs', options, query);
  }

  getSong(songId: string, options: CallOptions = {}): Promise<Song> {
    return this.get(songPath(songId), options);
  }

  updateSong(songId: string, change: UpdateSong, { signal }: CallOptions = {}): Promise<Song> {
    return this.transport.json(songPath(songId), { method: 'PATCH', body: change, signal, repeatable: true });
  }

  /** A second call finds no song: NOT_FOUND. */
  async deleteSong(songId: string, { signal }: CallOptions = {}): Promise<void> {
    await this.transport.json(songPath(songId), { method: 'DELETE', signal, repeatable: false });
  }

  createRevision(songId: string, change: CreateRevision, options: CreateOptions = {}): Promise<{ job: Job }> {
    return this.post(`${songPath(songId)}/revisions`, change, options);
  }

  listRevisions(songId: string, query: PageQuery = {}, options: CallOptions = {}): Promise<RevisionList> {
    return this.get(`${songPath(songId)}/revisions`, options, query);
  }

  getRevision(songId: string, number: number, options: CallOptions = {}): Promise<Revision> {
    return this.get(`${songPath(songId)}/revisions/${number}`, options);
  }

  getReceipt(songId: string, number: number, options: CallOptions = {}): Promise<Receipt> {
    return this.get(`${songPath(songId)}/revisions/${number}/receipt`, options);
  }

  /** To a file that appears only when it is whole and right; dropped connections are gone on from. */
  download(asset: Asset, file: string, options: DownloadOptions = {}): Promise<void> {
    return downloadAsset(this.transport, asset, file, options);
  }

  /** To a file that appears only when it is whole and every entry is what its manifest lists. */
  exportSongs(file: string, options: ExportOptions = {}): Promise<ArchiveContents> {
    return exportArchive(this.transport, file, options);
  }

  /** From a file that `exportSongs` made, checked before it is sent. Songs that are there already stay as they are. */
  async importSongs(file: string, { owner, signal }: CallOptions & { owner?: string } = {}): Promise<ImportedSongs> {
    await checkArchive(file);
    return this.transport.json('/v1/import', {
      method: 'POST',
      upload: { contentType: ARCHIVE_TYPE, bytes: () => createReadStream(file) },
      headers: ownerHeader(owner),
      signal,
      repeatable: true,
    });
  }

  getJob(jobId: string, options: CallOptions = {}): Promise<Job> {
    return this.get(jobPath(jobId), options);
  }

  listJobs(query: ListJobsQuery = {}, options: CallOptions = {}): Promise<JobList> {
    return this.get('/v1/jobs', options, query);
  }

  /** A job's events up to its end, through dropped connections and restarts of the server. */
  watchJob(jobId: string, options: WatchOptions = {}): AsyncGenerator<JobEvent> {
    return jobEvents(this.transport, jobId, options);
  }

  cancelJob(jobId: string, options: CreateOptions = {}): Promise<Job> {
    return this.post(`${jobPath(jobId)}:cancel`, undefined, options);
  }

  approveJob(jobId: string, plan?: Plan, options: CreateOptions = {}): Promise<Job> {
    return this.post(`${jobPath(jobId)}:approve`, plan ? { plan } : {}, options);
  }

  /** Not repeated by itself: a job that was queued again may have failed again. */
  retryJob(jobId: string, { signal }: CallOptions = {}): Promise<Job> {
    return this.transport.json(`${jobPath(jobId)}:retry`, { method: 'POST', signal, repeatable: false });
  }

  listStyles(query: PageQuery = {}, options: CallOptions = {}): Promise<StyleList> {
    return this.get('/v1/styles', options, query);
  }

  listInstruments(query: PageQuery = {}, options: CallOptions = {}): Promise<InstrumentList> {
    return this.get('/v1/instruments', options, query);
  }

  getCapabilities(options: CallOptions = {}): Promise<Capabilities> {
    return this.get('/v1/capabilities', options);
  }

  /** Not repeated by itself: the secret is told once. */
  createKey(
    key: CreateApiKey,
    { signal, idempotencyKey = randomUUID() }: CreateOptions = {},
  ): Promise<ApiKeyWithSecret> {
    return this.transport.json('/v1/keys', {
      method: 'POST',
      body: key,
      headers: { 'idempotency-key': idempotencyKey },
      signal,
      repeatable: false,
    });
  }

  listKeys(options: CallOptions = {}): Promise<ApiKeyList> {
    return this.get('/v1/keys', options);
  }

  /** Not repeated by itself: each time there is another secret. */
  rotateKey(keyId: string, rotation: RotateApiKey = {}, { signal }: CallOptions = {}): Promise<ApiKeyWithSecret> {
    return this.transport.json(`${keyPath(keyId)}:rotate`, {
      method: 'POST',
      body: rotation,
      signal,
      repeatable: false,
    });
  }

  async deleteKey(keyId: string, { signal }: CallOptions = {}): Promise<void> {
    await this.transport.json(keyPath(keyId), { method: 'DELETE', signal, repeatable: false });
  }

  getUsage(options: CallOptions = {}): Promise<Usage> {
    return this.get('/v1/usage', options);
  }

  createWebhook(webhook: CreateWebhook, options: CreateOptions = {}): Promise<WebhookWithSecret> {
    return this.post('/v1/webhooks', webhook, options);
  }

  /** Without those of single jobs. */
  listWebhooks(options: CallOptions = {}): Promise<WebhookList> {
    return this.get('/v1/webhooks', options);
  }

  /** A second call finds no webhook: NOT_FOUND. */
  async deleteWebhook(webhookId: string, { signal }: CallOptions = {}): Promise<void> {
    await this.transport.json(webhookPath(webhookId), { method: 'DELETE', signal, repeatable: false });
  }

  listDeliveries(webhookId: string, query: ListDeliveriesQuery = {}, options: CallOptions = {}): Promise<DeliveryList> {
    return this.get(`${webhookPath(webhookId)}/deliveries`, options, query);
  }

  /** Not repeated by itself: each time the message is sent once more. */
  replayDelivery(webhookId: string, deliveryId: string, { signal }: CallOptions = {}): Promise<Delivery> {
    return this.transport.json(`${webhookPath(webhookId)}/deliveries/${encodeURIComponent(deliveryId)}:replay`, {
      method: 'POST',
      signal,
      repeatable: false,
    });
  }

  /** Version of the server's interface. */
  async serverVersion({ signal }: CallOptions = {}): Promise<string> {
    const document = await this.transport.json<{ info: { version: string } }>('/openapi.json', {
      signal,
      repeatable: true,
    });
    return document.info.version;
  }

  private get<T>(
    path: string,
    { signal }: CallOptions,
    query?: ListSongsQuery | ListJobsQuery | ListDeliveriesQuery | PageQuery,
  ): Promise<T> {
    return this.transport.json<T>(path, { query, signal, repeatable: true });
  }

  private post<T>(path: string, body: unknown, { signal, idempotencyKey = randomUUID() }: CreateOptions): Promise<T> {
    return this.transport.json<T>(path, {
      method: 'POST',
      body,
      headers: { 'idempotency-key': idempotencyKey },
      signal,
      repeatable: true,
    });
  }
}

function songPath(songId: string): string {
  return `/v1/songs/${encodeURIComponent(songId)}`;
}

function keyPath(keyId: string): string {
  return `/v1/keys/${encodeURIComponent(keyId)}`;
}

function webhookPath(webhookId: string): string {
  return `/v1/webhooks/${encodeURIComponent(webhookId)}`;
}

function jobPath(jobId: string): string {
  return `/v1/jobs/${encodeURIComponent(jobId)}`;
}
