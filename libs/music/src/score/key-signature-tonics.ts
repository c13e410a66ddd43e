/** Note names along the line of fifths, from Fb on; C stands at place 8. */
const NAMES = [
  'Fb',
  'Cb',
  'Gb',
  'Db',
  'Ab',
  'Eb',
  'Bb',
  'F',
  'C',
  'G',
  'D',
  'A',
  'E',
  'B',
  'F#',
  'C#',
  'G#',
  'D#',
  'A#',
  'E#',
  'B#',
];
const C = 8;

/** The tonic of the major key with so many sharps (positive) or flats; 5 past either end it is the enharmonic twin's. */
export function majorTonic(fifths: number): string {
  const place = fifths + C;
  const twin = place < 0 ? place + 12 : place >= NAMES.length ? place - 12 : place;
  return NAMES[twin] ?? 'C';
}

/** The tonic of the minor key with so many sharps or flats. */
export function minorTonic(fifths: number): string {
  return majorTonic(fifths + 3);
}
