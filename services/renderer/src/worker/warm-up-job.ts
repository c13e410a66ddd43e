import { BLOCK_FRAMES, stereoBlock } from '@beatbot/dsp';
import { Jobs } from './job-types';
import { workerEngine } from './worker-engine';

/** A middle C on the piano must be heard within so many blocks. */
const BLOCKS = 4;

/** Loads the engine and hears whether it sounds: a SoundFont whose samples cannot be decoded is silent. */
export async function warmUp(): Promise<Jobs['warm-up']['result']> {
  const start = performance.now();
  const { engine, soundFontHash } = await workerEngine();
  const voice = engine.openTrack(
    {
      id: 'warm-up',
      name: 'Warm-up',
      role: 'chords',
      instrument: 'acoustic-grand-piano',
      notes: [{ startTick: 0, durationTicks: 480, pitch: 60, velocity: 100 }],
      controls: [],
      mix: { gainCentibels: 0, pan: 0, reverbSend: 0, delaySend: 0, chorusSend: 0, muted: false },
    },
    [{ tick: 0, milliBpm: 120_000 }],
  );
  const block = stereoBlock(BLOCK_FRAMES);
  let sounds = false;
  for (let i = 0; i < BLOCKS; i++) {
    voice.render(block);
    sounds ||= block.left.some((sample) => Math.abs(sample) > 0.001);
  }
  if (!sounds) throw new Error('the SoundFont gives no sound for a middle C on bank 0 program 0');
  return { soundFontHash, milliseconds: Math.round(performance.now() - start) };
}
