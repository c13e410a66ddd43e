import { Score, Track } from '@beatbot/music';
import { Engine, TrackVoice } from '../engine/engine';
import { Fade, fadeOut } from '../master/fade';
import { ChannelStrip } from '../mix/channel-strip';
import { sliceBlock, BLOCK_FRAMES, StereoBlock, stereoBlock } from '../stereo-block';
import { scoreFrames, tailFade } from './score-frames';

/** Steps of a stem's samples to full scale. */
export const STEM_SCALE = 2 ** 23;

/** What of a score decides how a stem sounds, beside its track. */
export type StemSetting = Pick<Score, 'tempos' | 'meters' | 'sections' | 'master'>;

/**
 * Renders a stem: one track through its channel strip, faded at the end of the tail, in steps of 24 bits. Sums of stems are
 * therefore exact, in any order, and a stem that was stored as 24 bit FLAC or WAV is the same as one just rendered.
 */
export class StemRenderer {
  /** Length in frames, the same for all stems of a score. */
  readonly frames: number;
  /** Samples that were beyond full scale, and are at full scale now. */
  clippedSamples = 0;
  private readonly voice: TrackVoice | undefined;
  private readonly strip: ChannelStrip;
  private readonly fade: Fade | undefined;
  private readonly buffer = stereoBlock(BLOCK_FRAMES);
  private position: number;

  /** @param startFrame where to begin; what sounded before is left out */
  constructor(engine: Engine, setting: StemSetting, track: Track, startFrame = 0) {
    this.position = startFrame;
    this.frames = scoreFrames(setting, engine.sampleRate);
    this.fade = setting.master.fadeOutTicks > 0 ? undefined : tailFade(this.frames, engine.sampleRate);
    this.strip = new ChannelStrip(track.mix, setting.tempos, engine.sampleRate);
    this.voice = track.mix.muted ? undefined : engine.openTrack(track, setting.tempos, startFrame);
  }

  /** The next BLOCK_FRAMES frames, fewer at the end, none after it. The block is valid until the next call. */
  next(): StereoBlock {
    const block = sliceBlock(this.buffer, 0, Math.max(0, Math.min(BLOCK_FRAMES, this.frames - this.position)));
    if (this.voice) {
      this.voice.render(block);
      this.strip.process(block);
      if (this.fade) fadeOut(block, this.position, this.fade);
      this.clippedSamples += quantise(block.left) + quantise(block.right);
    }
    this.position += block.left.length;
    return block;
  }
}

/** Rounds samples to steps of 24 bits in place and tells how many had to be clipped. */
function quantise(samples: Float32Array): number {
  let clipped = 0;
  for (let i = 0; i < samples.length; i++) {
    const value = Math.round(samples[i]! * STEM_SCALE);
    const kept = Math.max(-STEM_SCALE, Math.min(STEM_SCALE - 1, value));
    if (kept !== value) clipped++;
    // Integers know no negative zero: a stem read back must be the same in every bit.
    samples[i] = kept / STEM_SCALE + 0;
  }
  return clipped;
}
