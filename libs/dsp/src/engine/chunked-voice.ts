import { sliceBlock, StereoBlock, stereoBlock } from '../stereo-block';
import type { TrackVoice } from './engine';
import type { TrackEvent } from './track-events';

/** A track that is rendered in chunks from its first frame on, whatever blocks are asked for. */
export abstract class ChunkedVoice<Player extends { play(event: TrackEvent): void }> implements TrackVoice {
  protected readonly chunk: StereoBlock;
  private used: number;
  private next = 0;

  /**
   * @param events in the order of their frames
   * @param position the frame to begin at; notes before it are left out, controllers are caught up with
   */
  constructor(
    protected readonly player: Player,
    private readonly chunkFrames: number,
    private readonly events: readonly TrackEvent[],
    protected position: number,
  ) {
    this.chunk = stereoBlock(chunkFrames);
    this.used = chunkFrames;
    for (; this.nextFrame() < position; this.next++) {
      const event = events[this.next]!;
      if (event.kind === 'control') player.play(event);
    }
  }

  render(block: StereoBlock): void {
    for (let done = 0; done < block.left.length;) {
      if (this.used === this.chunkFrames) {
        this.renderChunk();
        this.position += this.chunkFrames;
        this.used = 0;
      }
      const count = Math.min(this.chunkFrames - this.used, block.left.length - done);
      const { left, right } = sliceBlock(this.chunk, this.used, this.used + count);
      block.left.set(left, done);
      block.right.set(right, done);
      this.used += count;
      done += count;
    }
  }

  /** Writes over `chunk` the frames from `position` on. */
  protected abstract renderChunk(): void;

  /** The frame of the next event; `Infinity` behind the last. */
  protected nextFrame(): number {
    return this.events[this.next]?.frame ?? Infinity;
  }

  protected playNext(): void {
    this.player.play(this.events[this.next++]!);
  }
}
