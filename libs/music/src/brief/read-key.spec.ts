import { readKeys, spellKey } from './read-key';
import { Reading } from './reading';

const keys = (prompt: string) =>
  readKeys(new Reading(prompt)).map(({ value }) => [value.tonic, value.mode].filter(Boolean).join(' '));

describe('readKeys', () => {
  it.each([
    ['F# minor', 'F# minor'],
    ['f sharp minor', 'F# minor'],
    ['A-flat major', 'Ab major'],
    ['A flat', 'Ab'],
    ['A flat tyre', ''],
    ['in A flat', 'Ab'],
    ['in Bb', 'Bb'],
    ['B♭ dur', 'Bb major'],
    ['c-moll', 'C minor'],
    ['D Dorian mode', 'D dorian'],
    ['E phrygian dominant', 'E phrygian'],
    ['C aeolian', 'C minor'],
    ['Cm', 'C minor'],
    ['F#m', 'F# minor'],
    ['Gmin', 'G minor'],
    ['D harmonic minor', 'D minor'],
    ['key of g', 'G'],
    ['key: Eb', 'Eb'],
    ['in a minor', 'A minor'],
    ['in a minor key', 'minor'],
    ['a major lift', 'major'],
    ['natural minor', 'minor'],
    ['in A way', 'A'],
    ['I am in', ''],
    ['a nice beat', ''],
    ['H minor', 'minor'],
    ['H-Moll', 'B minor'],
    ['in b-moll', 'Bb minor'],
    ['Es-Dur', 'Eb major'],
    ['fis-Moll', 'F# minor'],
    ['en la mineur', 'A minor'],
    ['mi bémol majeur', 'Eb major'],
    ['do sostenido menor', 'C# minor'],
    ['fa minore', 'F minor'],
    ['la la land', ''],
    ['do it, so', ''],
    ['as is', ''],
    ['relative minor of C major', 'A minor'],
    ['relative major of A minor', 'C major'],
    ['parallel minor of E', 'E minor'],
    ['raga Kafi', 'dorian'],
    ['maqam Hijaz', 'phrygian'],
    ['whole-tone', 'lydian'],
    ['blues in a, slow', 'A'],
    ['lofi, dm, slow', 'D minor'],
    ['C minor, not major', 'C minor'],
    ['drums, G, bass', 'G'],
    ['A, B, C', ''],
  ])('%s: %s', (prompt, key) => expect(keys(prompt)).toEqual(key ? [key] : []));

  it('notes scales that no mode is', () => {
    const nearest = (prompt: string) => readKeys(new Reading(prompt)).map(({ value }) => value.nearest);
    expect(['raga Todi', 'raga Yaman', 'E phrygian dominant'].flatMap(nearest)).toEqual([true, undefined, true]);
  });

  it('finds each of several', () => expect(keys('in C major, then G minor')).toEqual(['C major', 'G minor']));
});

describe('spellKey', () => {
  it('leaves keys with seven accidentals, and respells those with more', () => {
    expect(spellKey({ tonic: 'C#', mode: 'major' }).tonic).toBe('C#');
    expect(spellKey({ tonic: 'G#', mode: 'major' }).tonic).toBe('Ab');
    expect(spellKey({ tonic: 'E#', mode: 'minor' }).tonic).toBe('F');
  });
});
