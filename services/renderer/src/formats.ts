import { AUDIO_FORMATS, AudioFormat } from '@beatbot/dsp';
import type { StemFormat } from './worker/job-types';

/** Formats that can be streamed while they are made: a FLAC player wants to know the end. */
export const LIVE_FORMATS = ['wav', 'mp3', 'opus'] as const satisfies AudioFormat[];
/** Formats of the stored mix. */
export const MIX_FORMATS = AUDIO_FORMATS;
/** Formats of stems, which must come back as they were. */
export const STEM_FORMATS = ['wav', 'flac'] as const satisfies StemFormat[];
