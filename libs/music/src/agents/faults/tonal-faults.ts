import { findKey, sameKey } from '../../measures/find-key';
import { measureCadence } from '../../measures/measure-cadence';
import { pitchedNotesIn } from '../../measures/sounding-tracks';
import type { Key } from '../../score/score';
import { keyAt } from '../../score/timeline';
import { pitchClass, scalePitchClasses } from '../../theory/key';
import { isRoman } from '../../theory/roman-numeral';
import { barsText, share, type Fault, type Review } from './fault';

/** Least share of notes within the key's scale; chromatic styles (secondary dominants, blues notes) stay well above it. */
const LEAST_IN_SCALE = 0.72;
const MOST_OFF_ROOT = 0.35;

/** A key that is not heard as asked, a close without its tonic, a bass that leaves the roots. */
export function tonalFaults(review: Review): Fault[] {
  return [...keyFaults(review), ...cadenceFaults(review), ...bassFaults(review)];
}

function keyFaults({ brief, score, frame }: Review): Fault[] {
  const chords = brief.progression.value;
  // Stated chords are the person's own business, unless they are numerals, or moved to a section's key.
  const settled = (key: Key) => chords.some((chord) => !isRoman(chord)) && sameKey(key, brief.key.value);
  if (chords.length && brief.key.provenance !== 'stated') return [];
  return distinctKeys(score).flatMap((key): Fault[] => {
    if (settled(key)) return [];
    const notes = pitchedNotesIn(score, key);
    if (!notes.length) return [];
    const bars = barsText(
      frame.barAt(Math.min(...notes.map(({ startTick }) => startTick))),
      frame.barAt(Math.max(...notes.map(({ startTick }) => startTick))),
    );
    const scale = scalePitchClasses(key);
    const inScale = share(notes.filter(({ pitch }) => scale.includes(pitch % 12)).length, notes.length);
    const name = `${key.tonic} ${key.mode}`;
    if (inScale < LEAST_IN_SCALE)
      return [{ agent: 'harmony', fault: `only ${Math.round(inScale * 100)} % of the notes are in ${name}`, bars }];
    const found = findKey(notes, ['major', 'minor', key.mode])?.key;
    if (!found || sameKey(found, key)) return [];
    return [{ agent: 'harmony', fault: `sounds like ${found.tonic} ${found.mode} instead of ${name}`, bars }];
  });
}

function distinctKeys({ keys }: Review['score']): Key[] {
  return keys
    .map(({ tonic, mode }) => ({ tonic, mode }))
    .filter((key, index, all) => all.findIndex((other) => sameKey(other, key)) === index);
}

function cadenceFaults({ brief, score, frame }: Review): Fault[] {
  const stated = brief.progression.value.length;
  if (brief.loop.value || (stated && frame.totalBars <= stated)) return [];
  const bars = barsText(frame.totalBars - 1);
  const cadence = measureCadence(score);
  const tonic = pitchClass(keyAt(score, frame.endTick).tonic);
  if (cadence && !cadence.tonicChord)
    return [{ agent: 'harmony', fault: `ends on ${cadence.chord}, not on the tonic`, bars }];
  if (cadence && !cadence.tonicBass) {
    const bass = score.tracks.find((track) => track.role === 'bass' && track.notes.length);
    const last = bass?.notes.at(-1);
    const wrong = last !== undefined && last.pitch % 12 !== tonic;
    return [{ agent: wrong ? 'bass' : 'arranger', fault: 'ends without the tonic in the bass', bars }];
  }
  return [];
}

function bassFaults({ score, frame, harmony }: Review): Fault[] {
  return score.tracks
    .filter(({ role }) => role === 'bass')
    .flatMap(({ id, notes }): Fault[] => {
      const downbeats = notes.filter(({ startTick }) => frame.withinBar(startTick) < 40);
      const pedal = frame.style.bass.figures.some(({ grid }) => grid.includes('T'));
      const off = downbeats.filter(
        ({ startTick, pitch }) =>
          harmony.at(startTick).bass !== pitch % 12 &&
          !(pedal && pitch % 12 === pitchClass(keyAt(score, startTick).tonic)),
      );
      if (share(off.length, downbeats.length) <= MOST_OFF_ROOT) return [];
      const fault = `${off.length} of ${downbeats.length} first beats are not on the root`;
      return [{ agent: 'bass', fault, bars: barsText(0, frame.totalBars - 1), trackId: id }];
    });
}
