import { Controller, Get, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import type { ImportSongsRequest } from '@beatbot/contracts/storage/v1/archives';
import { type CallContext, CONFIG, DomainError } from '@beatbot/service-kit';
import type { Request, Response } from 'express';
import { sendStream } from '../assets/asset-sender';
import { allows } from '../auth/principal';
import { type ArchiveClient, Archives, type SongClient, Songs } from '../backends/backends';
import type { GatewayConfig } from '../config';
import { Operation } from '../openapi/operation';
import { Caller, principalOf } from '../requests/caller';
import { Consumes, Produces } from '../requests/media-type.guard';
import { SongParams } from '../validation/path-params';
import { ImportedSongsDto } from './archive.schemas';

export const TAR = 'application/x-tar';
const archiveDocs = {
  200: {
    description: 'The archive; one that is cut lacks its last entry, manifest.json',
    mediaTypes: [TAR],
    headers: { 'Content-Disposition': 'Name of the file' },
  },
};

/** Songs with all that belongs to them as one file, and back. */
@Controller('v1')
export class ArchivesController {
  constructor(
    @Archives() private readonly archives: ArchiveClient,
    @Songs() private readonly songs: SongClient,
    @Inject(CONFIG) private readonly config: GatewayConfig,
  ) {}

  @Get('songs/:song/export')
  @Produces(TAR)
  @Operation({
    id: 'exportSong',
    summary: 'Download a song with all its revisions and files as one archive',
    answers: archiveDocs,
  })
  async exportSong(
    @Caller() caller: CallContext,
    @Param() { song: songId }: SongParams,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.songs.getSong({ songId }, { context: caller });
    await this.send(request, response, caller, songId, `song-${songId}.tar`);
  }

  @Get('export')
  @Produces(TAR)
  @Operation({
    id: 'exportSongs',
    summary: 'Download all songs as one archive',
    description:
      'A tar with a document for each song and revision, each file once for each song, and manifests with size and SHA-256.',
    answers: archiveDocs,
  })
  async exportSongs(@Caller() caller: CallContext, @Req() request: Request, @Res() response: Response): Promise<void> {
    await this.send(request, response, caller, '', 'songs.tar');
  }

  @Post('import')
  @HttpCode(200)
  @Consumes(TAR)
  @Operation({
    id: 'importSongs',
    summary: 'Take an archive of songs in',
    description:
      'All of it or nothing: songs are seen once every entry is stored and checked. They become yours. A song that you have stays as it is, so that a second import changes nothing. Others have ids of their own; for the operator they keep the ids of the archive.',
    body: { mediaType: TAR },
    answers: { 200: { description: 'The songs', body: ImportedSongsDto } },
  })
  async importSongs(@Caller() caller: CallContext, @Req() request: Request): Promise<ImportedSongsDto> {
    const encoding = request.header('content-encoding') ?? 'identity';
    if (encoding !== 'identity') {
      throw new DomainError(
        'UNSUPPORTED_MEDIA_TYPE',
        `Content-Encoding ${encoding} is not supported: send the tar itself`,
        {
          fields: [{ field: 'Content-Encoding', value: encoding, allowed: 'none' }],
        },
      );
    }
    const keepIds = allows(principalOf(request), 'operator');
    const { songs } = await this.archives.importSongs(partsOf(request, keepIds), {
      context: caller,
      deadlineMs: this.config.DOWNLOAD_TIME_LIMIT_SECONDS * 1000,
    });
    return { songs };
  }

  private async send(
    request: Request,
    response: Response,
    caller: CallContext,
    songId: string,
    fileName: string,
  ): Promise<void> {
    const begin = (): void => {
      response.writeHead(200, {
        'Content-Type': TAR,
        'Content-Disposition': `attachment; filename="${fileName}"`,
        'Cache-Control': 'no-store',
      });
    };
    if (request.method === 'HEAD') {
      begin();
      response.end();
      return;
    }
    const deadlineMs = this.config.DOWNLOAD_TIME_LIMIT_SECONDS * 1000;
    await sendStream(
      response,
      caller,
      chunksOf(this.archives.exportSongs({ songId }, { context: caller, deadlineMs })),
      begin,
    );
  }
}

async function* chunksOf(parts: AsyncIterable<{ chunk: Uint8Array }>): AsyncGenerator<Uint8Array> {
  for await (const { chunk } of parts) yield chunk;
}

async function* partsOf(body: AsyncIterable<Buffer>, keepIds: boolean): AsyncGenerator<ImportSongsRequest> {
  yield { header: { keepIds } };
  for await (const chunk of body) yield { chunk };
}
