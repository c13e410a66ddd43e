import type { Score, Track } from '@beatbot/music/score';
import { SampleRate, StereoBlock } from '../stereo-block';

/** Makes sound of tracks. An engine holds the sounds and is used by one thread; the voices it opens know nothing of each other. */
export interface Engine {
  readonly sampleRate: SampleRate;
  /** How much work was done so far: frames of single voices. */
  readonly voiceFrames: number;
  /**
   * Begins a track. Equal tracks under equal tempos give equal samples, whatever else the engine plays.
   * @param startFrame the frame to begin at: notes before it are left out, controllers are caught up with.
   * @throws InputError where the engine has no sound for the track's instrument.
   */
  openTrack(track: Track, tempos: Score['tempos'], startFrame?: number): TrackVoice;
}

/** The dry sound of one track: without gain, pan and sends of the mix. */
export interface TrackVoice {
  /** Writes the next frames over what `block` holds; every note begins on its own frame. */
  render(block: StereoBlock): void;
}
