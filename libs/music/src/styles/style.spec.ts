import { findInstrument } from '../instruments/instrument';
import { isRoman, romanToSymbol } from '../theory/roman-numeral';
import { chordTones } from '../theory/chord-tones';
import { tonalityOf } from '../theory/key';
import { findStyleByAlias, STYLES, style } from './style-catalogue';

describe('the style catalogue', () => {
  it.each(STYLES.map((entry) => [entry.id, entry] as const))('%s names instruments that exist', (_, entry) => {
    for (const member of entry.band) {
      for (const id of member.instruments) expect([id, findInstrument(id)?.id]).toEqual([id, id]);
    }
  });

  it.each(STYLES.map((entry) => [entry.id, entry] as const))('%s has chords that can be read', (_, entry) => {
    const texts = [...entry.harmony.progressions.map(({ chords }) => chords), ...Object.values(entry.harmony.cadences)];
    for (const roman of texts.flatMap((text) => text.split(/[\s|]+/))) {
      expect([roman, isRoman(roman)]).toEqual([roman, true]);
      expect(chordTones(romanToSymbol(roman, entry.defaultKey)).tones.length).toBeGreaterThan(1);
    }
  });

  it.each(STYLES.map((entry) => [entry.id, entry] as const))(
    '%s serves every energy and both tonalities',
    (_, entry) => {
      for (let energy = 0; energy <= 100; energy++) {
        const within = ({ energy: [low, high] }: { energy: readonly [number, number] }) =>
          low <= energy && energy <= high;
        expect(entry.drums.grids.some(within)).toBe(true);
        expect(entry.drums.fills.some(within)).toBe(true);
        expect(entry.percussion.some(within)).toBe(true);
        expect(entry.bass.figures.some(within)).toBe(true);
        expect(entry.comping.figures.some(within)).toBe(true);
        expect(entry.melody.cells.some(within)).toBe(true);
      }
      for (const tonality of ['major', 'minor']) {
        const general = entry.harmony.progressions.filter(
          (progression) => progression.tonality === tonality && !progression.modes && !progression.sections,
        );
        expect([entry.id, tonality, general.length > 0]).toEqual([entry.id, tonality, true]);
      }
      expect(entry.tempoBpm.default).toBeGreaterThanOrEqual(entry.tempoBpm.lowest);
      expect(entry.tempoBpm.default).toBeLessThanOrEqual(entry.tempoBpm.highest);
      expect(entry.modes.map(({ mode }) => tonalityOf(mode))).toContain(tonalityOf(entry.defaultKey.mode));
    },
  );

  it('gives no two styles one alias', () => {
    const names = STYLES.flatMap((entry) => [entry.id, ...entry.aliases]);
    expect(names).toHaveLength(new Set(names).size);
    for (const name of names) expect(name).toBe(name.toLowerCase());
  });

  it('finds styles by id and by the names people use', () => {
    expect(style('rock').name).toBe('Rock');
    expect(findStyleByAlias(' LoFi ')?.id).toBe('lo-fi-hip-hop');
    expect(findStyleByAlias('polka from mars')).toBeUndefined();
    expect(() => style('polka')).toThrow(/style "polka" is not allowed: one of ambient, house/);
  });
});
