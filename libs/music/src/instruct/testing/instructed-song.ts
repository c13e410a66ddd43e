import { song } from '../../edits/testing/edited-song';

/** A pop song with verses, choruses and a bridge, for drums, bass, piano, pad and a lead on the flute. */
export const SONG = song({
  style: 'pop',
  key: { tonic: 'C', mode: 'major' },
  tempoMilliBpm: 100_000,
  form: [
    { name: 'intro', bars: 4 },
    { name: 'verse', bars: 8 },
    { name: 'chorus', bars: 8 },
    { name: 'verse', bars: 8 },
    { name: 'chorus', bars: 8 },
    { name: 'outro', bars: 4 },
  ],
  bars: 40,
  instruments: [
    { instrument: 'standard-kit', role: 'drums', asked: 'drums', standIn: false },
    { instrument: 'electric-bass-finger', role: 'bass', asked: 'bass', standIn: false },
    { instrument: 'acoustic-grand-piano', role: 'chords', asked: 'piano', standIn: false },
    { instrument: 'pad-2-warm', role: 'pad', asked: 'pad', standIn: false },
    { instrument: 'flute', role: 'lead', asked: 'flute', standIn: false },
  ],
  excluded: ['counter', 'percussion', 'fx'],
});
