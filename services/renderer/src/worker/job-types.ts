import type { AudioFormat, AudioTags, MasterReport, MixMemory, SampleRate } from '@beatbot/dsp';

/** Formats in which a stem can be stored and read back. */
export type StemFormat = Extract<AudioFormat, 'wav' | 'flac'>;

/** What a score may have at most. */
export interface Limits {
  maxDurationSeconds: number;
  maxTracks: number;
  maxNotes: number;
  /** Controller changes in all tracks. */
  maxControls: number;
  /** Tempos, meters, keys, sections and chords, of each. */
  maxChanges: number;
}

/** Bytes of a file with the checksum under which storage checks them. */
export interface EncodedFile {
  bytes: Uint8Array;
  /** SHA-256 in hexadecimal. */
  sha256: string;
}

/** What the main thread must know of a score, which only worker threads read. */
export interface RenderPlan {
  sampleRate: SampleRate;
  /** Length of all audio in frames, and of the music without its tail in seconds. */
  frames: number;
  musicSeconds: number;
  tracks: PlannedTrack[];
  /** Those of the mix, but for its level, which is not known yet. */
  tags: AudioTags;
  loudnessLufs: number;
  truePeakDb: number;
}

export interface PlannedTrack {
  id: string;
  name: string;
  notes: number;
  /** Those of its stem. */
  tags: AudioTags;
  /** SHA-256 of all that decides its stem's file, but for engine and SoundFont. */
  hash: string;
}

export interface SourceInput {
  /** The score's canonical bytes. */
  score: Uint8Array;
  sampleRate: SampleRate;
}

/** The jobs that worker threads do: what goes in and what comes out. */
export interface Jobs {
  /** Loads the SoundFont and plays a note. */
  'warm-up': { input: Record<string, never>; result: { soundFontHash: string; milliseconds: number } };
  /** Checks a score and plans its render. */
  plan: { input: SourceInput & { limits: Limits }; result: RenderPlan };
  /** Renders one track, or reads its stem, into a mix; encodes it where a format is given. */
  stem: {
    input: SourceInput & {
      trackIndex: number;
      mix: MixMemory;
      tags: AudioTags;
      format?: StemFormat;
      stored?: Uint8Array;
    };
    result: { file?: EncodedFile; clippedSamples: number };
  };
  /** Sums partial mixes into the first and masters it there. */
  master: { input: SourceInput & { mixes: [MixMemory, ...MixMemory[]] }; result: MasterReport };
  /** Encodes mastered samples. */
  encode: {
    input: { samples: MixMemory; sampleRate: SampleRate; format: AudioFormat; tags: AudioTags };
    result: EncodedFile;
  };
  /** The waveform overview of mastered samples, as JSON. */
  peaks: { input: { samples: MixMemory; sampleRate: SampleRate }; result: EncodedFile };
  /** The loudness of the loudest section's beginning, in LUFS, without master. */
  'excerpt-loudness': { input: SourceInput; result: number };
  /** Renders tracks side by side into a mix; progress tells how many frames are whole. */
  'live-stems': { input: SourceInput & { trackIndexes: number[]; mix: MixMemory }; result: null };
  /** Sums partial mixes as far as `advance` messages say, masters with a fixed gain where one is given, encodes, and emits the bytes. */
  'live-mix': {
    input: SourceInput & {
      mixes: MixMemory[];
      frames: number;
      format: AudioFormat;
      tags: AudioTags;
      gainDb?: number;
    };
    result: null;
  };
}

export type JobName = keyof Jobs;

/** A job as it is handed to a thread; `port` is its own line to the main thread. */
export interface JobTask<Name extends JobName = JobName> {
  job: Name;
  input: Jobs[Name]['input'];
  port: import('node:worker_threads').MessagePort;
}

/** From the main thread to a job. */
export type ToJob = { type: 'cancel' } | { type: 'taken' } | { type: 'advance'; frames: number };

/** From a job to the main thread. */
export type FromJob = { type: 'progress'; value: number } | { type: 'bytes'; bytes: Uint8Array };

/** What of the input, or of the SoundFont, cannot be used. */
export interface Fault {
  field: string;
  value: unknown;
  allowed: string;
}

/** How a job ended; errors of a class of ours do not survive the way between threads as errors. */
export type JobOutcome<Result> = { ok: Result } | { cancelled: true } | { fault: Fault };
