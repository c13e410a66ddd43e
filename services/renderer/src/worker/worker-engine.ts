import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createSamplerEngine, Engine, SampleRate } from '@beatbot/dsp';
import { workerData } from 'piscina';

/** What a thread is started with: it renders at one rate only. */
export interface WorkerSettings {
  soundFontPath: string;
  sampleRate: SampleRate;
}

interface LoadedEngine {
  engine: Engine;
  /** SHA-256 of the SoundFont in hexadecimal. */
  soundFontHash: string;
}

async function load(): Promise<LoadedEngine> {
  const { soundFontPath, sampleRate } = workerData as WorkerSettings;
  const bytes = readFileSync(soundFontPath);
  return {
    engine: await createSamplerEngine(bytes, sampleRate),
    soundFontHash: createHash('sha256').update(bytes).digest('hex'),
  };
}

let loading: Promise<LoadedEngine> | undefined;

/** The thread's engine, loaded once. */
export function workerEngine(): Promise<LoadedEngine> {
  return (loading ??= load());
}
