import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import type { Asset } from '@beatbot/contracts/music/v1/song';
import type { GetObjectResponse } from '@beatbot/contracts/storage/v1/objects';
import { type CallContext, CONFIG, DomainError } from '@beatbot/service-kit';
import type { Request, Response } from 'express';
import { type ObjectClient, Objects } from '../backends/backends';
import type { GatewayConfig } from '../config';
import { type ByteRange, matchesNone, readRange } from './byte-range';

/** The bytes under an asset's URL never change. */
const CACHE_CONTROL = 'private, max-age=31536000, immutable';

/** Answers with a stored asset: whole, in part, or not again where the client has it. */
@Injectable()
export class AssetSender {
  constructor(
    @Objects() private readonly objects: ObjectClient,
    @Inject(CONFIG) private readonly config: GatewayConfig,
  ) {}

  async send(request: Request, response: Response, caller: CallContext, asset: Asset): Promise<void> {
    const etag = `"${asset.sha256}"`;
    const headers = {
      ETag: etag,
      'Cache-Control': CACHE_CONTROL,
      'Accept-Ranges': 'bytes',
      'Content-Type': asset.contentType,
      'Content-Disposition': dispositionOf(asset.name),
    };
    if (matchesNone(request.header('if-none-match'), etag)) {
      response.writeHead(304, headers).end();
      return;
    }
    const range = this.rangeOf(request, response, asset.size, etag);
    const length = range ? range.end - range.start + 1 : asset.size;
    const begin = (): void => {
      response.writeHead(range ? 206 : 200, { ...headers, ...lengthHeaders(length, range, asset.size) });
    };
    if (request.method === 'HEAD' || length === 0) {
      begin();
      response.end();
      return;
    }
    const parts = this.objects.getObject(
      { key: asset.objectKey, offset: range?.start ?? 0, length: range ? length : 0 },
      { context: caller, deadlineMs: this.config.DOWNLOAD_TIME_LIMIT_SECONDS * 1000 },
    );
    await sendStream(response, caller, chunksOf(parts, length), begin);
  }

  private rangeOf(request: Request, response: Response, size: number, etag: string): ByteRange | undefined {
    const condition = request.header('if-range');
    // There is no Last-Modified here, so a date never matches; a weak tag never does.
    if (condition !== undefined && condition.trim() !== etag) return undefined;
    try {
      return readRange(request.header('range'), size);
    } catch (error) {
      response.set('Content-Range', `bytes */${size}`);
      throw error;
    }
  }
}

/**
 * Sends chunks as fast as the client takes them; when the client goes, the source is left.
 * `begin` sets status and headers once the first chunk is there, so that an error before it is still answered as a problem.
 */
export async function sendStream(
  response: Response,
  caller: CallContext,
  chunks: AsyncGenerator<Uint8Array>,
  begin: () => void,
): Promise<void> {
  const first = await chunks.next();
  begin();
  async function* all(): AsyncGenerator<Uint8Array> {
    if (first.done) return;
    yield first.value;
    yield* chunks;
  }
  try {
    await pipeline(Readable.from(all(), { objectMode: false }), response);
  } catch (error) {
    if (!caller.signal.aborted) throw error;
  }
}

/** @throws DomainError DATA_LOSS when the object does not have `length` bytes: an answer must not end short of its Content-Length */
async function* chunksOf(parts: AsyncIterable<GetObjectResponse>, length: number): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const { chunk } of parts) {
    if (chunk === undefined || chunk.length === 0) continue;
    bytes += chunk.length;
    yield chunk;
  }
  if (bytes !== length) throw new DomainError('DATA_LOSS', `an object has ${bytes} bytes instead of ${length}`);
}

function lengthHeaders(length: number, range: ByteRange | undefined, size: number): Record<string, string> {
  return {
    'Content-Length': String(length),
    ...(range && { 'Content-Range': `bytes ${range.start}-${range.end}/${size}` }),
  };
}

/** Played in place; saved under the last part of the asset's name. */
export function dispositionOf(name: string): string {
  const fileName = name.slice(name.lastIndexOf('/') + 1);
  if (!/^[\w.-]+$/.test(fileName)) throw new DomainError('INTERNAL', `asset name ${name} cannot be a file name`);
  return `inline; filename="${fileName}"`;
}
