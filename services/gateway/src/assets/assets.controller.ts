import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { receiptFromMessage } from '@beatbot/contracts';
import { AssetKind, type Revision } from '@beatbot/contracts/music/v1/song';
import { type CallContext, DomainError } from '@beatbot/service-kit';
import type { Request, Response } from 'express';
import { type SongClient, Songs } from '../backends/backends';
import { present } from '../backends/present';
import { bytesDocs, Operation } from '../openapi/operation';
import { Caller } from '../requests/caller';
import { Produces } from '../requests/media-type.guard';
import { assetView } from '../revisions/revision.mapping';
import { AssetListDto, MixQuery, ReceiptDto, StemQuery } from '../revisions/revision.schemas';
import { AssetParams, RevisionParams, StemParams } from '../validation/path-params';
import { AssetSender } from './asset-sender';
import { PeaksDto, ScoreDto } from './asset.schemas';
import { findAsset, findByName, findStem } from './find-asset';
import { LiveAudio } from './live-audio';

const PREFERRED_MIX = ['mp3', 'wav'];

/** The files of a revision. */
@Controller('v1/songs/:song/revisions/:number')
export class AssetsController {
  constructor(
    @Songs() private readonly songs: SongClient,
    private readonly sender: AssetSender,
    private readonly live: LiveAudio,
  ) {}

  @Get('audio')
  @Produces('*')
  @Operation({
    id: 'getAudio',
    summary: 'Listen to the mix',
    description:
      'While a revision is being made, its number streams as it renders, without ranges and tags; afterwards the stored file.',
    ...bytesDocs('The mix', ['audio/mpeg', 'audio/wav', 'audio/flac', 'audio/ogg']),
  })
  async audio(
    @Caller() caller: CallContext,
    @Param() params: RevisionParams,
    @Query() { format }: MixQuery,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const revision = await this.revisionOrLive(params, caller, async (job) =>
      this.live.send(request, response, caller, job, format ?? 'mp3', ''),
    );
    if (revision)
      await this.sender.send(
        request,
        response,
        caller,
        findAsset(revision, AssetKind.ASSET_KIND_MIX, format, PREFERRED_MIX),
      );
  }

  @Get('stems/:track')
  @Produces('*')
  @Operation({
    id: 'getStem',
    summary: 'Listen to one track',
    description: 'Streams as it renders, like the mix, while the revision is being made.',
    ...bytesDocs('The stem', ['audio/wav', 'audio/flac']),
  })
  async stem(
    @Caller() caller: CallContext,
    @Param() params: StemParams,
    @Query() { format }: StemQuery,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const revision = await this.revisionOrLive(params, caller, async (job) =>
      this.live.send(request, response, caller, job, format ?? 'wav', params.track),
    );
    if (revision)
      await this.sender.send(
        request,
        response,
        caller,
        findStem(revision, AssetKind.ASSET_KIND_STEM, params.track, format),
      );
  }

  @Get('score')
  @Produces('*')
  @Operation({
    id: 'getScore',
    summary: 'Read the Score as canonical JSON',
    ...bytesDocs('The Score', ['application/json'], ScoreDto),
  })
  async score(
    @Caller() caller: CallContext,
    @Param() params: RevisionParams,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.sendKind(AssetKind.ASSET_KIND_SCORE, caller, params, request, response);
  }

  @Get('midi')
  @Produces('*')
  @Operation({
    id: 'getMidi',
    summary: 'Download the Standard MIDI File',
    ...bytesDocs('The MIDI file', ['audio/midi']),
  })
  async midi(
    @Caller() caller: CallContext,
    @Param() params: RevisionParams,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.sendKind(AssetKind.ASSET_KIND_MIDI, caller, params, request, response);
  }

  @Get('musicxml')
  @Produces('*')
  @Operation({
    id: 'getMusicXml',
    summary: 'Download the sheet music as MusicXML 4.0',
    ...bytesDocs('The MusicXML document', ['application/vnd.recordare.musicxml+xml']),
  })
  async musicxml(
    @Caller() caller: CallContext,
    @Param() params: RevisionParams,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.sendKind(AssetKind.ASSET_KIND_MUSICXML, caller, params, request, response);
  }

  @Get('peaks')
  @Produces('*')
  @Operation({
    id: 'getPeaks',
    summary: 'Read the waveform overview',
    ...bytesDocs('The peaks', ['application/json'], PeaksDto),
  })
  async peaks(
    @Caller() caller: CallContext,
    @Param() params: RevisionParams,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.sendKind(AssetKind.ASSET_KIND_PEAKS, caller, params, request, response);
  }

  @Get('receipt')
  @Operation({
    id: 'getReceipt',
    summary: 'Read the receipt',
    description: 'Demand by demand: asked, measured, met or not.',
    answers: { 200: { description: 'The receipt', body: ReceiptDto } },
  })
  async receipt(@Caller() caller: CallContext, @Param() params: RevisionParams): Promise<ReceiptDto> {
    const { receipt } = await this.revision(params, caller);
    if (!receipt) throw new DomainError('NOT_FOUND', 'the revision has no receipt');
    return receiptFromMessage(receipt);
  }

  @Get('assets')
  @Operation({
    id: 'listAssets',
    summary: 'List the files of a revision',
    answers: { 200: { description: 'All of them', body: AssetListDto } },
  })
  async list(@Caller() caller: CallContext, @Param() params: RevisionParams): Promise<AssetListDto> {
    const revision = await this.revision(params, caller);
    return { assets: revision.assets.map((asset) => assetView(asset, revision)) };
  }

  @Get('assets/*name')
  @Produces('*')
  @Operation({
    id: 'getAsset',
    summary: 'Download a file by its name',
    ...bytesDocs('The file', ['*/*']),
  })
  async asset(
    @Caller() caller: CallContext,
    @Param() params: AssetParams,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.sender.send(request, response, caller, findByName(await this.revision(params, caller), params.name));
  }

  private async sendKind(
    kind: AssetKind,
    caller: CallContext,
    params: RevisionParams,
    request: Request,
    response: Response,
  ): Promise<void> {
    await this.sender.send(request, response, caller, findAsset(await this.revision(params, caller), kind));
  }

  private async revision({ song: songId, number }: RevisionParams, caller: CallContext): Promise<Revision> {
    const { revision } = await this.songs.getRevision({ songId, number }, { context: caller });
    return present(revision, 'revision');
  }

  /** The revision; or, where a job is still making it, undefined after `sendLive` has answered. */
  private async revisionOrLive(
    params: RevisionParams,
    caller: CallContext,
    sendLive: (job: LiveJob) => Promise<void>,
  ): Promise<Revision | undefined> {
    try {
      return await this.revision(params, caller);
    } catch (error) {
      if (!(error instanceof DomainError) || error.reason !== 'NOT_FOUND') throw error;
      const job = await this.live.jobOf(params.song, params.number, caller);
      if (!job) throw error;
      await sendLive(job);
      return undefined;
    }
  }
}

type LiveJob = NonNullable<Awaited<ReturnType<LiveAudio['jobOf']>>>;
