import { CONFIG, DomainError, Readiness } from '@beatbot/service-kit';
import { Inject, Injectable, Logger, OnModuleInit } from '@nestjs/common';
import { Config } from '../config';
import { RenderThreads } from './render-threads';

/** The rate that nearly all renders use. */
const USUAL_RATE = 44_100;

/** Has every thread load the SoundFont and play a note; until then this service is not ready. */
@Injectable()
export class WarmUp implements OnModuleInit {
  private readonly log = new Logger('warm-up');
  private soundFont?: Promise<string>;
  private state: 'running' | 'done' | Error = 'running';

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly threads: RenderThreads,
    private readonly readiness: Readiness,
  ) {
    readiness.addCheck('engine', async () => {
      if (this.state instanceof Error) throw this.state;
      if (this.state === 'running') throw new Error('the sounds are being loaded');
    });
  }

  onModuleInit(): void {
    this.soundFont = this.run();
    this.soundFont.then(
      () => (this.state = 'done'),
      (cause: unknown) => {
        if (this.readiness.draining.aborted) {
          this.log.log('stopped before the sounds were loaded');
          return;
        }
        this.state = new Error(
          `SOUNDFONT_PATH "${this.config.SOUNDFONT_PATH}" cannot be played: ${cause instanceof Error ? cause.message : String(cause)}`,
          { cause },
        );
        this.log.error(this.state.message);
      },
    );
  }

  /** SHA-256 of the SoundFont; waits for the warm-up. @throws DomainError UNAVAILABLE where it failed */
  async soundFontHash(): Promise<string> {
    if (!this.soundFont) throw new Error('the module is not initialised');
    try {
      return await this.soundFont;
    } catch (cause) {
      throw new DomainError('UNAVAILABLE', 'this renderer has no sounds', { cause });
    }
  }

  private async run(): Promise<string> {
    const { signal } = new AbortController();
    const results = await Promise.all(
      Array.from({ length: this.threads.count }, () => this.threads.run(USUAL_RATE, 'warm-up', {}, { signal })),
    );
    this.log.log(
      `${results.length} threads loaded the sounds in ${Math.max(...results.map(({ milliseconds }) => milliseconds))} ms`,
    );
    return results[0]!.soundFontHash;
  }
}
