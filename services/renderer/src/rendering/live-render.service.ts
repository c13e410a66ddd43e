import { allocateMix, AudioFormat, CONTENT_TYPES, SampleRate } from '@beatbot/dsp';
import { CallContext, invalidArgument } from '@beatbot/service-kit';
import { Injectable } from '@nestjs/common';
import { RenderThreads, StartedJob } from '../threads/render-threads';
import type { RenderPlan } from '../worker/job-types';
import { AudioQueue } from './audio-queue';
import { balancedGroups } from './balanced-groups';
import { RenderMemory } from './render-memory';
import { RenderPlanner } from './render-planner';
import { RenderSlots } from './render-slots';
import { RenderProgress } from './rendered-assets';
import { ScoreReference, ScoreSource } from './score-source';

/** What is to be streamed. */
export interface LiveRequest {
  source: ScoreReference;
  format: Exclude<AudioFormat, 'flac'>;
  sampleRate: SampleRate;
  /** A stem, as it is; the mastered mix where undefined. */
  trackId?: string;
}

export type LiveEvent =
  | { header: { contentType: string; sampleRate: number; durationMs: number } }
  | { audio: Uint8Array }
  | { progress: RenderProgress };

/** Progress is told at every so many percent. */
const PROGRESS_STEP = 5;

/** Renders while it streams: the first bytes leave long before the last note is rendered. */
@Injectable()
export class LiveRenderService {
  constructor(
    private readonly scores: ScoreSource,
    private readonly slots: RenderSlots,
    private readonly planner: RenderPlanner,
    private readonly threads: RenderThreads,
    private readonly memory: RenderMemory,
  ) {}

  /**
   * The gain of a streamed mix comes from its loudest section's beginning, since the whole is not there to be measured; it is
   * limited as the stored mix is. Leaving the loop, or the end of the call, stops the work.
   * @throws DomainError NOT_FOUND, INVALID_ARGUMENT, RESOURCE_EXHAUSTED
   */
  async *render(request: LiveRequest, context: CallContext): AsyncGenerator<LiveEvent> {
    const left = new AbortController();
    const signal = AbortSignal.any([context.signal, left.signal]);
    const score = await this.scores.bytes(request.source, { context, signal });
    const release = this.slots.take();
    try {
      const plan = await this.planner.plan(score, request.sampleRate, signal);
      const indexes = trackIndexes(plan, request.trackId);
      const durationMs = Math.round((plan.frames / plan.sampleRate) * 1000);
      yield { header: { contentType: CONTENT_TYPES[request.format], sampleRate: plan.sampleRate, durationMs } };
      const gainDb = request.trackId === undefined ? await this.gainDb(score, plan, signal) : undefined;
      yield* this.stream(request, score, plan, indexes, gainDb, signal);
    } finally {
      left.abort();
      release();
    }
  }

  private async gainDb(score: Uint8Array, plan: RenderPlan, signal: AbortSignal): Promise<number> {
    const loudness = await this.threads.run(
      plan.sampleRate,
      'excerpt-loudness',
      { score, sampleRate: plan.sampleRate },
      { signal },
    );
    return Number.isFinite(loudness) ? plan.loudnessLufs - loudness : 0;
  }

  private async *stream(
    request: LiveRequest,
    score: Uint8Array,
    plan: RenderPlan,
    indexes: number[],
    gainDb: number | undefined,
    signal: AbortSignal,
  ): AsyncGenerator<LiveEvent> {
    const { sampleRate, frames } = plan;
    const lanes = this.memory.lanes(plan, this.threads.count, { stems: false, mixes: 0 });
    const groups = balancedGroups(indexes, (index) => plan.tracks[index]!.notes, lanes);
    const mixes = groups.map(() => allocateMix(frames));
    const ready = groups.map(() => 0);
    const tags = request.trackId === undefined ? plan.tags : plan.tracks[indexes[0]!]!.tags;
    const audio = new AudioQueue();
    signal.addEventListener('abort', () => audio.close(signal.reason), { once: true });
    const mixing: StartedJob<'live-mix'> = this.threads.start(
      sampleRate,
      'live-mix',
      { score, sampleRate, mixes, frames, format: request.format, tags, gainDb },
      {
        signal,
        onBytes: (bytes) => audio.put(bytes),
      },
    );
    const whole = (): number => (groups.length === 0 ? frames : Math.min(...ready));
    const stems = groups.map((trackIndexes, group) =>
      this.threads.run(
        sampleRate,
        'live-stems',
        { score, sampleRate, trackIndexes, mix: mixes[group]! },
        {
          signal,
          onProgress: (framesReady) => {
            ready[group] = framesReady;
            mixing.send({ type: 'advance', frames: whole() });
          },
        },
      ),
    );
    if (groups.length === 0) mixing.send({ type: 'advance', frames });
    Promise.all([mixing.result, ...stems]).then(
      () => audio.close(),
      (error: unknown) => audio.close(error),
    );
    let told = 0;
    for await (const bytes of audio) {
      yield { audio: bytes };
      const percent = Math.floor((100 * whole()) / frames / PROGRESS_STEP) * PROGRESS_STEP;
      if (percent > told) yield { progress: { percent: (told = percent), detail: 'tracks' } };
    }
  }
}

function trackIndexes({ tracks }: RenderPlan, trackId: string | undefined): number[] {
  if (trackId === undefined) return tracks.map((_, index) => index);
  const index = tracks.findIndex(({ id }) => id === trackId);
  if (index < 0)
    throw invalidArgument(
      'track_id',
      trackId,
      tracks.length === 0 ? 'none: the score has no tracks' : `one of ${tracks.map(({ id }) => id).join(', ')}`,
    );
  return [index];
}
