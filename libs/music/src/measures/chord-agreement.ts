import type { Chord, Note, Score } from '../score/score';
import { chordTones } from '../theory/chord-tones';
import { pitchedNotes } from './sounding-tracks';

/** Ticks that a note sounds within a chord. */
function overlapTicks(note: Note, chord: Chord): number {
  const end = Math.min(note.startTick + note.durationTicks, chord.startTick + chord.durationTicks);
  return Math.max(0, end - Math.max(note.startTick, chord.startTick));
}

/** The share (0 to 1) of the time of pitched notes that is spent on tones of the chord then in force; undefined where none sound with a chord. */
export function chordAgreement(score: Pick<Score, 'chords' | 'tracks'>): number | undefined {
  const notes = pitchedNotes(score);
  let [inside, total] = [0, 0];
  for (const chord of score.chords) {
    const { tones, bass } = chordTones(chord.symbol);
    for (const note of notes) {
      const ticks = overlapTicks(note, chord);
      total += ticks;
      if (note.pitch % 12 === bass || tones.includes(note.pitch % 12)) inside += ticks;
    }
  }
  return total === 0 ? undefined : inside / total;
}

/** Whether a chord is heard: its root (or bass) and its third (or the tone that stands for it) sound while it lasts. */
export function isChordHeard(score: Pick<Score, 'tracks'>, chord: Chord): boolean {
  const { root, bass, tones } = chordTones(chord.symbol);
  const heard = new Set(
    pitchedNotes(score)
      .filter((note) => overlapTicks(note, chord) > 0)
      .map((note) => note.pitch % 12),
  );
  const third = tones[1];
  return (heard.has(root) || heard.has(bass)) && (third === undefined || heard.has(third));
}
