import {
  briefFromMessage,
  briefToMessage,
  editFromMessage,
  editToMessage,
  planFromMessage,
  planToMessage,
  receiptToMessage,
} from '@beatbot/contracts';
import type * as Messages from '@beatbot/contracts/composer/v1/composer';
import { type Asset, AssetKind } from '@beatbot/contracts/music/v1/song';
import { MAX_CANDIDATES } from '@beatbot/music';
import { callContext, GrpcServerStream, invalidArgument, type ServerCall } from '@beatbot/service-kit';
import type { Metadata } from '@grpc/grpc-js';
import { Controller } from '@nestjs/common';
import { checkBrief, checkPlan } from './check-request';
import type { Composition, ScoreAsset } from './composition';
import { type CompositionReport, CompositionService } from './composition.service';
import { fromMessage } from './from-message';

const MAX_EDITS = 100;

const ASSET_KINDS = {
  score: AssetKind.ASSET_KIND_SCORE,
  midi: AssetKind.ASSET_KIND_MIDI,
  musicxml: AssetKind.ASSET_KIND_MUSICXML,
} as const;

@Controller()
export class CompositionGrpc {
  constructor(private readonly compositions: CompositionService) {}

  @GrpcServerStream('ComposerService', 'Compose')
  compose(
    request: Messages.ComposeRequest,
    _metadata: Metadata,
    call: ServerCall,
  ): AsyncGenerator<Messages.ComposeProgress> {
    const context = callContext(call);
    const { candidates } = request;
    if (candidates > MAX_CANDIDATES) throw invalidArgument('candidates', candidates, `0 to ${MAX_CANDIDATES}`);
    const brief = checkBrief(fromMessage('brief', request.brief, briefFromMessage));
    const plan = checkPlan(fromMessage('plan', request.plan, planFromMessage));
    return messages(this.compositions.compose(brief, plan, candidates, context));
  }

  @GrpcServerStream('ComposerService', 'ReviseScore')
  reviseScore(
    request: Messages.ReviseScoreRequest,
    _metadata: Metadata,
    call: ServerCall,
  ): AsyncGenerator<Messages.ComposeProgress> {
    const context = callContext(call);
    const { scoreKey, edits, instruction } = request;
    if (scoreKey === '') throw invalidArgument('score_key', scoreKey, 'the object key of a Score');
    if (edits.length > MAX_EDITS) throw invalidArgument('edits', edits.length, `at most ${MAX_EDITS} edits`);
    if (instruction !== '' && edits.length > 0)
      throw invalidArgument('instruction', instruction, 'edits or an instruction, not both');
    const brief = checkBrief(fromMessage('brief', request.brief, briefFromMessage));
    const plan = checkPlan(fromMessage('plan', request.plan, planFromMessage));
    const changes = edits.map((edit, index) => fromMessage(`edits[${index}]`, edit, editFromMessage));
    return messages(this.compositions.revise(scoreKey, brief, plan, { edits: changes, instruction }, context));
  }
}

async function* messages(reports: AsyncIterable<CompositionReport>): AsyncGenerator<Messages.ComposeProgress> {
  for await (const report of reports) {
    yield 'result' in report ? { result: resultMessage(report.result) } : { progress: report.progress };
  }
}

function resultMessage(composition: Composition): Messages.ComposeResult {
  const { brief, plan, receipt, scoreHash, assets, trackHashes, sectionHashes, durationMs, edits } = composition;
  return {
    scoreKey: assets.find(({ kind }) => kind === 'score')?.key ?? '',
    scoreHash,
    brief: briefToMessage(brief),
    plan: planToMessage(plan),
    receipt: receiptToMessage(receipt),
    assets: assets.map(assetMessage),
    trackHashes,
    sectionHashes,
    durationMs,
    edits: edits.map(editToMessage),
  };
}

function assetMessage({ name, kind, format, key, contentType, bytes, sha256 }: ScoreAsset): Asset {
  return {
    name,
    kind: ASSET_KINDS[kind],
    format,
    trackId: '',
    objectKey: key,
    contentType,
    size: bytes.byteLength,
    sha256,
  };
}
