import { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  type ListMultipartUploadsCommandOutput,
  paginateListObjectsV2,
  S3Client,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { DomainError } from '@beatbot/service-kit';
import type { OnApplicationShutdown } from '@nestjs/common';
import contentDisposition from 'content-disposition';
import { CheckedBytes } from './checked-bytes';
import { isLocation } from './location';
import {
  CHUNK_BYTES,
  type Expected,
  type Location,
  type ObjectStore,
  type SignRequest,
  type Written,
} from './object-store';
import { s3Code, statusOf, toS3DomainError } from './s3-error';
import { wholeChunks } from './whole-chunks';

/** How to reach the bucket; credentials come from where the AWS SDK finds them. */
export interface S3Settings {
  S3_BUCKET: string;
  S3_REGION: string;
  /** Without it: AWS. */
  S3_ENDPOINT?: string;
  /** Where signed URLs point to; S3_ENDPOINT where not given. */
  S3_PUBLIC_ENDPOINT?: string;
  /** Before each location: empty, or ending in `/`. */
  S3_PREFIX: string;
  S3_FORCE_PATH_STYLE: boolean;
  S3_CONNECT_TIMEOUT_MS: number;
  /** For the answer to one request, and for a silence within it. */
  S3_REQUEST_TIMEOUT_MS: number;
  S3_MAX_ATTEMPTS: number;
}

/** Objects up to one part are put by one request. An upload holds at most {@link PARTS_AT_ONCE} + 1 parts in memory. */
const PART_BYTES = 8 * 1024 * 1024;
const PARTS_AT_ONCE = 2;
/** S3 takes no more: https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
const MAX_PARTS = 10_000;
/** The longest time that a signature of version 4 allows. */
const MAX_SIGNED_SECONDS = 7 * 86_400;
/** More than the SDK's 50: slow readers each hold a connection, and must not keep writers waiting. */
const MAX_CONNECTIONS = 256;
/** Below the time that readiness gives a check, so that checks of a silent server do not pile up. */
const CHECK_MS = 1800;

/**
 * Objects in a bucket of an S3 server. An object comes into being by its last request, so a crash leaves nothing, or
 * parts of an upload that {@link removeLeftovers} aborts. Where the answer to that last request is lost, an object may
 * lie there though `put` has rejected: bytes without a row, which the sweeper finds.
 */
export class S3ObjectStore implements ObjectStore, OnApplicationShutdown {
  private readonly client: S3Client;
  private readonly signer: S3Client;
  private readonly bucket: string;

  constructor(private readonly settings: S3Settings) {
    this.bucket = settings.S3_BUCKET;
    this.client = clientFor(settings, settings.S3_ENDPOINT);
    this.signer = clientFor(settings, settings.S3_PUBLIC_ENDPOINT ?? settings.S3_ENDPOINT);
  }

  async put(location: Location, bytes: AsyncIterable<Uint8Array>, expected: Expected): Promise<Written> {
    const Key = this.key(location);
    const checked = new CheckedBytes(bytes, expected);
    const outcome: { written?: Written; refusal?: unknown } = {};
    // The last part is sent when the bytes have ended, so bytes that are wrong never become an object.
    async function* untilChecked() {
      try {
        yield* checked;
        outcome.written = checked.written();
      } catch (error) {
        // A stream that is destroyed throws into its source what it was destroyed for.
        if (!Body.destroyed) outcome.refusal = error;
        throw error;
      }
    }
    const Body: Readable = Readable.from(untilChecked(), { objectMode: false, highWaterMark: CHUNK_BYTES });
    const upload = new Upload({
      client: this.client,
      params: { Bucket: this.bucket, Key, Body },
      partSize: Math.max(PART_BYTES, Math.ceil((expected.size ?? expected.maxBytes) / MAX_PARTS)),
      queueSize: PARTS_AT_ONCE,
    });
    try {
      await upload.done();
    } catch (error) {
      // What the bytes were refused for says more than that their upload could not be aborted.
      throw outcome.refusal ?? this.toDomainError(error);
    } finally {
      Body.destroy();
    }
    if (!outcome.written) throw new Error(`the upload of ${location} ended before its bytes`);
    return outcome.written;
  }

  get(location: Location, offset: number, length: number): AsyncIterable<Uint8Array> {
    return wholeChunks(this.received(location, offset, offset + length), CHUNK_BYTES);
  }

  async stat(location: Location): Promise<{ size: number } | undefined> {
    const Key = this.key(location);
    try {
      const { ContentLength } = await this.client.send(new HeadObjectCommand({ Bucket: this.bucket, Key }));
      return { size: ContentLength ?? 0 };
    } catch (error) {
      if (statusOf(error) === 404) return undefined;
      throw this.toDomainError(error);
    }
  }

  async delete(location: Location): Promise<void> {
    const Key = this.key(location);
    try {
      await this.client.send(new DeleteObjectCommand({ Bucket: this.bucket, Key }));
    } catch (error) {
      if (s3Code(error) === 'NoSuchKey') return;
      throw this.toDomainError(error);
    }
  }

  async *list(): AsyncGenerator<{ location: Location; writeTime: Date }> {
    const { client, bucket: Bucket } = this;
    const Prefix = this.settings.S3_PREFIX;
    try {
      for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket, Prefix })) {
        for (const { Key, LastModified } of Contents) {
          const location = this.locationOf(Key);
          if (location && LastModified) yield { location, writeTime: LastModified };
        }
      }
    } catch (error) {
      throw this.toDomainError(error);
    }
  }

  async removeLeftovers(before: Date): Promise<number> {
    let removed = 0;
    try {
      for await (const { Key, Initiated, UploadId } of this.uploads()) {
        // Other users of the bucket have uploads too.
        if (!this.locationOf(Key) || !Initiated || Initiated >= before) continue;
        await this.abort(Key, UploadId);
        removed++;
      }
    } catch (error) {
      throw this.toDomainError(error);
    }
    return removed;
  }

  async sign({ key, location, contentType, fileName, expireTime }: SignRequest): Promise<string> {
    const secondsLeft = Math.ceil((expireTime.getTime() - Date.now()) / 1000);
    const expiresIn = Math.min(Math.max(secondsLeft, 1), MAX_SIGNED_SECONDS);
    const command = new GetObjectCommand({
      Bucket: this.bucket,
      Key: this.key(location),
      ResponseContentType: contentType,
      ResponseContentDisposition: attachmentOf(fileName || key.slice(key.lastIndexOf('/') + 1)),
      ResponseCacheControl: `private, max-age=${expiresIn}, immutable`,
    });
    try {
      // Counted back from its end, so that it ends then and not a second later.
      const signingDate = new Date(expireTime.getTime() - expiresIn * 1000);
      return await getSignedUrl(this.signer, command, { expiresIn, signingDate });
    } catch (error) {
      throw this.toDomainError(error);
    }
  }

  /** Asks for the bucket, which costs little; whether its policy allows writing, the first put shows. */
  async checkWritable(): Promise<void> {
    try {
      const abortSignal = AbortSignal.timeout(CHECK_MS);
      await this.client.send(new HeadBucketCommand({ Bucket: this.bucket }), { abortSignal });
    } catch (error) {
      throw this.toDomainError(error);
    }
  }

  onApplicationShutdown(): void {
    this.client.destroy();
    this.signer.destroy();
  }

  private async *received(location: Location, begin: number, end: number): AsyncGenerator<Uint8Array> {
    const Key = this.key(location);
    for (let at = begin; at < end;) {
      const reached = at;
      try {
        for await (const chunk of await this.open(Key, at, end)) {
          at += chunk.byteLength;
          yield chunk;
        }
        if (at < end) throw new DomainError('DATA_LOSS', `the bytes of an object end at ${at}, too early`);
      } catch (thrown) {
        const error = this.toDomainError(thrown);
        // Servers close the connections of slow readers: the rest is asked for as long as some bytes come each time.
        if (!isAway(error) || at === reached) throw error;
      }
    }
  }

  /** The bytes from `begin` to before `end`, or to the object's end. @throws DomainError DATA_LOSS for none */
  private async open(Key: string, begin: number, end: number): Promise<AsyncIterable<Uint8Array>> {
    try {
      const Range = `bytes=${begin}-${end - 1}`;
      const { Body } = await this.client.send(new GetObjectCommand({ Bucket: this.bucket, Key, Range }));
      if (!(Body instanceof Readable)) throw new Error('the answer of S3 has no body');
      return Body;
    } catch (error) {
      if (s3Code(error) === 'NoSuchKey')
        throw new DomainError('DATA_LOSS', 'the bytes of an object are gone', { cause: error });
      if (statusOf(error) === 416)
        throw new DomainError('DATA_LOSS', `the bytes of an object end before ${begin}`, { cause: error });
      throw error;
    }
  }

  private async *uploads() {
    let page: ListMultipartUploadsCommandOutput | undefined;
    do {
      page = await this.client.send(
        new ListMultipartUploadsCommand({
          Bucket: this.bucket,
          Prefix: this.settings.S3_PREFIX,
          KeyMarker: page?.NextKeyMarker,
          UploadIdMarker: page?.NextUploadIdMarker,
        }),
      );
      yield* page.Uploads ?? [];
    } while (page.IsTruncated);
  }

  private async abort(Key: string | undefined, UploadId: string | undefined): Promise<void> {
    try {
      await this.client.send(new AbortMultipartUploadCommand({ Bucket: this.bucket, Key, UploadId }));
    } catch (error) {
      // It has ended meanwhile.
      if (s3Code(error) !== 'NoSuchUpload') throw error;
    }
  }

  /** Only places of ours lead to a key, so no text of a caller can lead out of the prefix. */
  private key(location: Location): string {
    if (!isLocation(location)) throw new Error(`${JSON.stringify(location)} is not a location`);
    return this.settings.S3_PREFIX + location;
  }

  /** Undefined for what is not ours. */
  private locationOf(key: string | undefined): Location | undefined {
    const prefix = this.settings.S3_PREFIX;
    const location = key?.startsWith(prefix) ? key.slice(prefix.length) : '';
    return isLocation(location) ? location : undefined;
  }

  private toDomainError(error: unknown): unknown {
    return toS3DomainError(error, this.bucket);
  }
}

function clientFor(settings: S3Settings, endpoint: string | undefined): S3Client {
  return new S3Client({
    region: settings.S3_REGION,
    endpoint,
    forcePathStyle: settings.S3_FORCE_PATH_STYLE,
    maxAttempts: settings.S3_MAX_ATTEMPTS,
    retryMode: 'standard',
    // Bytes are checked on their way in; a range of them has no checksum, and signed URLs shall ask for none.
    requestChecksumCalculation: 'WHEN_SUPPORTED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: {
      connectionTimeout: settings.S3_CONNECT_TIMEOUT_MS,
      requestTimeout: settings.S3_REQUEST_TIMEOUT_MS,
      throwOnRequestTimeout: true,
      socketTimeout: settings.S3_REQUEST_TIMEOUT_MS,
      httpAgent: { maxSockets: MAX_CONNECTIONS },
      httpsAgent: { maxSockets: MAX_CONNECTIONS },
    },
  });
}

/** All ASCII: S3 answers with the UTF-8 bytes of what was signed, which no header may have. */
function attachmentOf(fileName: string): string {
  return contentDisposition(fileName, { fallback: fileName.replace(/[^\x20-\x7e]/g, '?') });
}

function isAway(error: unknown): boolean {
  return error instanceof DomainError && error.reason === 'UNAVAILABLE';
}
