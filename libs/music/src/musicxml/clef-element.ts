import { instrument } from '../instruments/instrument';
import type { Track } from '../score/score';
import { plain } from './xml-element';

/** The clef of a track: percussion for kits, the octave clefs of guitars and basses, else treble or bass by the middle of its notes. */
export function clefElement(track: Pick<Track, 'instrument' | 'notes'>): string {
  const { isDrumKit, family, id, lowestPitch, highestPitch } = instrument(track.instrument);
  if (isDrumKit) return plain('clef', [plain('sign', 'percussion')]);
  if (family === 'guitar') return clef('G', 2, -1);
  if (family === 'bass' || id === 'contrabass') return clef('F', 4, -1);
  const pitches = track.notes.map((note) => note.pitch).sort((left, right) => left - right);
  const median = pitches[Math.floor(pitches.length / 2)] ?? (lowestPitch + highestPitch) / 2;
  if (median > 84) return clef('G', 2, 1);
  return median >= 59 ? clef('G', 2, 0) : clef('F', 4, 0);
}

function clef(sign: 'G' | 'F', line: number, octaves: number): string {
  return plain('clef', [
    plain('sign', sign),
    plain('line', line),
    octaves === 0 ? undefined : plain('clef-octave-change', octaves),
  ]);
}
