import type { Mode } from '../score/score';
import { PhraseBook } from './phrase-book';

/** A scale by name: the mode whose degrees it has, or the nearest one where no mode has them. */
export interface NamedScale {
  mode: Mode;
  exact: boolean;
}

/** Scales beside the modes. Rows: mode, whether its degrees are those of the scale, names. */
const SCALES: readonly (readonly [mode: Mode, exact: boolean, names: string])[] = [
  ['phrygian', false, 'phrygian dominant, double harmonic, byzantine, spanish gypsy, freygish, ahava rabbah'],
  ['minor', false, 'hungarian minor, gypsy minor, neapolitan minor, hirajoshi, octatonic, diminished scale'],
  ['dorian', false, 'ukrainian dorian, misheberakh'],
  ['lydian', false, 'whole tone, wholetone, lydian dominant, acoustic scale, lydian augmented, neapolitan major'],
  ['mixolydian', false, 'bebop scale'],
  ['locrian', false, 'altered scale, super locrian'],
  ['phrygian', false, 'in sen, insen, pelog'],
  ['major', false, 'slendro'],
];
/** After "raga": thaats of V. N. Bhatkhande and ragas in them (J. Bor, The Raga Guide, 1999). */
const RAGAS: typeof SCALES = [
  ['major', true, 'bilawal, bhupali, durga, hamsadhwani'],
  ['lydian', true, 'yaman, kalyan'],
  ['mixolydian', true, 'khamaj, des, desh, tilak kamod, jhinjhoti'],
  ['dorian', true, 'kafi, bhimpalasi, bageshri'],
  ['minor', true, 'asavari, darbari, darbari kanada, malkauns, kirwani'],
  ['phrygian', true, 'bhairavi'],
  ['phrygian', false, 'bhairav, ahir bhairav, todi, gujari todi, charukeshi'],
  ['lydian', false, 'marwa, purvi, puriya, puriya dhanashri, shree'],
];
/** After "maqam": ajnas of the tonic (J. Farraj & S. Abu Shumays, Inside Arabic Music, 2019); those with quarter tones have no mode. */
const MAQAMAT: typeof SCALES = [
  ['major', true, 'ajam'],
  ['minor', true, 'nahawand'],
  ['phrygian', true, 'kurd'],
  ['phrygian', false, 'hijaz, hijazkar, sikah, segah, huzam'],
  ['major', false, 'rast, mahur'],
  ['minor', false, 'bayati, saba, husayni, nawa athar'],
  ['dorian', false, 'nikriz'],
];

const book = (rows: typeof SCALES) =>
  new PhraseBook<NamedScale>(
    rows.flatMap(([mode, exact, names]) => names.split(', ').map((name) => [name, { mode, exact }] as const)),
  );

export const SCALE_BOOK = book(SCALES);
export const RAGA_BOOK = book(RAGAS);
export const MAQAM_BOOK = book(MAQAMAT);
