import type { Score } from '@beatbot/music/score';
import { secondsAt } from '@beatbot/music/score';
import { ChunkedVoice } from '../engine/chunked-voice';
import type { TrackEvent } from '../engine/track-events';
import { SynthKernel } from '../kernel/synth-kernel';
import { SYNTH_CHUNK, SYNTH_STEP } from '../kernel/synth-layout';
import { stereoBlock } from '../stereo-block';
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
 * A track that is synthesised. Each note has steps of its own, which begin with it: it sounds the same wherever it falls. A
 * chunk's last steps may reach into the next one.
 */
export class SynthTrack extends ChunkedVoice<SynthPlayer> {
  private readonly beyond = stereoBlock(SYNTH_STEP);

  /** @param position the frame to begin at; notes before it are left out */
  constructor(
    private readonly tools: SynthTools,
    sound: SynthSound,
    events: readonly TrackEvent[],
    tempos: Score['tempos'],
    position: number,
  ) {
    super(
      new SynthPlayer(sound, tools.sampleRate, beatsPerSecond(tempos, tools.sampleRate)),
      SYNTH_CHUNK,
      events,
      position,
    );
  }

  protected renderChunk(): void {
    const { output } = this.tools.kernel;
    for (const side of ['left', 'right'] as const) {
      output[side].fill(0);
      output[side].set(this.beyond[side]);
    }
    const end = this.position + SYNTH_CHUNK;
    while (this.nextFrame() < end) {
      this.renderTo(this.nextFrame());
      this.playNext();
    }
    this.renderTo(end);
    for (const side of ['left', 'right'] as const) {
      this.chunk[side].set(output[side].subarray(0, SYNTH_CHUNK));
      this.beyond[side].set(output[side].subarray(SYNTH_CHUNK));
    }
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
}

/** The tempo at a frame. */
function beatsPerSecond(tempos: Score['tempos'], sampleRate: number): (frame: number) => number {
  const seconds = secondsAt({ tempos });
  const changes = tempos.map(({ tick, milliBpm }) => ({
    frame: Math.round(seconds(tick) * sampleRate),
    beats: milliBpm / 60_000,
  }));
  return (frame) => changes.findLast((change) => change.frame <= frame)?.beats ?? 2;
}
