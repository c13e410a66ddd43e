import { Score, Track } from '@beatbot/music/score';
import { Engine, TrackVoice } from '../engine/engine';
import { Fade, fadeOut } from '../master/fade';
import { ChannelStrip } from '../mix/channel-strip';
import { BLOCK_FRAMES, StereoBlock, stereoBlock } from '../stereo-block';
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
    const frames = Math.max(0, Math.min(BLOCK_FRAMES, this.frames - this.position));
    const block = this.voice ? this.sound(this.voice, frames) : stereoBlock(frames);
    this.position += frames;
    return block;
  }

  private sound(voice: TrackVoice, frames: number): StereoBlock {
    voice.render(this.strip.input(frames));
    const block = this.strip.process(frames);
    if (this.fade) fadeOut(block, this.position, this.fade);
    this.clippedSamples += this.strip.quantise(frames);
    return block;
  }
}
