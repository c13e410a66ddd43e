import fc from 'fast-check';
import { InputError } from '../input-error';
import { MODES, type Key } from '../score/score';
import { chordTones } from './chord-tones';
import { scalePitchClasses } from './key';
import { diatonicRoman, isRoman, romanToSymbol, symbolToRoman } from './roman-numeral';

const key = (tonic: string, mode: Key['mode']): Key => ({ tonic, mode });

describe('Roman numerals', () => {
  it.each([
    ['ii7', 'C', 'major', 'Dm7'],
    ['V7', 'Eb', 'major', 'Bb7'],
    ['V7', 'F#', 'minor', 'C#7'],
    ['VI', 'A', 'minor', 'F'],
    ['bVI', 'A', 'minor', 'F'],
    ['bVI', 'C', 'major', 'Ab'],
    ['♮VI', 'C', 'minor', 'A'],
    ['iiø7', 'D', 'minor', 'Em7b5'],
    ['vii°7', 'D', 'minor', 'C#dim7'],
    ['VII', 'D', 'minor', 'C'],
    ['bII', 'E', 'phrygian', 'F'],
    ['II', 'E', 'phrygian', 'F'],
    ['#iv°', 'G', 'major', 'C#dim'],
    ['V7/ii', 'C', 'major', 'A7'],
    ['iiø7/ii', 'Bb', 'major', 'Dm7b5'],
    ['bII7/V', 'C', 'major', 'Ab7'],
    ['Imaj9', 'Db', 'major', 'Dbmaj9'],
    ['imaj7', 'C', 'minor', 'CmMaj7'],
    ['I+', 'C', 'major', 'Caug'],
    ['VII', 'G#', 'major', 'G'],
  ] as const)('%s in %s %s is %s', (roman, tonic, mode, symbol) => {
    expect(romanToSymbol(roman, key(tonic, mode))).toBe(symbol);
  });

  it.each([
    ['Dm7', 'C', 'major', 'ii7'],
    ['F', 'A', 'minor', 'VI'],
    ['Ab', 'C', 'major', 'bVI'],
    ['A', 'C', 'minor', '♮VI'],
    ['Em7b5', 'D', 'minor', 'iiø7'],
    ['C#dim7', 'D', 'minor', 'vii°7'],
    ['Bbm7/Ab', 'Ab', 'major', 'ii7'],
    ['Csus4', 'C', 'major', 'Isus4'],
    ['CmMaj7', 'C', 'minor', 'imaj7'],
  ] as const)('%s in %s %s reads %s', (symbol, tonic, mode, roman) => {
    expect(symbolToRoman(symbol, key(tonic, mode))).toBe(roman);
  });

  it('come back from the symbols they make, in every key and mode', () => {
    const numeral = fc.constantFrom(
      'I',
      'ii',
      'iii7',
      'IVmaj7',
      'V7',
      'vi9',
      'bVII',
      'bIII',
      'iiø7',
      'bII7',
      '#iv°',
      'vii°',
      'vii°7',
      'iv6',
      'Isus2',
      'v7',
    );
    const tonic = fc.constantFrom('C', 'G', 'D', 'A', 'E', 'B', 'F', 'Bb', 'Eb', 'Ab', 'F#');
    fc.assert(
      fc.property(numeral, tonic, fc.constantFrom(...MODES), (roman, name, mode) => {
        const symbol = romanToSymbol(roman, { tonic: name, mode });
        const again = romanToSymbol(symbolToRoman(symbol, { tonic: name, mode }), { tonic: name, mode });
        expect(chordTones(again)).toEqual(chordTones(symbol));
      }),
    );
  });

  it('become diatonic in any mode', () => {
    for (const mode of MODES) {
      for (const roman of ['i', 'II7', 'iii', 'IVmaj7', 'V7', 'vi9', 'VII']) {
        const own = key('D', mode);
        const { tones } = chordTones(romanToSymbol(diatonicRoman(roman, own), own));
        expect(tones.every((tone) => scalePitchClasses(own).includes(tone))).toBe(true);
      }
    }
  });

  it('are told from chord symbols and nonsense', () => {
    expect(['ii7', 'V7/vi', 'bVII'].every(isRoman)).toBe(true);
    expect(['Dm7', 'C', '', 'hello', 'VIII'].some(isRoman)).toBe(false);
    expect(() => romanToSymbol('VIII', key('C', 'major'))).toThrow(InputError);
    expect(() => symbolToRoman('H7', key('C', 'major'))).toThrow(/chord "H7" is not allowed/);
  });
});
