import { randomStream } from '../random/random-stream';
import type { Role, Score } from '../score/score';
import { chordAgreement } from '../measures/chord-agreement';
import { canonicalJson } from '../score/canonical-score';
import type { EditOf } from './edit';
import { newChords, rewrite, varied } from './rewrite';
import { isInside, rangeOf } from './scope';
import { stated, type SongState } from './song-state';

/** Who follows the chords; the melody, drums, percussion and effects stay. */
const HARMONIC: readonly Role[] = ['bass', 'chords', 'pad', 'counter'];
/** So many harmonies are tried; the one that fits the melody best is taken. */
const TRIALS = 12;

/**
 * Other chords under the melody of a range: of several that the style offers, the ones that agree best with the notes of
 * the leads, and bass, chords, pads and counter lines for them. A progression that the Brief states gives way.
 */
export function reharmonise(state: SongState, edit: EditOf<'reharmonise'>, field: string): SongState {
  const { score } = state;
  const range = rangeOf(score, edit, field);
  const free = { ...state, brief: { ...state.brief, progression: stated<string[]>([]) } };
  const leads = score.tracks.filter(({ role }) => role === 'lead');
  const start = varied(free.brief, score, range, score.tracks);
  const now = symbols(score, score.chords, range);
  const trials = Array.from({ length: TRIALS }, (_, trial) => {
    const seed = randomStream(start.seed.value, 'reharmonise', trial).uint32();
    const chords = newChords({ ...start, seed: { ...start.seed, value: seed } }, free, range);
    const inRange = chords.filter(({ startTick }) => isInside(range, startTick));
    const fit = chordAgreement({ chords: inRange, tracks: leads }) ?? 0;
    return { chords, fit, isNew: symbols(score, chords, range) !== now };
  }).sort((a, b) => Number(b.isNew) - Number(a.isNew) || b.fit - a.fit);
  const [best] = trials;
  const harmonised = { ...free, score: { ...score, chords: best?.chords ?? score.chords } };
  const followers = score.tracks.filter(({ role }) => HARMONIC.includes(role));
  return rewrite(harmonised, range, followers, false);
}

function symbols({ seed }: Score, chords: Score['chords'], range: { startTick: number; endTick: number }): string {
  const inside = chords.filter(({ startTick }) => isInside(range, startTick));
  return canonicalJson([seed, inside.map(({ startTick, symbol }) => [startTick, symbol])]);
}
