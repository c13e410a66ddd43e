import { CONFIG, invalidArgument } from '@beatbot/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import { Config } from '../config';
import type { RenderPlan } from '../worker/job-types';

/** Of a mix: two channels of whole numbers of 32 bits. */
const MIX_FRAME_BYTES = 8;
/** The most that a file of two channels takes: FLAC of noise. */
const FILE_FRAME_BYTES = 8;
/** A stem is rendered while the one before it is stored. */
const FILES_OF_LANE = 2;

/** What a render holds in memory beside its partial mixes. */
export interface RenderFiles {
  /** Whether each lane makes files of its tracks. */
  stems: boolean;
  /** Files of the whole mix, which are made side by side. */
  mixes: number;
}

/** Bounds what one render holds: the more lanes work side by side, the more memory it takes. */
@Injectable()
export class RenderMemory {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /**
   * How many lanes fit, from 1 to `most`.
   * @throws DomainError INVALID_ARGUMENT where not even one does
   */
  lanes({ frames, sampleRate, musicSeconds }: RenderPlan, most: number, files: RenderFiles): number {
    const { RENDER_MEMORY_BYTES: bytes } = this.config;
    const framesAtOnce = Math.floor(bytes / frameBytes(1, files));
    if (frames > framesAtOnce) {
      const seconds = Math.floor(framesAtOnce / sampleRate);
      throw invalidArgument(
        'score.sections',
        `${Math.round(musicSeconds)} s of music`,
        `at most ${seconds} s, with what sounds on after the end, in these formats`,
      );
    }
    let lanes = 1;
    while (lanes < most && frames * frameBytes(lanes + 1, files) <= bytes) lanes++;
    return lanes;
  }
}

/** Bytes for each frame: while tracks are rendered, or while the mix is encoded, whichever is more. */
function frameBytes(lanes: number, { stems, mixes }: RenderFiles): number {
  const rendering = lanes * (stems ? FILES_OF_LANE * FILE_FRAME_BYTES : 0);
  return lanes * MIX_FRAME_BYTES + Math.max(rendering, mixes * FILE_FRAME_BYTES);
}
