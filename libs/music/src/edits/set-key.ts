import { spellKey } from '../brief/read-key';
import type { Key, Mode } from '../score/score';
import { MODE_INTERVALS, modulo12, pitchClass, transposeKey } from '../theory/key';
import type { EditOf } from './edit';
import { movePitches, tonicDistance } from './move-pitches';
import type { SongState } from './song-state';

/** Everything with pitch a number of semitones up or down; drum kits stay. */
export function transpose(state: SongState, { semitones }: EditOf<'transpose'>): SongState {
  if (semitones === 0) return state;
  return movePitches(state, { pitch: (pitch) => pitch + semitones, key: (key) => transposeKey(key, semitones) });
}

/**
 * Everything with pitch into another key by the shorter way. Where the mode changes, each degree of the old scale
 * becomes the same degree of the new one, and what lies between two degrees stays between them.
 */
export function setKey(state: SongState, { key: asked }: EditOf<'set_key'>): SongState {
  const from = state.brief.key.value;
  const to = spellKey(asked);
  if (from.tonic === to.tonic && from.mode === to.mode) return state;
  const distance = tonicDistance(from.tonic, to.tonic);
  const root = pitchClass(from.tonic);
  return movePitches(state, {
    pitch: (pitch) => pitch + distance + degreeShift(modulo12(pitch - root), from.mode, to.mode),
    key: (key) => (sameKey(key, from) ? to : { ...transposeKey(key, distance), mode: key.mode }),
  });
}

/** By how many semitones an interval above the tonic changes from one mode to another. */
function degreeShift(interval: number, from: Mode, to: Mode): number {
  const [old, next] = [MODE_INTERVALS[from], MODE_INTERVALS[to]];
  const degree = old.findLastIndex((step) => step <= interval);
  const [low = 0, high = 12] = [next[degree], next[degree + 1] ?? 12];
  const above = interval - (old[degree] ?? 0);
  return Math.min(low + above, above === 0 ? low : Math.max(low, high - 1)) - interval;
}

function sameKey(a: Key, b: Key): boolean {
  return pitchClass(a.tonic) === pitchClass(b.tonic) && a.mode === b.mode;
}
