import { InputError, instrument } from '@beatbot/music/score';
import { allocateSounds, SoundMemory } from '../kernel/sound-memory';
import { SampleRate } from '../stereo-block';
import { SamplerVoice } from '../sampler/sampler-voice';
import { SamplerTools } from '../sampler/sampler-tools';
import { SoundFont } from '../sound-font/sound-font';
import type { Engine } from './engine';
import { trackEvents } from './track-events';

/**
 * Plays a SoundFont 2 or 3. Samples are decoded when a note first needs them, and kept; engines of the same SoundFont, in any
 * thread and at any rate, may share the memory for them.
 * @param soundFont the file's bytes
 * @param sounds from `allocateSounds`, used for this SoundFont only
 * @throws InputError where the bytes are no SoundFont
 */
export async function createSamplerEngine(
  soundFont: Uint8Array,
  sampleRate: SampleRate,
  sounds: SoundMemory = allocateSounds(),
): Promise<Engine> {
  const font = await SoundFont.read(soundFont);
  const tools = new SamplerTools(sounds, sampleRate);
  return {
    sampleRate,
    get voiceFrames() {
      return tools.voiceFrames;
    },
    openTrack: (track, tempos, startFrame = 0) => {
      const { bank, program } = instrument(track.instrument);
      if (!font.has(bank, program))
        throw new InputError(
          'instrument',
          track.instrument,
          `an instrument of the SoundFont, which has no bank ${bank} program ${program}`,
        );
      return new SamplerVoice(tools, font, { bank, program }, trackEvents(track, tempos, sampleRate), startFrame);
    },
  };
}
