import { pipeline } from 'node:stream/promises';
import { DomainError, toDomainError } from '@beatbot/service-kit';
import { Controller, Get, Inject, Logger, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { errorCode } from './file-system-error';
import { ObjectService } from './object.service';
import type { StoredObject } from './stored-object';
import { SIGNED_PATH, type SignedRead, UrlSigner } from './url-signer';

/** Serves signed URLs: immutable bytes with Range, ETag and a name to save them under. */
@Controller(SIGNED_PATH)
export class ObjectDownloadController {
  private readonly log = new Logger('download');

  constructor(
    private readonly objects: ObjectService,
    @Inject(UrlSigner) private readonly signer: UrlSigner | null,
  ) {}

  @Get(':owner/*key')
  async download(@Req() request: Request, @Res() response: Response): Promise<void> {
    try {
      if (!this.signer) throw new DomainError('NOT_FOUND', 'objects are served by S3, not here');
      const read = readOf(request);
      this.signer.check(read, textOf(request.query.signature));
      const object = await this.objects.stat(read.owner, read.key);
      describe(response, object, read);
      if (request.fresh) {
        response.status(304).end();
        return;
      }
      const { offset, length } = rangeOf(request, response, object);
      response.set('Content-Length', String(length));
      if (request.method === 'HEAD' || length === 0) {
        response.end();
        return;
      }
      const { bytes } = await this.objects.open(read.owner, read.key, offset, length);
      await pipeline(bytes, response);
    } catch (error) {
      this.fail(request, response, error);
    }
  }

  private fail(request: Request, response: Response, thrown: unknown): void {
    // A browser that stops listening is no failure.
    if (response.destroyed && !response.writableFinished && isPrematureClose(thrown)) return;
    const error = toDomainError(thrown);
    if (error.reason === 'INTERNAL' || error.reason === 'DATA_LOSS')
      this.log.error({ err: thrown, msg: 'download failed' });
    if (response.headersSent) {
      response.destroy();
      return;
    }
    for (const name of ['ETag', 'Content-Disposition', 'Cache-Control', 'Content-Length']) response.removeHeader(name);
    if (error.retryAfterMs !== undefined) response.set('Retry-After', String(Math.ceil(error.retryAfterMs / 1000)));
    response
      .status(error.httpStatus)
      .set('Content-Type', 'application/problem+json')
      .send(
        JSON.stringify({
          title: error.message,
          status: error.httpStatus,
          reason: error.reason,
          instance: request.path,
        }),
      );
  }
}

function readOf(request: Request): SignedRead {
  const { owner, key } = request.params as unknown as { owner: string; key: string[] };
  const expires = textOf(request.query.expires);
  if (!/^\d{1,12}$/.test(expires)) throw new DomainError('PERMISSION_DENIED', 'the URL says no time of expiry');
  return {
    owner,
    key: key.join('/'),
    fileName: textOf(request.query.name),
    expireTime: new Date(Number(expires) * 1000),
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function describe(response: Response, object: StoredObject, read: SignedRead): void {
  const secondsLeft = Math.floor((read.expireTime.getTime() - Date.now()) / 1000);
  response.attachment(read.fileName || object.key.split('/').at(-1));
  response.set({
    'Content-Type': object.contentType,
    'Accept-Ranges': 'bytes',
    ETag: `"${object.sha256}"`,
    'Last-Modified': object.createTime.toUTCString(),
    'Cache-Control': `private, max-age=${Math.max(secondsLeft, 0)}, immutable`,
    'X-Content-Type-Options': 'nosniff',
  });
}

/** The bytes asked for (RFC 9110, section 14): one range gives 206, none or several give all. */
function rangeOf(request: Request, response: Response, object: StoredObject): { offset: number; length: number } {
  const whole = { offset: 0, length: object.size };
  const condition = request.get('If-Range');
  if (condition !== undefined && condition !== `"${object.sha256}"`) return whole;
  const ranges = request.range(object.size);
  if (ranges === -1) {
    response.set('Content-Range', `bytes */${object.size}`);
    throw new DomainError(
      'RANGE_NOT_SATISFIABLE',
      `the object has ${object.size} bytes, none of them in ${request.get('Range')}`,
    );
  }
  const [range, more] = Array.isArray(ranges) && ranges.type === 'bytes' ? ranges : [];
  if (!range || more) return whole;
  response.status(206).set('Content-Range', `bytes ${range.start}-${range.end}/${object.size}`);
  return { offset: range.start, length: range.end - range.start + 1 };
}

function isPrematureClose(error: unknown): boolean {
  return ['ERR_STREAM_PREMATURE_CLOSE', 'ECONNRESET', 'EPIPE'].includes(errorCode(error));
}
