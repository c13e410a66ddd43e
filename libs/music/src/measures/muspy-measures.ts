import { PPQ, type Note, type Score } from '../score/score';
import { MODE_INTERVALS } from '../theory/key';
import { barLengthTicks, meterAt } from '../score/timeline';
import { pitchedNotes, soundingTracks } from './sounding-tracks';

/*
 * Measures as MusPy defines them (H.-W. Dong et al., MusPy: A Toolkit for Symbolic Music Generation, ISMIR 2020, and
 * its `metrics` module), so that they can be compared with published figures.
 */

/** Entropy in bits of the pitch classes, each note counted once; 0 to log2 12. Undefined without pitched notes. */
export function pitchClassEntropy(score: Pick<Score, 'tracks'>): number | undefined {
  const notes = pitchedNotes(score);
  if (notes.length === 0) return undefined;
  const counts: number[] = Array(12).fill(0);
  for (const { pitch } of notes) counts[pitch % 12] = (counts[pitch % 12] ?? 0) + 1;
  return counts
    .filter((count) => count > 0)
    .map((count) => count / notes.length)
    .reduce((sum, share) => sum - share * Math.log2(share), 0);
}

/** The largest share (0 to 1) of notes that lie in one major or natural minor scale. Undefined without pitched notes. */
export function scaleConsistency(score: Pick<Score, 'tracks'>): number | undefined {
  const notes = pitchedNotes(score);
  if (notes.length === 0) return undefined;
  // A minor scale has the notes of a major one, so that twelve scales are all.
  const shares = [...Array(12).keys()].map((root) => {
    const scale = new Set(MODE_INTERVALS.major.map((interval) => (root + interval) % 12));
    return notes.filter(({ pitch }) => scale.has(pitch % 12)).length / notes.length;
  });
  return Math.max(...shares);
}

/** MusPy's resolution for grooves: places per quarter note. */
const GROOVE_RESOLUTION = 12;
const GROOVE_QUARTERS = 64;

/**
 * One less the mean Hamming distance between the onset patterns of neighbouring bars, 0 to 1; over the first 64 quarter
 * notes, bars as long as the first one. Undefined where there are fewer than two bars with notes.
 */
export function grooveConsistency(score: Pick<Score, 'tracks' | 'meters'>): number | undefined {
  const places = Math.round((barLengthTicks(meterAt(score, 0)) / PPQ) * GROOVE_RESOLUTION);
  const onsets = new Set(
    soundingTracks(score)
      .flatMap(({ notes }) => notes)
      .map(({ startTick }) => Math.round((startTick * GROOVE_RESOLUTION) / PPQ))
      .filter((place) => place < GROOVE_QUARTERS * GROOVE_RESOLUTION),
  );
  if (onsets.size === 0) return undefined;
  const bars = Math.floor(Math.max(...onsets) / places) + 1;
  if (bars < 2) return undefined;
  let differing = 0;
  for (let place = 0; place < (bars - 1) * places; place++) {
    if (onsets.has(place) !== onsets.has(place + places)) differing++;
  }
  return 1 - differing / (places * (bars - 1));
}

/** The share (0 to 1) of the time until the last note ends in which two pitches or more sound. Undefined without notes. */
export function polyphony(score: Pick<Score, 'tracks'>): number | undefined {
  const notes = pitchedNotes(score);
  const length = Math.max(0, ...soundingTracks(score).flatMap((track) => track.notes.map(endOf)));
  if (length === 0) return undefined;
  const changes = notes
    .flatMap((note) => [
      { tick: note.startTick, change: 1, pitch: note.pitch },
      { tick: endOf(note), change: -1, pitch: note.pitch },
    ])
    .sort((left, right) => left.tick - right.tick);
  const sounding = new Map<number, number>();
  let [now, together] = [0, 0];
  for (const { tick, change, pitch } of changes) {
    if (sounding.size >= 2) together += tick - now;
    now = tick;
    const count = (sounding.get(pitch) ?? 0) + change;
    if (count === 0) sounding.delete(pitch);
    else sounding.set(pitch, count);
  }
  return together / length;
}

function endOf(note: Note): number {
  return note.startTick + note.durationTicks;
}
