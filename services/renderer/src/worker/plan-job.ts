import { mixTags, scoreFrames, stemTags } from '@beatbot/dsp';
import { contentHash, durationSeconds, InputError, parseScore, Score, Track } from '@beatbot/music';
import { Jobs, Limits } from './job-types';

/** Checks a score against the model and the limits. @throws InputError that names the field at fault */
export async function plan({
  score: bytes,
  sampleRate,
  limits,
}: Jobs['plan']['input']): Promise<Jobs['plan']['result']> {
  const score = parseScore(bytes);
  checkLimits(score, limits);
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

function checkLimits(score: Score, { maxTracks, maxNotes, maxDurationSeconds }: Limits): void {
  if (score.tracks.length > maxTracks)
    throw new InputError('score.tracks', score.tracks.length, `at most ${maxTracks} tracks`);
  const notes = score.tracks.reduce((sum, track) => sum + track.notes.length, 0);
  if (notes > maxNotes) throw new InputError('score.tracks.notes', notes, `at most ${maxNotes} notes in all`);
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
