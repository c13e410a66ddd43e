import { InputError } from '../input-error';
import { DRUM_KEYS, drumKeyName } from './drum-key';
import { findInstrument, instrument, INSTRUMENTS } from './instrument';

describe('the instrument catalogue', () => {
  it('has all 128 General MIDI programs in order, and nine kits', () => {
    expect(INSTRUMENTS.filter((entry) => !entry.isDrumKit && !entry.isSynth).map((entry) => entry.program)).toEqual([
      ...Array(128).keys(),
    ]);
    expect(INSTRUMENTS.filter((entry) => entry.isDrumKit)).toHaveLength(9);
  });

  // Spot checks against the General MIDI level 1 sound set, one per family.
  it.each([
    ['acoustic-grand-piano', 0],
    ['vibraphone', 11],
    ['accordion', 21],
    ['acoustic-guitar-nylon', 24],
    ['acoustic-bass', 32],
    ['timpani', 47],
    ['string-ensemble-1', 48],
    ['trumpet', 56],
    ['soprano-sax', 64],
    ['flute', 73],
    ['lead-1-square', 80],
    ['pad-2-warm', 89],
    ['fx-8-sci-fi', 103],
    ['sitar', 104],
    ['taiko-drum', 116],
    ['gunshot', 127],
  ])('%s is program %i', (id, program) => {
    expect(instrument(id)).toMatchObject({ program, bank: 0, isDrumKit: false });
  });

  it('gives every instrument its own id and aliases of its own, in lower case', () => {
    const ids = INSTRUMENTS.map((entry) => entry.id);
    expect(new Set(ids).size).toBe(ids.length);
    const aliases = INSTRUMENTS.flatMap((entry) => entry.aliases);
    expect(aliases.filter((alias, index) => aliases.indexOf(alias) !== index)).toEqual([]);
    expect(aliases.filter((alias) => alias !== alias.toLowerCase())).toEqual([]);
    expect(INSTRUMENTS.filter((entry) => entry.aliases.length === 0).map((entry) => entry.id)).toEqual([]);
  });

  it('has ranges that hold at least an octave and lie within MIDI', () => {
    for (const { id, lowestPitch, highestPitch } of INSTRUMENTS) {
      expect({ id, fits: lowestPitch >= 0 && highestPitch <= 127 && highestPitch - lowestPitch >= 12 }).toEqual({
        id,
        fits: true,
      });
    }
  });

  it('names an unknown id in its error', () => {
    expect(findInstrument('kazoo')).toBeUndefined();
    expect(() => instrument('kazoo')).toThrow(InputError);
    expect(() => instrument('kazoo')).toThrow(/instrument "kazoo" is not allowed/);
  });

  it('names each of the keys 27 to 87 once', () => {
    expect(Object.values(DRUM_KEYS)).toEqual(Array.from({ length: 61 }, (_, index) => 27 + index));
    expect(drumKeyName(38)).toBe('snare');
    expect(drumKeyName(99)).toBeUndefined();
  });
});
