import { instrument, INSTRUMENTS } from '../instruments/instrument';
import { PPQ, ROLES, type Note, type Role, type Score, type Track } from '../score/score';
import { barAtTick, barStartTick, endTick, meterAt, tickToSeconds } from '../score/timeline';
import { chordTones } from '../theory/chord-tones';
import { modulo12, pitchClass } from '../theory/key';
import { measureSwing } from './measure-swing';
import { grooveConsistency, pitchClassEntropy, polyphony } from './muspy-measures';
import { pitchedNotes, soundingTracks } from './sounding-tracks';

const STEP = PPQ / 4;
const PLACES = 16;
/** Percussion keys by sound: bass drums, snares and claps, cymbals and shakers, toms and hand drums, the rest. */
const DRUM_GROUPS: readonly (readonly [name: string, keys: readonly number[]])[] = [
  ['low', [35, 36, 64, 66, 86, 87]],
  ['snare', [37, 38, 39, 40]],
  ['metal', [42, 44, 46, 49, 51, 52, 53, 54, 55, 57, 59, 69, 70, 82]],
  ['skin', [41, 43, 45, 47, 48, 50, 60, 61, 62, 63, 65]],
];
const CHORD_KINDS: readonly (readonly [name: string, intervals: string])[] = [
  ['open', '0 7'],
  ['major', '0 4 7'],
  ['minor', '0 3 7'],
  ['diminished', '0 3 6'],
  ['major-seventh', '0 4 7 11'],
  ['minor-seventh', '0 3 7 10'],
  ['dominant', '0 4 7 10'],
  ['half-diminished', '0 3 6 10'],
];

/**
 * Features of a Score by name, each a number that does not depend on its length, key or volume. They are those of
 * jSymbolic 2.2 (C. McKay, J. Cumming & I. Fujinaga, ISMIR 2018) as far as a Score has them: pitch-class histogram (from
 * the tonic up), melodic intervals, tempo, metre, note density, durations and onset histograms by role, instruments and
 * unpitched instruments present, chord types; with swing and the measures of MusPy.
 */
export function symbolicFeatures(score: Score): Map<string, number> {
  const tracks = soundingTracks(score);
  const seconds = Math.max(1, tickToSeconds(score, endTick(score)));
  const bars = Math.max(1, barAtTick(score, endTick(score) - 1) + 1);
  const features = new Map<string, number>();
  const { numerator, denominator } = meterAt(score, 0);
  features.set('tempo', Math.log2((score.tempos[0]?.milliBpm ?? 120_000) / 1000));
  features.set('meter.beats', (numerator * 4) / denominator);
  features.set('meter.compound', denominator >= 8 && numerator % 3 === 0 ? 1 : 0);
  addPitchClasses(features, score);
  for (const role of ROLES) addRole(features, role, tracks, { score, seconds });
  addDrums(features, tracks, score);
  addInstruments(features, tracks);
  addChords(features, score, bars);
  addIntervals(features, tracks);
  features.set('swing.eighths', measureSwing(score, PPQ) ?? 50);
  features.set('swing.sixteenths', measureSwing(score, PPQ / 2) ?? 50);
  features.set('groove-consistency', grooveConsistency(score) ?? 1);
  features.set('pitch-class-entropy', pitchClassEntropy(score) ?? 0);
  features.set('polyphony', polyphony(score) ?? 0);
  features.set('bends', Math.log1p(bendsOf(tracks) / bars));
  return features;
}

function addPitchClasses(features: Map<string, number>, score: Score): void {
  const tonic = pitchClass(score.keys[0]?.tonic ?? 'C');
  const notes = pitchedNotes(score);
  const shares: number[] = Array(12).fill(0);
  for (const { pitch } of notes) {
    const degree = modulo12(pitch - tonic);
    shares[degree] = (shares[degree] ?? 0) + 1 / Math.max(1, notes.length);
  }
  shares.forEach((share, degree) => features.set(`pitch-class.${degree}`, share));
}

function addRole(
  features: Map<string, number>,
  role: Role,
  tracks: readonly Track[],
  { score, seconds }: { score: Score; seconds: number },
): void {
  const own = tracks.filter((track) => track.role === role);
  const notes = own.flatMap((track) => track.notes);
  features.set(`${role}.density`, Math.log1p(notes.length / seconds));
  features.set(`${role}.tracks`, own.length);
  if (role === 'drums' || role === 'percussion') return;
  features.set(`${role}.duration`, Math.log2(1 / 8 + mean(notes.map(({ durationTicks }) => durationTicks / PPQ))));
  features.set(`${role}.pitch`, notes.length ? mean(notes.map(({ pitch }) => pitch)) / 12 : 5);
  addOnsets(features, role, notes, score);
}

/** How the onsets lie among the sixteenths of the first four beats of the bar. */
function addOnsets(features: Map<string, number>, name: string, notes: readonly Note[], score: Score): void {
  const counts: number[] = Array(PLACES).fill(0);
  for (const { startTick } of notes) {
    const within = startTick - barStartTick(score, barAtTick(score, startTick));
    const place = Math.round(within / STEP) % PLACES;
    counts[place] = (counts[place] ?? 0) + 1;
  }
  counts.forEach((count, place) => features.set(`${name}.at-${place}`, count / Math.max(1, notes.length)));
}

function addDrums(features: Map<string, number>, tracks: readonly Track[], score: Score): void {
  const hits = tracks.filter((track) => instrument(track.instrument).isDrumKit).flatMap((track) => track.notes);
  for (const [name, keys] of DRUM_GROUPS) {
    const own = hits.filter(({ pitch }) => keys.includes(pitch));
    features.set(`hits.${name}`, own.length / Math.max(1, hits.length));
    addOnsets(features, `hits.${name}`, own, score);
  }
  for (let key = 27; key <= 87; key++) {
    features.set(`key.${key}`, hits.filter(({ pitch }) => pitch === key).length / Math.max(1, hits.length));
  }
}

/** Whether a program sounds, and the share of a family in the notes. */
function addInstruments(features: Map<string, number>, tracks: readonly Track[]): void {
  const present = new Set(tracks.map((track) => track.instrument));
  const total = tracks.reduce((sum, { notes }) => sum + notes.length, 0);
  const families = new Map<string, number>(INSTRUMENTS.map(({ family }) => [family, 0]));
  for (const { instrument: id, notes } of tracks) {
    const { family } = instrument(id);
    families.set(family, (families.get(family) ?? 0) + notes.length / Math.max(1, total));
  }
  for (const { id } of INSTRUMENTS) features.set(`program.${id}`, present.has(id) ? 1 : 0);
  for (const [family, share] of families) features.set(`family.${family}`, share);
}

function addChords(features: Map<string, number>, { chords }: Score, bars: number): void {
  const kinds = chords.map(({ symbol }) => {
    const { root, tones } = chordTones(symbol);
    return { intervals: tones.map((tone) => modulo12(tone - root)).join(' '), tones: tones.length };
  });
  const share = (count: number) => count / Math.max(1, chords.length);
  for (const [name, intervals] of CHORD_KINDS)
    features.set(`chord.${name}`, share(kinds.filter((kind) => kind.intervals === intervals).length));
  features.set('chord.extended', share(kinds.filter(({ tones }) => tones > 4).length));
  features.set('chord.changes', Math.log1p(chords.length / bars));
  features.set('chord.different', Math.log1p(new Set(chords.map(({ symbol }) => symbol)).size));
}

/** Melodic intervals of the leads: repeated notes, steps, thirds, up to the fifth, wider. */
function addIntervals(features: Map<string, number>, tracks: readonly Track[]): void {
  const sizes = tracks
    .filter(({ role }) => role === 'lead')
    .flatMap(({ notes }) => notes.slice(1).map((note, index) => Math.abs(note.pitch - (notes[index]?.pitch ?? 0))));
  [0, 2, 4, 7, 127].forEach((highest, index, edges) => {
    const lowest = index === 0 ? 0 : (edges[index - 1] ?? 0) + 1;
    const within = sizes.filter((size) => size >= lowest && size <= highest).length;
    features.set(`interval.to-${highest}`, within / Math.max(1, sizes.length));
  });
}

function bendsOf(tracks: readonly Track[]): number {
  return tracks.reduce((sum, { controls }) => sum + controls.filter(({ controller }) => controller === -1).length, 0);
}

function mean(values: readonly number[]): number {
  return values.length ? values.reduce((sum, value) => sum + value, 0) / values.length : 0;
}
