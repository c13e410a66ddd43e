import { SampleRate } from '@beatbot/dsp';
import { CONFIG } from '@beatbot/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import { Config } from '../config';
import { RenderThreads } from '../threads/render-threads';
import type { RenderPlan } from '../worker/job-types';

/** Has a worker thread check a score against the model and the limits. */
@Injectable()
export class RenderPlanner {
  constructor(
    private readonly threads: RenderThreads,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** @throws DomainError INVALID_ARGUMENT that names the field at fault */
  plan(score: Uint8Array, sampleRate: SampleRate, signal: AbortSignal): Promise<RenderPlan> {
    const limits = {
      maxDurationSeconds: this.config.MAX_DURATION_SECONDS,
      maxTracks: this.config.MAX_TRACKS,
      maxNotes: this.config.MAX_NOTES,
      maxControls: this.config.MAX_CONTROLS,
      maxChanges: this.config.MAX_CHANGES,
    };
    return this.threads.run(sampleRate, 'plan', { score, sampleRate, limits }, { signal });
  }
}
