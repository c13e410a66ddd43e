import type { Score } from '@beatbot/music/score';
import { tickToSeconds } from '@beatbot/music/score';
import type { TrackVoice } from '../engine/engine';
import type { TrackEvent } from '../engine/track-events';
import { SynthKernel } from '../kernel/synth-kernel';
import { SYNTH_CHUNK, SYNTH_STEP } from '../kernel/synth-layout';
import { sliceBlock, StereoBlock, stereoBlock } from '../stereo-block';
import type { SynthSound } from './preset-catalogue';
import type { SynthNote } from './synth-note';
import { SynthPlayer } from './synth-player';

/** What all tracks of a thread use. */
export interface SynthTools {
  kernel: SynthKernel;
  sampleRate: number;
  /** Frames of single voices that were rendered. */
  voiceFrames: number;
}

/**
 * A track that is synthesised. Each note has steps of its own, which begin with it: it sounds the same wherever it falls.
 * It is rendered in chunks, whose last steps may reach into the next one.
 */
export class SynthTrack implements TrackVoice {
  private readonly player: SynthPlayer;
  private nextEvent = 0;
  private readonly chunk = stereoBlock(SYNTH_CHUNK);
  private readonly beyond = stereoBlock(SYNTH_STEP);
  private used = SYNTH_CHUNK;

  /** @param position the frame to begin at; notes before it are left out */
  constructor(
    private readonly tools: SynthTools,
    sound: SynthSound,
    private readonly events: readonly TrackEvent[],
    tempos: Score['tempos'],
    private position: number,
  ) {
    const changes = tempos.map(({ tick, milliBpm }) => ({
      frame: Math.round(tickToSeconds({ tempos }, tick) * tools.sampleRate),
      beats: milliBpm / 60_000,
    }));
    const tempoAt = (frame: number): number => changes.findLast((change) => change.frame <= frame)?.beats ?? 2;
    this.player = new SynthPlayer(sound, tools.sampleRate, tempoAt);
    for (; this.nextFrame() < position; this.nextEvent++) {
      const event = events[this.nextEvent]!;
      if (event.kind === 'control') this.player.play(event);
    }
  }

  render(block: StereoBlock): void {
    for (let done = 0; done < block.left.length;) {
      if (this.used === SYNTH_CHUNK) this.renderChunk();
      const count = Math.min(SYNTH_CHUNK - this.used, block.left.length - done);
      const { left, right } = sliceBlock(this.chunk, this.used, this.used + count);
      block.left.set(left, done);
      block.right.set(right, done);
      this.used += count;
      done += count;
    }
  }

  private renderChunk(): void {
    this.used = 0;
    const { output } = this.tools.kernel;
    for (const side of ['left', 'right'] as const) {
      output[side].fill(0);
      output[side].set(this.beyond[side]);
    }
    const end = this.position + SYNTH_CHUNK;
    for (; this.nextFrame() < end; this.nextEvent++) {
      this.renderTo(this.nextFrame());
      this.player.play(this.events[this.nextEvent]!);
    }
    this.renderTo(end);
    for (const side of ['left', 'right'] as const) {
      this.chunk[side].set(output[side].subarray(0, SYNTH_CHUNK));
      this.beyond[side].set(output[side].subarray(SYNTH_CHUNK));
    }
    this.position = end;
  }

  /** Adds the steps of all notes that begin before a frame. */
  private renderTo(frame: number): void {
    let isOver = false;
    for (const note of this.player.notes)
      if (note.next < frame && !this.renderNote(note, Math.ceil((frame - note.next) / SYNTH_STEP))) {
        isOver = true;
        note.next = Infinity;
      }
    if (isOver) this.player.notes = this.player.notes.filter((note) => note.next < Infinity);
  }

  private renderNote(note: SynthNote, steps: number): boolean {
    const { kernel } = this.tools;
    const { functions } = kernel;
    kernel.voice.set(note.fields);
    if (note.line && note.patch.string) {
      if (note.next === note.start.frame) {
        functions.pluck(note.seed, note.periodFrames, note.patch.string.softness, note.patch.string.place);
      } else kernel.line.set(note.line);
    }
    const goesOn = functions.render(note.next - this.position, steps) === 1;
    note.fields.set(kernel.voice);
    note.line?.set(kernel.line);
    note.next += steps * SYNTH_STEP;
    this.tools.voiceFrames += steps * SYNTH_STEP;
    return goesOn;
  }

  private nextFrame(): number {
    return this.events[this.nextEvent]?.frame ?? Infinity;
  }
}
