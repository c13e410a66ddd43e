import type { Score } from '../score/score';
import { barAtTick, totalBars } from '../score/timeline';
import { soundingTracks } from './sounding-tracks';

/** The bars (counted from 0) in which no note of any track sounds. */
export function silentBars(score: Pick<Score, 'meters' | 'sections' | 'tracks'>): number[] {
  const silent = new Set(Array(totalBars(score)).keys());
  for (const { notes } of soundingTracks(score)) {
    for (const { startTick, durationTicks } of notes) {
      const last = barAtTick(score, startTick + durationTicks - 1);
      for (let bar = barAtTick(score, startTick); bar <= last; bar++) silent.delete(bar);
    }
  }
  return [...silent];
}

/** How many bars pass until the last note has ended. */
export function soundingBars(score: Pick<Score, 'meters' | 'tracks'>): number {
  const ends = soundingTracks(score).flatMap(({ notes }) => notes.map((note) => note.startTick + note.durationTicks));
  return ends.length === 0 ? 0 : barAtTick(score, ends.reduce((left, right) => Math.max(left, right)) - 1) + 1;
}
