import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Asset } from './api-types';
import { BeatbotError } from './beatbot-error';
import type { HttpTransport } from './http-transport';

export interface DownloadOptions {
  signal?: AbortSignal;
  /** Called with the bytes there so far. */
  onProgress?: (bytes: number) => void;
  /** How often a dropped connection is taken up again without a byte gained in between. Default 5. */
  attempts?: number;
}

const FIRST_PAUSE_MS = 200;

/**
 * Downloads an asset to `file`, which appears only when it is whole and its SHA-256 is right. What was received before a
 * drop, even by an earlier process, is kept in `file.<hash>.part` and gone on from.
 * @throws BeatbotError CHECKSUM_MISMATCH when the bytes are not the asset's even after a fresh start
 */
export async function downloadAsset(
  transport: HttpTransport,
  asset: Pick<Asset, 'url' | 'size' | 'sha256' | 'name'>,
  file: string,
  options: DownloadOptions = {},
): Promise<void> {
  const part = `${file}.${asset.sha256.slice(0, 12)}.part`;
  await mkdir(dirname(file), { recursive: true });
  for (const lastTry of [false, true]) {
    await fetchInto(part, transport, asset, options);
    if ((await hashOf(part)) === asset.sha256) {
      await rename(part, file);
      return;
    }
    await rm(part, { force: true });
    if (lastTry)
      throw new BeatbotError(`${asset.name} arrived damaged: its SHA-256 is not ${asset.sha256}`, {
        reason: 'CHECKSUM_MISMATCH',
      });
  }
}

async function fetchInto(
  part: string,
  transport: HttpTransport,
  asset: Pick<Asset, 'url' | 'size' | 'sha256' | 'name'>,
  options: DownloadOptions,
): Promise<void> {
  const { attempts = 5, signal } = options;
  for (let failures = 0, before = -1; ;) {
    const there = await sizeOf(part);
    if (there === asset.size) return;
    if (there > before) failures = 0;
    before = there;
    try {
      await append(part, there < asset.size ? there : 0, transport, asset, options);
      if ((await sizeOf(part)) >= asset.size) return;
      throw new BeatbotError(`${asset.name} ended before its ${asset.size} bytes`, { reason: 'UNREACHABLE' });
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof BeatbotError && !error.passing) throw error;
      if (++failures >= attempts) throw error;
      await sleep(FIRST_PAUSE_MS * 2 ** failures, undefined, { signal });
    }
  }
}

async function append(
  part: string,
  offset: number,
  transport: HttpTransport,
  asset: Pick<Asset, 'url' | 'sha256'>,
  { signal, onProgress }: DownloadOptions,
): Promise<void> {
  const response = await transport.request(asset.url, {
    headers: offset > 0 ? { range: `bytes=${offset}-`, 'if-range': `"${asset.sha256}"` } : {},
    signal,
    repeatable: true,
  });
  const resumed = response.status === 206;
  const handle = await open(part, resumed ? 'a' : 'w');
  try {
    let bytes = resumed ? offset : 0;
    for await (const chunk of response.body ?? []) {
      await handle.write(chunk as Uint8Array);
      bytes += (chunk as Uint8Array).length;
      onProgress?.(bytes);
    }
  } finally {
    await handle.close();
  }
}

async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw error;
  }
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
