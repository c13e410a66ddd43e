import { chordAgreement } from '../measures/chord-agreement';
import { grooveConsistency, pitchClassEntropy, polyphony, scaleConsistency } from '../measures/muspy-measures';
import { soundingTracks } from '../measures/sounding-tracks';
import type { Score } from '../score/score';
import { durationSeconds } from '../score/timeline';
import type { Measure } from './receipt';

/** General measures of the notes, those that can be taken: length, density and the measures that MusPy defines. */
export function noteMeasures(score: Score): Measure[] {
  const seconds = durationSeconds(score);
  const notes = soundingTracks(score).reduce((sum, track) => sum + track.notes.length, 0);
  const percent = (share: number | undefined) => (share === undefined ? undefined : share * 100);
  const measures: [name: string, value: number | undefined, unit: string][] = [
    ['duration', seconds, 's'],
    ['notes', notes, ''],
    ['note density', notes / seconds, 'notes/s'],
    ['pitch-class entropy', pitchClassEntropy(score), 'bit'],
    ['scale consistency', percent(scaleConsistency(score)), '%'],
    ['groove consistency', percent(grooveConsistency(score)), '%'],
    ['polyphony', percent(polyphony(score)), '%'],
    ['time on chord tones', percent(chordAgreement(score)), '%'],
  ];
  return measures.flatMap(([name, value, unit]) =>
    value === undefined ? [] : [{ name, value: rounded(value), unit }],
  );
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
