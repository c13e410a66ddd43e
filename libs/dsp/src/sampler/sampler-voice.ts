import type { TrackVoice } from '../engine/engine';
import { TrackEvent } from '../engine/track-events';
import { STEP_FRAMES } from '../kernel/voice-layout';
import { SoundFont } from '../sound-font/sound-font';
import { sliceBlock, StereoBlock, stereoBlock } from '../stereo-block';
import { NotePlayer, Preset } from './note-player';
import { CHUNK_FRAMES, SamplerTools } from './sampler-tools';
import { Voice } from './voice';

/** A track that is played from a SoundFont. It is rendered in chunks from its first frame on, whatever blocks are asked for. */
export class SamplerVoice implements TrackVoice {
  private readonly player: NotePlayer;
  /** The next event. */
  private next = 0;
  private readonly chunk = stereoBlock(CHUNK_FRAMES);
  private used = CHUNK_FRAMES;

  /** @param position the frame to begin at; notes before it are left out */
  constructor(
    private readonly tools: SamplerTools,
    font: SoundFont,
    preset: Preset,
    private readonly events: readonly TrackEvent[],
    private position: number,
  ) {
    this.player = new NotePlayer(font, tools, preset);
    for (; this.nextFrame() < position; this.next++) {
      const event = events[this.next]!;
      if (event.kind === 'control') this.player.play(event);
    }
  }

  render(block: StereoBlock): void {
    for (let done = 0; done < block.left.length;) {
      if (this.used === CHUNK_FRAMES) this.renderChunk();
      const count = Math.min(CHUNK_FRAMES - this.used, block.left.length - done);
      const { left, right } = sliceBlock(this.chunk, this.used, this.used + count);
      block.left.set(left, done);
      block.right.set(right, done);
      this.used += count;
      done += count;
    }
  }

  private renderChunk(): void {
    this.used = 0;
    if (this.player.voices.length === 0 && this.nextFrame() >= this.position + CHUNK_FRAMES) {
      this.chunk.left.fill(0);
      this.chunk.right.fill(0);
    } else {
      this.tools.clearChunk();
      const steps = CHUNK_FRAMES / STEP_FRAMES;
      for (let step = 0; step < steps;) {
        const frame = this.position + step * STEP_FRAMES;
        // New notes begin on their own frame; all else takes effect with the step in which it falls.
        for (; this.nextFrame() < frame + STEP_FRAMES; this.next++) this.player.play(this.events[this.next]!);
        const free = Math.floor((this.nextFrame() - frame) / STEP_FRAMES);
        const count = Math.min(free, steps - step);
        const over = new Set<Voice>();
        for (const voice of this.player.voices) if (!this.tools.render(voice, frame, step, count)) over.add(voice);
        if (over.size > 0) this.player.sweep((voice) => over.has(voice));
        step += count;
      }
      this.tools.readChunk(this.chunk);
    }
    this.position += CHUNK_FRAMES;
  }

  private nextFrame(): number {
    return this.events[this.next]?.frame ?? Infinity;
  }
}
