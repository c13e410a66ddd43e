import { mixTags, scoreFrames, stemTags } from '@beatbot/dsp';
import { contentHash, durationSeconds, InputError, Score, Track, validateScore } from '@beatbot/music';
import { Jobs, Limits } from './job-types';

/** Checks a score against the model and the limits. @throws InputError that names the field at fault */
export async function plan({
  score: bytes,
  sampleRate,
  limits,
}: Jobs['plan']['input']): Promise<Jobs['plan']['result']> {
  const value = parseJson(bytes);
  checkCounts(value, limits);
  validateScore(value as Score);
  const score = value as Score;
  checkDuration(score, limits);
  const frames = scoreFrames(score, sampleRate);
  return {
    sampleRate,
    frames,
    musicSeconds: durationSeconds(score),
    tracks: score.tracks.map((track) => ({
      id: track.id,
      name: track.name,
      notes: track.notes.length,
      tags: stemTags(score, track),
      hash: stemHash(score, track, frames, sampleRate),
    })),
    tags: mixTags(score),
    loudnessLufs: score.master.loudnessCentiLufs / 100,
    truePeakDb: score.master.truePeakCentiDb / 100,
  };
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new InputError('score', `${bytes.length} bytes`, 'JSON');
  }
}

const CHANGES = ['tempos', 'meters', 'keys', 'sections', 'chords'] as const;

/** What a score holds, counted before it is looked at closely, which takes longer the more there is. */
function checkCounts(score: unknown, { maxTracks, maxNotes, maxControls, maxChanges }: Limits): void {
  const most = (count: number, field: string, limit: number, what: string): void => {
    if (count > limit) throw new InputError(field, count, `at most ${limit} ${what}`);
  };
  for (const field of CHANGES) most(listOf(score, field).length, `score.${field}`, maxChanges, field);
  const tracks = listOf(score, 'tracks');
  most(tracks.length, 'score.tracks', maxTracks, 'tracks');
  const count = (field: string): number => tracks.reduce<number>((sum, track) => sum + listOf(track, field).length, 0);
  most(count('notes'), 'score.tracks.notes', maxNotes, 'notes in all');
  most(count('controls'), 'score.tracks.controls', maxControls, 'controls in all');
}

/** A list within what may be a score; whether it must be there, the model says. */
function listOf(value: unknown, field: string): readonly unknown[] {
  const list: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, field) : undefined;
  return Array.isArray(list) ? list : [];
}

function checkDuration(score: Score, { maxDurationSeconds }: Limits): void {
  const seconds = durationSeconds(score);
  if (seconds > maxDurationSeconds)
    throw new InputError('score.sections', `${Math.round(seconds)} s of music`, `at most ${maxDurationSeconds} s`);
}

/** A stem depends on its track, on when its notes fall, on the length of the whole, and on what its tags say. */
function stemHash(score: Score, track: Track, frames: number, sampleRate: number): string {
  const { instrument, notes, controls, mix } = track;
  return contentHash({
    instrument,
    notes,
    controls,
    mix,
    tempos: score.tempos,
    closesWithFade: score.master.fadeOutTicks > 0,
    frames,
    sampleRate,
    tags: stemTags(score, track),
  });
}
