import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import type { CallContext } from '@beatbot/service-kit';
import type { Response } from 'express';
import { type OrchestratorClient, Orchestrator, type SongClient, Songs } from '../backends/backends';
import { present } from '../backends/present';
import { jobView } from '../jobs/job.mapping';
import { IdempotencyKey, idempotencyHeader } from '../requests/idempotency-key';
import { Operation } from '../openapi/operation';
import { Caller } from '../requests/caller';
import { SongParams } from '../validation/path-params';
import { songRequestToMessage, songView } from './song.mapping';
import { AcceptedSongDto, CreateSongDto, ListSongsQuery, SongDto, SongListDto, UpdateSongDto } from './song.schemas';

@Controller('v1/songs')
export class SongsController {
  constructor(
    @Orchestrator() private readonly orchestrator: OrchestratorClient,
    @Songs() private readonly songs: SongClient,
  ) {}

  @Post()
  @HttpCode(202)
  @Operation({
    id: 'createSong',
    summary: 'Ask for a song',
    description:
      'Answers at once; the job tells how the making goes. With a webhook this job is told of there, signed by a key that the answer holds.',
    headers: idempotencyHeader,
    answers: { 202: { description: 'Accepted', body: AcceptedSongDto, headers: { Location: 'Path of the job' } } },
  })
  async create(
    @Caller() caller: CallContext,
    @IdempotencyKey() requestId: string,
    @Body() body: CreateSongDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AcceptedSongDto> {
    const accepted = await this.orchestrator.createSong(
      { requestId, song: songRequestToMessage(body), webhook: body.webhook },
      { context: caller },
    );
    const job = jobView(present(accepted.job, 'job'));
    response.location(`/v1/jobs/${job.id}`);
    const answer = { song: songView(present(accepted.song, 'song')), job };
    if (!accepted.webhook) return answer;
    response.set('Cache-Control', 'no-store');
    return { ...answer, webhook: accepted.webhook };
  }

  @Get()
  @Operation({
    id: 'listSongs',
    summary: 'List songs',
    answers: { 200: { description: 'A page of songs', body: SongListDto } },
  })
  async list(@Caller() caller: CallContext, @Query() query: ListSongsQuery): Promise<SongListDto> {
    const { pageSize = 0, pageToken = '', orderBy = '', text = '', style = '', tag = '' } = query;
    const page = await this.songs.listSongs({ pageSize, pageToken, orderBy, text, style, tag }, { context: caller });
    return { songs: page.songs.map(songView), nextPageToken: page.nextPageToken };
  }

  @Get(':song')
  @Operation({ id: 'getSong', summary: 'Read a song', answers: { 200: { description: 'The song', body: SongDto } } })
  async get(@Caller() caller: CallContext, @Param() { song: songId }: SongParams): Promise<SongDto> {
    const { song } = await this.songs.getSong({ songId }, { context: caller });
    return songView(present(song, 'song'));
  }

  @Patch(':song')
  @Operation({
    id: 'updateSong',
    summary: 'Change title or tags',
    answers: { 200: { description: 'The song, as it is now', body: SongDto } },
  })
  async update(
    @Caller() caller: CallContext,
    @Param() { song: id }: SongParams,
    @Body() change: UpdateSongDto,
  ): Promise<SongDto> {
    const { title = '', tags = [] } = change;
    const song = {
      id,
      title,
      tags,
      owner: '',
      style: '',
      prompt: '',
      latestRevision: 0,
      createTime: undefined,
      updateTime: undefined,
    };
    const updateMask = (['title', 'tags'] as const).filter((field) => change[field] !== undefined);
    const updated = await this.songs.updateSong({ song, updateMask }, { context: caller });
    return songView(present(updated.song, 'song'));
  }

  @Delete(':song')
  @HttpCode(204)
  @Operation({
    id: 'deleteSong',
    summary: 'Delete a song',
    description: 'With its revisions and assets; its jobs are cancelled.',
    answers: { 204: { description: 'Deleted' } },
  })
  async delete(@Caller() caller: CallContext, @Param() { song: songId }: SongParams): Promise<void> {
    await this.songs.deleteSong({ songId }, { context: caller });
  }
}
