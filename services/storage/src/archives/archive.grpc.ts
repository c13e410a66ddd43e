import type * as Messages from '@beatbot/contracts/storage/v1/archives';
import { callContext, GrpcClientStream, GrpcServerStream, type ServerCall } from '@beatbot/service-kit';
import type { Metadata } from '@grpc/grpc-js';
import { Controller } from '@nestjs/common';
import { headedStream } from '../edge/headed-stream';
import { idOf } from '../edge/id-of';
import { ownerOf } from '../edge/owner';
import { songNotFound } from '../songs/not-found';
import { ExportService } from './export.service';
import { ImportService } from './import.service';

@Controller()
export class ArchiveGrpc {
  constructor(
    private readonly exports: ExportService,
    private readonly imports: ImportService,
  ) {}

  @GrpcServerStream('ArchiveService', 'ExportSongs')
  async *exportSongs(
    request: Messages.ExportSongsRequest,
    _metadata: Metadata,
    call: ServerCall,
  ): AsyncGenerator<Messages.ExportSongsResponse> {
    const owner = ownerOf(callContext(call));
    const songId = request.songId === '' ? undefined : idOf(request.songId, songNotFound);
    for await (const chunk of this.exports.archive(owner, songId)) yield { chunk: Buffer.from(chunk) };
  }

  @GrpcClientStream('ArchiveService', 'ImportSongs')
  async importSongs(
    parts: AsyncIterable<Messages.ImportSongsRequest>,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<Messages.ImportSongsResponse> {
    const owner = ownerOf(callContext(call));
    return headedStream(parts, async ({ keepIds }, chunks) => ({
      songs: await this.imports.import(owner, keepIds, chunks),
    }));
  }
}
