import { PPQ, type Score } from '../score/score';
import { soundingTracks } from './sounding-tracks';

const LENGTH = 5;

/**
 * The melodic n-grams of the leads: every run of five intervals in semitones with the time between onsets in sixteenths
 * (S. Downie, Evaluating a Simple Approach to Music Information Retrieval: Conceiving Melodic N-grams as Text, 1999;
 * rhythm added as in S. Doraisamy & S. Rueger, JIIS 21(1), 2003). Key and register do not matter.
 */
export function melodyGrams(score: Pick<Score, 'tracks'>): Set<string> {
  const grams = new Set<string>();
  for (const { notes } of soundingTracks(score).filter(({ role }) => role === 'lead')) {
    const moves = notes.slice(1).map((note, index) => {
      const before = notes[index] ?? note;
      return `${note.pitch - before.pitch}:${Math.round(((note.startTick - before.startTick) * 4) / PPQ)}`;
    });
    for (let end = LENGTH; end <= moves.length; end++) grams.add(moves.slice(end - LENGTH, end).join(' '));
  }
  return grams;
}

/** The share (0 to 1) of the smaller set that is in the other one too; 0 where one is empty. */
export function sharedGrams(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  const [small, large] = left.size <= right.size ? [left, right] : [right, left];
  return small.size === 0 ? 0 : [...small].filter((gram) => large.has(gram)).length / small.size;
}
