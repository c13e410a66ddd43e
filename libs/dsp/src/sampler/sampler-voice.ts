import { ChunkedVoice } from '../engine/chunked-voice';
import { TrackEvent } from '../engine/track-events';
import { STEP_FRAMES } from '../kernel/voice-layout';
import { SoundFont } from '../sound-font/sound-font';
import { NotePlayer, Preset } from './note-player';
import { CHUNK_FRAMES, SamplerTools } from './sampler-tools';
import { Voice } from './voice';

/** A track that is played from a SoundFont. */
export class SamplerVoice extends ChunkedVoice<NotePlayer> {
  /** @param position the frame to begin at; notes before it are left out */
  constructor(
    private readonly tools: SamplerTools,
    font: SoundFont,
    preset: Preset,
    events: readonly TrackEvent[],
    position: number,
  ) {
    super(new NotePlayer(font, tools, preset), CHUNK_FRAMES, events, position);
  }

  protected renderChunk(): void {
    if (this.player.voices.length === 0 && this.nextFrame() >= this.position + CHUNK_FRAMES) {
      this.chunk.left.fill(0);
      this.chunk.right.fill(0);
    } else {
      this.tools.clearChunk();
      const steps = CHUNK_FRAMES / STEP_FRAMES;
      for (let step = 0; step < steps;) {
        const frame = this.position + step * STEP_FRAMES;
        // New notes begin on their own frame; all else takes effect with the step in which it falls.
        while (this.nextFrame() < frame + STEP_FRAMES) this.playNext();
        const free = Math.floor((this.nextFrame() - frame) / STEP_FRAMES);
        const count = Math.min(free, steps - step);
        const over = new Set<Voice>();
        for (const voice of this.player.voices) if (!this.tools.render(voice, frame, step, count)) over.add(voice);
        if (over.size > 0) this.player.sweep((voice) => over.has(voice));
        step += count;
      }
      this.tools.readChunk(this.chunk);
    }
  }
}
