import { Inject, Injectable } from '@nestjs/common';
import { type Job, JobState } from '@beatbot/contracts/music/v1/job';
import type { RenderResponse } from '@beatbot/contracts/renderer/v1/renderer';
import { type CallContext, CONFIG, DomainError } from '@beatbot/service-kit';
import type { Request, Response } from 'express';
import {
  type OrchestratorClient,
  Orchestrator,
  Renderer,
  type RendererClient,
  type SongClient,
  Songs,
} from '../backends/backends';
import type { GatewayConfig } from '../config';
import { sendStream } from './asset-sender';

const UNFINISHED = [JobState.JOB_STATE_QUEUED, JobState.JOB_STATE_RUNNING, JobState.JOB_STATE_AWAITING_APPROVAL];
const NOT_YET_RETRY_MS = 1000;

/** The music of a revision that is still being made, rendered for a listener while the job renders it for storage. */
@Injectable()
export class LiveAudio {
  constructor(
    @Orchestrator() private readonly orchestrator: OrchestratorClient,
    @Songs() private readonly songs: SongClient,
    @Renderer() private readonly renderer: RendererClient,
    @Inject(CONFIG) private readonly config: GatewayConfig,
  ) {}

  /** The unfinished job that makes revision `number`; undefined where none does. */
  async jobOf(songId: string, number: number, caller: CallContext): Promise<Job | undefined> {
    const { song } = await this.songs.getSong({ songId }, { context: caller });
    if (song?.latestRevision !== number - 1) return undefined;
    const { jobs } = await this.orchestrator.listJobs(
      { songId, states: UNFINISHED, pageSize: 100, pageToken: '' },
      { context: caller },
    );
    // Revisions are numbered as they are published; the job that was asked for first is likely to be next.
    return jobs.at(-1);
  }

  /** @throws DomainError FAILED_PRECONDITION, with a time to retry, while the music is not composed */
  async send(
    request: Request,
    response: Response,
    caller: CallContext,
    job: Job,
    format: string,
    trackId: string,
  ): Promise<void> {
    if (job.scoreKey === '') {
      throw new DomainError('FAILED_PRECONDITION', `the music is not composed yet: job ${job.id} is at ${job.stage}`, {
        retryAfterMs: NOT_YET_RETRY_MS,
      });
    }
    const stream = this.renderer.render(
      { scoreKey: job.scoreKey, format, sampleRate: 0, trackId },
      { context: caller, deadlineMs: this.config.DOWNLOAD_TIME_LIMIT_SECONDS * 1000 },
    );
    const messages = stream[Symbol.asyncIterator]();
    const first = await messages.next();
    const header = first.done ? undefined : first.value.header;
    if (!header) throw new DomainError('INTERNAL', 'the renderer sent no header');
    const begin = (): void => {
      response.writeHead(200, {
        'Content-Type': header.contentType,
        'Cache-Control': 'no-store',
        'Accept-Ranges': 'none',
      });
    };
    if (request.method === 'HEAD') {
      await messages.return?.();
      begin();
      response.end();
      return;
    }
    await sendStream(response, caller, audioOf(messages), begin);
  }
}

async function* audioOf(messages: AsyncIterator<RenderResponse>): AsyncGenerator<Uint8Array> {
  try {
    for (let next = await messages.next(); !next.done; next = await messages.next()) {
      if (next.value.audio !== undefined && next.value.audio.length > 0) yield next.value.audio;
    }
  } finally {
    await messages.return?.();
  }
}
