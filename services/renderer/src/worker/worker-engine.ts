import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createEngine, Engine, SampleRate, SoundMemory } from '@beatbot/dsp';
import { workerData } from 'piscina';

/** What a thread is started with: it renders at one rate only. */
export interface WorkerSettings {
  soundFontPath: string;
  sampleRate: SampleRate;
  /** Decoded samples, which all threads share. */
  sounds: SoundMemory;
}

interface LoadedEngine {
  engine: Engine;
  /** SHA-256 of the SoundFont in hexadecimal. */
  soundFontHash: string;
}

async function load(): Promise<LoadedEngine> {
  const { soundFontPath, sampleRate, sounds } = workerData as WorkerSettings;
  const bytes = readFileSync(soundFontPath);
  return {
    engine: await createEngine(bytes, sampleRate, sounds),
    soundFontHash: createHash('sha256').update(bytes).digest('hex'),
  };
}

let loading: Promise<LoadedEngine> | undefined;

/** The thread's engine, loaded once. */
export function workerEngine(): Promise<LoadedEngine> {
  return (loading ??= load());
}
