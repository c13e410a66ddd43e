import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import type { CallContext } from '@beatbot/service-kit';
import type { Response } from 'express';
import { type OrchestratorClient, Orchestrator, type SongClient, Songs } from '../backends/backends';
import { present } from '../backends/present';
import { jobView } from '../jobs/job.mapping';
import { Operation } from '../openapi/operation';
import { Caller } from '../requests/caller';
import { IdempotencyKey, idempotencyHeader } from '../requests/idempotency-key';
import { RevisionParams, SongParams } from '../validation/path-params';
import { revisionRequestToMessage, revisionView } from './revision.mapping';
import {
  AcceptedRevisionDto,
  CreateRevisionDto,
  ListRevisionsQuery,
  RevisionDto,
  RevisionListDto,
} from './revision.schemas';

@Controller('v1/songs/:song/revisions')
export class RevisionsController {
  constructor(
    @Orchestrator() private readonly orchestrator: OrchestratorClient,
    @Songs() private readonly songs: SongClient,
  ) {}

  @Post()
  @HttpCode(202)
  @Operation({
    id: 'createRevision',
    summary: 'Ask for a change of a song',
    description:
      'By structured edits or by a sentence (instruction). Of a sentence, what is understood is done; what is not is told ' +
      'in the receipt of the revision, whose edits say what was done. A sentence of which nothing is understood is refused.',
    headers: idempotencyHeader,
    answers: { 202: { description: 'Accepted', body: AcceptedRevisionDto, headers: { Location: 'Path of the job' } } },
  })
  async create(
    @Caller() caller: CallContext,
    @IdempotencyKey() requestId: string,
    @Param() { song }: SongParams,
    @Body() body: CreateRevisionDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AcceptedRevisionDto> {
    const accepted = await this.orchestrator.createRevision(
      { requestId, revision: revisionRequestToMessage(song, body) },
      { context: caller },
    );
    const job = jobView(present(accepted.job, 'job'));
    response.location(`/v1/jobs/${job.id}`);
    return { job };
  }

  @Get()
  @Operation({
    id: 'listRevisions',
    summary: 'List the revisions of a song, newest first',
    answers: { 200: { description: 'A page of revisions', body: RevisionListDto } },
  })
  async list(
    @Caller() caller: CallContext,
    @Param() { song: songId }: SongParams,
    @Query() { pageSize = 0, pageToken = '' }: ListRevisionsQuery,
  ): Promise<RevisionListDto> {
    const page = await this.songs.listRevisions({ songId, pageSize, pageToken }, { context: caller });
    return { revisions: page.revisions.map(revisionView), nextPageToken: page.nextPageToken };
  }

  @Get(':number')
  @Operation({
    id: 'getRevision',
    summary: 'Read a revision with its assets',
    answers: { 200: { description: 'The revision', body: RevisionDto } },
  })
  async get(@Caller() caller: CallContext, @Param() { song: songId, number }: RevisionParams): Promise<RevisionDto> {
    const { revision } = await this.songs.getRevision({ songId, number }, { context: caller });
    return revisionView(present(revision, 'revision'));
  }
}
