import type * as Messages from '@beatbot/contracts/storage/v1/objects';
import { callContext, GrpcClientStream, GrpcServerStream, type ServerCall } from '@beatbot/service-kit';
import type { Metadata } from '@grpc/grpc-js';
import { Controller } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import { headedStream } from '../edge/headed-stream';
import { FieldChecks } from '../edge/field-checks';
import { ownerOf } from '../edge/owner';
import { toTimestamp } from '../edge/proto-time';
import { type NewObject, ObjectService } from './object.service';
import type { StoredObject } from './stored-object';

const MAX_EXPIRY_MS = 7 * 86_400_000;
const MEDIA_TYPE =
  /^[a-z0-9][a-z0-9!#$&^_.+-]*\/[a-z0-9][a-z0-9!#$&^_.+-]*(?: *; *[a-zA-Z0-9_.-]+=(?:[a-zA-Z0-9_.+-]+|"[^"\\\x00-\x1f\x7f]*"))*$/;

@Controller()
export class ObjectGrpc {
  constructor(private readonly objects: ObjectService) {}

  @GrpcClientStream('ObjectService', 'PutObject')
  async putObject(
    parts: AsyncIterable<Messages.PutObjectRequest>,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<Messages.PutObjectResponse> {
    const owner = ownerOf(callContext(call));
    return headedStream(parts, async (header, chunks) => {
      const object = await this.objects.put(newObjectOf(header, owner), chunks);
      return { object: infoMessage(object) };
    });
  }

  @GrpcServerStream('ObjectService', 'GetObject')
  async *getObject(
    request: Messages.GetObjectRequest,
    _metadata: Metadata,
    call: ServerCall,
  ): AsyncGenerator<Messages.GetObjectResponse> {
    const owner = ownerOf(callContext(call));
    const checks = new FieldChecks();
    const key = checks.objectKey('key', request.key);
    const offset = checks.integer('offset', request.offset, 0, Number.MAX_SAFE_INTEGER);
    const length = checks.integer('length', request.length, 0, Number.MAX_SAFE_INTEGER);
    checks.done();
    const { object, bytes } = await this.objects.open(owner, key, offset, length);
    yield { header: infoMessage(object) };
    for await (const chunk of bytes) yield { chunk: chunk as Buffer };
  }

  @GrpcMethod('ObjectService', 'StatObject')
  async statObject(
    request: Messages.StatObjectRequest,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<Messages.StatObjectResponse> {
    const owner = ownerOf(callContext(call));
    const checks = new FieldChecks();
    const key = checks.objectKey('key', request.key);
    checks.done();
    return { object: infoMessage(await this.objects.stat(owner, key)) };
  }

  @GrpcMethod('ObjectService', 'SignObjectUrl')
  async signObjectUrl(
    request: Messages.SignObjectUrlRequest,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<Messages.SignObjectUrlResponse> {
    const owner = ownerOf(callContext(call));
    const checks = new FieldChecks();
    const key = checks.objectKey('key', request.key);
    const expiresInMs = checks.duration('expires_in', request.expiresIn, 1000, MAX_EXPIRY_MS);
    const fileName = checks.text('file_name', request.fileName, 0, 200);
    checks.done();
    // URLs tell the time in whole seconds; the last one counts in full.
    const expireTime = new Date(Math.ceil((Date.now() + expiresInMs) / 1000) * 1000);
    return { url: await this.objects.sign(owner, key, fileName, expireTime), expireTime: toTimestamp(expireTime) };
  }
}

function newObjectOf(header: Messages.PutObjectHeader, owner: string): NewObject {
  const checks = new FieldChecks();
  const object = {
    owner,
    key: checks.objectKey('header.key', header.key),
    contentType: checks.pattern(
      'header.content_type',
      header.contentType.slice(0, 300),
      MEDIA_TYPE,
      'a media type such as audio/mpeg',
    ),
    size:
      header.size === undefined ? undefined : checks.integer('header.size', header.size, 0, Number.MAX_SAFE_INTEGER),
    sha256: header.sha256 === '' ? undefined : checks.sha256('header.sha256', header.sha256),
  };
  checks.done();
  return object;
}

function infoMessage({ key, size, sha256, contentType, createTime }: StoredObject): Messages.ObjectInfo {
  return { key, size, sha256, contentType, createTime: toTimestamp(createTime) };
}
