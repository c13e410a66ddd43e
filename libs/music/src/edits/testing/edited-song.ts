import { composeScore } from '../../agents/compose';
import { defaultBrief, type BriefValues } from '../../brief/default-brief';
import { InputError } from '../../input-error';
import { findInstrument } from '../../instruments/instrument';
import { producePlan } from '../../plan/producer';
import { canonicalJson, contentHash, scoreHash } from '../../score/canonical-score';
import type { Score, Track } from '../../score/score';
import { validateScore } from '../../score/validate-score';
import { applyEdits } from '../apply-edits';
import type { EditInput } from '../edit';
import type { SongState } from '../song-state';

/** A composed song of 24 bars, lo-fi hip hop in D minor where nothing else is said. */
export function song(overrides: Partial<BriefValues> = {}): SongState {
  const brief = defaultBrief({ bars: 24, seed: 5, ...overrides });
  const plan = producePlan(brief);
  return { brief, plan, score: composeScore(brief, plan).score };
}

/** The song that most tests edit. */
export const STATE = song();
export const SCORE = STATE.score;

/** The edited state, checked to be whole, with the original untouched and the edit repeatable. */
export function edited(edits: EditInput[], state = STATE): SongState {
  const before = canonicalJson(state.score);
  const result = applyEdits(state, edits);
  expect(canonicalJson(state.score)).toBe(before);
  expect(scoreHash(applyEdits(state, edits).score)).toBe(scoreHash(result.score));
  validateScore(result.score);
  expect(result.plan.sections).toEqual(result.score.sections);
  expect(result.plan.tracks.map(({ id }) => id)).toEqual(result.score.tracks.map(({ id }) => id));
  return result;
}

/** The track of that id. */
export function trackOf(score: Score, id: string): Track {
  const track = score.tracks.find((each) => each.id === id);
  if (!track) throw new Error(`no track ${id}`);
  return track;
}

/** Hash of all of a Score but some fields and some tracks. */
export function restHash(score: Score, fields: (keyof Score)[], trackIds: string[] = []): string {
  const kept = Object.entries(score).filter(([field]) => !fields.includes(field as keyof Score) && field !== 'tracks');
  return contentHash([Object.fromEntries(kept), score.tracks.filter(({ id }) => !trackIds.includes(id))]);
}

/** The ids of the tracks that are no drum kits. */
export function pitchedTracks(score: Score): Track[] {
  return score.tracks.filter((track) => !findInstrument(track.instrument)?.isDrumKit);
}

/** The InputError that edits are refused with. */
export function errorOf(edits: unknown): InputError {
  try {
    applyEdits(STATE, edits as EditInput[]);
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
