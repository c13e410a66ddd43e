import type { Role } from '../score/score';

/** One seat of an ensemble; `instrument` is a catalogue id, or undefined where the style chooses. */
export interface Seat {
  role: Role;
  instrument?: string;
}

const seat = (role: Role, instrument?: string): Seat => (instrument ? { role, instrument } : { role });

const ROCK_BAND = [
  seat('chords', 'overdriven-guitar'),
  seat('lead', 'electric-guitar-clean'),
  seat('bass', 'electric-bass-pick'),
  seat('drums', 'power-kit'),
];
const JAZZ_TRIO = [seat('chords', 'acoustic-grand-piano'), seat('bass', 'acoustic-bass'), seat('drums', 'jazz-kit')];
const ORCHESTRA = [
  seat('chords', 'string-ensemble-1'),
  seat('lead', 'violin'),
  seat('counter', 'french-horn'),
  seat('bass', 'contrabass'),
];
const QUARTET = [seat('lead', 'violin'), seat('counter', 'violin'), seat('chords', 'viola'), seat('bass', 'cello')];
const WINDS = [seat('lead', 'flute'), seat('counter', 'oboe'), seat('chords', 'clarinet'), seat('bass', 'bassoon')];

/** Ensembles by the names people use, seat by seat in the textbook line-up. */
export const ENSEMBLES: readonly (readonly [name: string, seats: readonly Seat[]])[] = [
  ['string quartet', QUARTET],
  ['string quintet', [...QUARTET, seat('bass', 'contrabass')]],
  ['string trio', [seat('lead', 'violin'), seat('counter', 'viola'), seat('bass', 'cello')]],
  ['piano quartet', [seat('chords', 'acoustic-grand-piano'), ...QUARTET.filter(({ role }) => role !== 'chords')]],
  ['woodwind quintet', [...WINDS, seat('pad', 'french-horn')]],
  ['wind quintet', [...WINDS, seat('pad', 'french-horn')]],
  ['woodwind quartet', WINDS],
  ['woodwinds', WINDS],
  ['woodwind section', WINDS],
  ['saxophone quartet', [seat('lead', 'soprano-sax'), seat('counter', 'alto-sax'), seat('chords', 'tenor-sax'), seat('bass', 'baritone-sax')]],
  ['sax quartet', [seat('lead', 'soprano-sax'), seat('counter', 'alto-sax'), seat('chords', 'tenor-sax'), seat('bass', 'baritone-sax')]],
  ['brass quintet', [seat('lead', 'trumpet'), seat('counter', 'french-horn'), seat('chords', 'trombone'), seat('bass', 'tuba')]],
  ['brass quartet', [seat('lead', 'trumpet'), seat('counter', 'french-horn'), seat('chords', 'trombone'), seat('bass', 'tuba')]],
  ['power trio', [seat('chords', 'distortion-guitar'), seat('bass', 'electric-bass-finger'), seat('drums', 'power-kit')]],
  ['rock band', ROCK_BAND],
  ['rock trio', ROCK_BAND.filter(({ role }) => role !== 'lead')],
  ['jazz trio', JAZZ_TRIO],
  ['piano trio', JAZZ_TRIO],
  ['jazz quartet', [seat('lead', 'tenor-sax'), ...JAZZ_TRIO]],
  ['jazz quintet', [seat('lead', 'tenor-sax'), seat('counter', 'trumpet'), ...JAZZ_TRIO]],
  ['jazz combo', [seat('lead', 'tenor-sax'), ...JAZZ_TRIO]],
  ['jazz band', [seat('lead', 'trumpet'), seat('counter', 'tenor-sax'), ...JAZZ_TRIO]],
  ['guitar trio', [seat('chords', 'electric-guitar-jazz'), seat('bass', 'acoustic-bass'), seat('drums', 'jazz-kit')]],
  ['organ trio', [seat('chords', 'drawbar-organ'), seat('lead', 'electric-guitar-jazz'), seat('drums', 'jazz-kit')]],
  ['big band', [seat('lead', 'alto-sax'), seat('counter', 'trombone'), seat('pad', 'brass-section'), ...JAZZ_TRIO]],
  ['orchestra', ORCHESTRA],
  ['full orchestra', [...ORCHESTRA, seat('drums', 'orchestra-kit')]],
  ['symphony orchestra', [...ORCHESTRA, seat('drums', 'orchestra-kit')]],
  ['chamber orchestra', ORCHESTRA],
  ['chamber ensemble', ORCHESTRA],
  ['rhythm section', [seat('chords'), seat('bass'), seat('drums')]],
]; // prettier-ignore
