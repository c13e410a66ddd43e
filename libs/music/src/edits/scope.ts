import { InputError } from '../input-error';
import type { Score, Track } from '../score/score';
import { barRange, sectionRange, totalBars, type TickRange } from '../score/timeline';
import { findSection, findTrack } from './song-state';

/** Where an edit works: all of the song, or what lies in a track, a section or bars; `sectionId` and bars exclude each other. */
export interface Scope {
  trackId?: string | undefined;
  sectionId?: string | undefined;
  /** First bar, from 0. */
  fromBar?: number | undefined;
  /** Past the last bar. */
  toBar?: number | undefined;
}

/** The stretch of time of a scope. @throws InputError for an unknown section, or bars that the song has not. */
export function rangeOf(score: Score, { sectionId, fromBar, toBar }: Scope, field: string): TickRange {
  const total = totalBars(score);
  if (sectionId !== undefined) return sectionRange(score, findSection(score, sectionId, `${field}.sectionId`));
  if (fromBar === undefined || toBar === undefined) return barRange(score, 0, total);
  if (fromBar >= total) throw new InputError(`${field}.fromBar`, fromBar, `0 to ${total - 1}, the bars of the song`);
  if (toBar <= fromBar || toBar > total) throw new InputError(`${field}.toBar`, toBar, `${fromBar + 1} to ${total}`);
  return barRange(score, fromBar, toBar - fromBar);
}

/** The tracks of a scope. @throws InputError for an unknown track. */
export function tracksOf(score: Score, { trackId }: Scope, field: string): Track[] {
  return trackId === undefined ? score.tracks : [findTrack(score, trackId, `${field}.trackId`)];
}

/** Whether something that begins at `tick` lies in a range. */
export function isInside({ startTick, endTick }: TickRange, tick: number): boolean {
  return tick >= startTick && tick < endTick;
}
