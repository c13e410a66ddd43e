import { createHash } from 'node:crypto';
import type * as Messages from '@beatbot/contracts/storage/v1/objects';
import {
  baseEnvironment,
  callContext,
  DomainError,
  GrpcClientStream,
  GrpcServerStream,
  readEnvironment,
  type RunningService,
  runService,
  type ServerCall,
} from '@beatbot/service-kit';
import type { Metadata } from '@grpc/grpc-js';
import { Controller, Module } from '@nestjs/common';
import { MemoryObjectStore } from './memory-object-store';

const CHUNK_BYTES = 1000;

@Controller()
class ObjectController {
  constructor(private readonly store: MemoryObjectStore) {}

  @GrpcClientStream('ObjectService', 'PutObject')
  async putObject(
    parts: AsyncIterable<Messages.PutObjectRequest>,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<Messages.PutObjectResponse> {
    let header: Messages.PutObjectHeader | undefined;
    const chunks: Uint8Array[] = [];
    for await (const part of parts) {
      header ??= part.header;
      if (part.chunk) chunks.push(part.chunk);
    }
    const bytes = Buffer.concat(chunks);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    if (!header || header.sha256 !== sha256 || header.size !== bytes.length) {
      throw new DomainError('CHECKSUM_MISMATCH', 'the bytes are not those of the header');
    }
    const { key, contentType } = header;
    await this.store.put({ key, contentType, bytes, sha256 }, callContext(call));
    return { object: undefined };
  }

  @GrpcServerStream('ObjectService', 'GetObject')
  async *getObject(
    { key }: Messages.GetObjectRequest,
    _metadata: Metadata,
    call: ServerCall,
  ): AsyncGenerator<Messages.GetObjectResponse> {
    const bytes = await this.store.get(key, Infinity, callContext(call));
    yield { header: { key, size: bytes.byteLength, sha256: '', contentType: '', createTime: undefined } };
    for (let start = 0; start < bytes.byteLength; start += CHUNK_BYTES) {
      yield { chunk: Buffer.from(bytes.subarray(start, start + CHUNK_BYTES)) };
    }
  }
}

/** A server of the storage service's ObjectService over a store in memory. */
export async function startObjectServer(port = 0): Promise<{
  service: RunningService;
  store: MemoryObjectStore;
  address: string;
}> {
  const store = new MemoryObjectStore();
  @Module({ controllers: [ObjectController], providers: [{ provide: MemoryObjectStore, useValue: store }] })
  class ObjectModule {}
  const config = readEnvironment(baseEnvironment, { ...testEnvironment, GRPC_PORT: String(port) });
  const service = await runService({
    name: 'storage',
    module: ObjectModule,
    config,
    grpcPackages: ['beatbot.storage.v1'],
  });
  return { service, store, address: `127.0.0.1:${service.grpcPort}` };
}

export const testEnvironment = {
  HOST: '127.0.0.1',
  GRPC_PORT: '0',
  HTTP_PORT: '0',
  METRICS_PORT: '0',
  LOG_LEVEL: 'silent',
  READINESS_INTERVAL_MS: '100',
  SHUTDOWN_GRACE_SECONDS: '1',
};
