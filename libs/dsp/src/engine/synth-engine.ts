import { SynthKernel } from '../kernel/synth-kernel';
import type { SampleRate } from '../stereo-block';
import { synthSound } from '../synth/preset-catalogue';
import { SynthTools, SynthTrack } from '../synth/synth-track';
import type { Engine } from './engine';
import { trackEvents } from './track-events';

/** Synthesises the instruments of the catalogue that are `isSynth`. */
export function createSynthEngine(sampleRate: SampleRate): Engine {
  const tools: SynthTools = { kernel: new SynthKernel(sampleRate), sampleRate, voiceFrames: 0 };
  return {
    sampleRate,
    get voiceFrames() {
      return tools.voiceFrames;
    },
    openTrack: (track, tempos, startFrame = 0) =>
      new SynthTrack(tools, synthSound(track.instrument), trackEvents(track, tempos, sampleRate), tempos, startFrame),
  };
}
