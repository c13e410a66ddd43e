export * from './api-types';
export type { ArchiveContents, ExportOptions } from './archive-file';
export { BeatbotClient, type CallOptions, type CreateOptions } from './beatbot-client';
export { BeatbotError, type ClientReason } from './beatbot-error';
export type { DownloadOptions } from './download';
export type { TransportOptions } from './http-transport';
export type { WatchOptions } from './job-events';
