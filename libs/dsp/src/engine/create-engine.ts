import { instrument } from '@beatbot/music/score';
import type { SoundMemory } from '../kernel/sound-memory';
import type { SampleRate } from '../stereo-block';
import type { Engine } from './engine';
import { createSamplerEngine } from './sampler-engine';
import { createSynthEngine } from './synth-engine';

/**
 * Plays every instrument of the catalogue: those that are `isSynth` by the synthesiser, which is made when the first of them
 * is asked for, and all others from the SoundFont (see `createSamplerEngine`).
 * @throws InputError where the bytes are no SoundFont
 */
export async function createEngine(
  soundFont: Uint8Array,
  sampleRate: SampleRate,
  sounds?: SoundMemory,
): Promise<Engine> {
  const sampler = await createSamplerEngine(soundFont, sampleRate, sounds);
  let synth: Engine | undefined;
  return {
    sampleRate,
    get voiceFrames() {
      return sampler.voiceFrames + (synth?.voiceFrames ?? 0);
    },
    openTrack: (track, tempos, startFrame) => {
      const engine = instrument(track.instrument).isSynth ? (synth ??= createSynthEngine(sampleRate)) : sampler;
      return engine.openTrack(track, tempos, startFrame);
    },
  };
}
