import { InputError } from '../input-error';
import { MODES } from '../score/score';
import { pitchClass, scaleNames, scalePitchClasses, transposeKey } from './key';
import { chordScale, chordTones } from './chord-tones';

describe('keys', () => {
  it('spell scales one letter a degree, as their pitch classes say', () => {
    expect(scaleNames({ tonic: 'F#', mode: 'minor' })).toEqual(['F#', 'G#', 'A', 'B', 'C#', 'D', 'E']);
    for (const mode of MODES) {
      for (const tonic of ['C', 'F#', 'Bb', 'Ab']) {
        expect(scaleNames({ tonic, mode }).map(pitchClass)).toEqual(scalePitchClasses({ tonic, mode }));
      }
    }
  });

  it('transpose to the spelling with the fewest accidentals', () => {
    expect(transposeKey({ tonic: 'C', mode: 'major' }, 1)).toEqual({ tonic: 'Db', mode: 'major' });
    expect(transposeKey({ tonic: 'C', mode: 'minor' }, 1)).toEqual({ tonic: 'C#', mode: 'minor' });
    expect(transposeKey({ tonic: 'D', mode: 'minor' }, -14)).toEqual({ tonic: 'C', mode: 'minor' });
  });

  it('refuse what is no note', () => {
    expect(() => pitchClass('H')).toThrow(InputError);
  });

  it('give a melody the scale of the chord', () => {
    // Over A7 in D minor, C# takes the place of C.
    expect(chordScale({ tonic: 'D', mode: 'minor' }, chordTones('A7'))).toEqual([1, 2, 4, 5, 7, 9, 10]);
    expect(chordScale({ tonic: 'C', mode: 'major' }, chordTones('Dm7'))).toEqual([0, 2, 4, 5, 7, 9, 11]);
  });

  it('read slash chords', () => {
    expect(chordTones('C/E')).toMatchObject({ root: 0, bass: 4, tones: [0, 4, 7] });
    expect(() => chordTones('what')).toThrow(InputError);
  });
});
