import { isMinorMode, type Key, type Score, type Track } from '@beatbot/music/score';
import { decibelsToGain } from '../decibels';

/** What a file says of itself. */
export interface AudioTags {
  title: string;
  /** Quarter notes a minute, as the music begins. */
  bpm: number;
  /** As the music begins. */
  key: Key;
  /** How loud the file is, where a player should bring it to its own level: integrated loudness in LUFS and true peak in dBTP, neither of them of silence. */
  level?: { loudnessLufs: number; truePeakDb: number };
}

/** The program that made a file, as its tags name it. */
export const ENCODED_BY = 'BeatBot';

/** The reference of ReplayGain 2.0, and that of R128_TRACK_GAIN (RFC 7845, 5.2.1), in LUFS. */
const REPLAY_GAIN_LUFS = -18;
const R128_LUFS = -23;

/** The tags of a score's mix. */
export function mixTags({ title, tempos, keys }: Pick<Score, 'title' | 'tempos' | 'keys'>): AudioTags {
  return { title, bpm: tempos[0]!.milliBpm / 1000, key: { tonic: keys[0]!.tonic, mode: keys[0]!.mode } };
}

/** The tags of a stem. It has no level: stems are to be summed as they are. */
export function stemTags(score: Pick<Score, 'title' | 'tempos' | 'keys'>, track: Pick<Track, 'name'>): AudioTags {
  const tags = mixTags(score);
  return { ...tags, title: `${tags.title} (${track.name})` };
}

/** A key as ID3v2.4 writes it in TKEY, and others after it: tonic, and `m` where its third is minor. */
export function initialKey({ tonic, mode }: Key): string {
  return `${tonic}${isMinorMode(mode) ? 'm' : ''}`;
}

/** ReplayGain 2.0: fields and values as they stand in Vorbis comments and in TXXX frames of ID3. */
export function replayGain({ level }: AudioTags): [string, string][] {
  if (!level) return [];
  return [
    ['REPLAYGAIN_TRACK_GAIN', `${(REPLAY_GAIN_LUFS - level.loudnessLufs).toFixed(2)} dB`],
    ['REPLAYGAIN_TRACK_PEAK', decibelsToGain(level.truePeakDb).toFixed(6)],
  ];
}

/** R128_TRACK_GAIN of Ogg Opus: the gain to -23 LUFS in steps of 1/256 dB. */
export function r128Gain({ level }: AudioTags): [string, string][] {
  if (!level) return [];
  const steps = Math.round(256 * (R128_LUFS - level.loudnessLufs));
  return [['R128_TRACK_GAIN', String(Math.max(-32_768, Math.min(32_767, steps)))]];
}
