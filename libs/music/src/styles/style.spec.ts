import { findInstrument } from '../instruments/instrument';
import { isRoman, romanToSymbol } from '../theory/roman-numeral';
import { chordTones } from '../theory/chord-tones';
import { tonalityOf } from '../theory/key';
import { partsFor, type Part } from '../agents/choose-part';
import { styleSchema } from './style';
import { findStyleByAlias, STYLES, style } from './style-catalogue';

function isNative(parts: readonly Part[], meter: string): boolean {
  return parts.some((part) => part.meter === meter);
}

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
    '%s serves every energy in every meter, and both tonalities',
    (_, entry) => {
      const meters = ['0/0', ...entry.meters.map(({ numerator, denominator }) => `${numerator}/${denominator}`)];
      const { drums, percussion, bass, comping, melody } = entry;
      const lists = {
        grids: drums.grids,
        fills: drums.fills,
        percussion,
        bass: bass.figures,
        comping: comping.figures,
      };
      const all: Record<string, readonly Part[]> = { ...lists, cells: melody.cells, closes: melody.closes };
      for (const [name, parts] of Object.entries(all)) {
        for (const meter of meters) {
          const playable = partsFor(parts, { meter, section: '' });
          const unserved = [...Array(101).keys()].filter(
            (energy) => !playable.some(({ energy: [low, high] }) => low <= energy && energy <= high),
          );
          expect([entry.id, name, meter, unserved]).toEqual([entry.id, name, meter, []]);
        }
      }
      // A fill takes over from a groove step by step, so both are written in one meter.
      for (const meter of meters)
        expect([entry.id, meter, isNative(drums.fills, meter)]).toEqual([
          entry.id,
          meter,
          isNative(drums.grids, meter),
        ]);
      for (const tonality of ['major', 'minor']) {
        const general = entry.harmony.progressions.filter(
          (progression) => progression.tonality === tonality && !progression.modes && !progression.sections,
        );
        const everyMode = entry.modes.filter(({ mode }) => tonalityOf(mode) === tonality);
        const own = everyMode.every(({ mode }) =>
          entry.harmony.progressions.some((progression) => progression.modes?.includes(mode) && !progression.sections),
        );
        expect([entry.id, tonality, general.length > 0 || (everyMode.length > 0 && own)]).toEqual([
          entry.id,
          tonality,
          true,
        ]);
      }
      expect(entry.tempoBpm.default).toBeGreaterThanOrEqual(entry.tempoBpm.lowest);
      expect(entry.tempoBpm.default).toBeLessThanOrEqual(entry.tempoBpm.highest);
      expect(entry.modes.map(({ mode }) => tonalityOf(mode))).toContain(tonalityOf(entry.defaultKey.mode));
    },
  );

  it.each(STYLES.map((entry) => [entry.id, entry] as const))('%s has scales that begin on the tonic', (_, entry) => {
    for (const { degrees, cents, rests } of entry.scales) {
      expect(degrees).toEqual([...new Set(degrees)].sort((a, b) => a - b));
      expect(degrees[0]).toBe(0);
      for (const degree of [...cents.map(([tuned]) => tuned), ...rests]) expect(degrees).toContain(degree);
    }
  });

  it('describes every style in a line and names its sources', () => {
    for (const { id, description, sources } of STYLES) {
      expect([id, description.length > 40 && description.length < 170, description.includes('\n')]).toEqual([
        id,
        true,
        false,
      ]);
      expect([id, sources.length]).toEqual([id, expect.any(Number)]);
      expect(sources.length).toBeGreaterThan(1);
    }
    expect(STYLES.length).toBeGreaterThanOrEqual(57);
  });

  it.each([
    ['a grid that is no whole bar', { bass: { figures: [{ grid: 'R---R---R' }] } }, /one, two or four whole bars/],
    [
      'a figure that does not fill its meter',
      { comping: { figures: [{ meter: '3/4', grid: 'x---x---x---x---' }] } },
      /whole bars/,
    ],
    ['a sign that is none', { bass: { figures: [{ grid: 'R---Q---R---R---' }] } }, /signs of R 3/],
    ['a cell of two bars', { melody: { cells: [{ cell: 'x---x---x---x---x---x---x---x---' }] } }, /one whole bar/],
    ['a meter that is none', { percussion: [{ meter: 'waltz', grid: 'x---' }] }, /a meter such as 3\/4/],
  ])('refuses %s', (_, change, message) => {
    const base: Record<string, unknown> = structuredClone(style('rock'));
    for (const [name, value] of Object.entries(change)) {
      base[name] = Array.isArray(value) ? value : { ...(base[name] as object), ...value };
    }
    expect(() => styleSchema.parse(base)).toThrow(message);
  });

  it('gives no two styles one alias', () => {
    const names = STYLES.flatMap((entry) => [entry.id, ...entry.aliases]);
    expect(names).toHaveLength(new Set(names).size);
    for (const name of names) expect(name).toBe(name.toLowerCase());
  });

  it('finds styles by id and by the names people use', () => {
    expect(style('rock').name).toBe('Rock');
    expect(findStyleByAlias(' LoFi ')?.id).toBe('lo-fi-hip-hop');
    expect(findStyleByAlias('polka from mars')).toBeUndefined();
    expect(() => style('polka')).toThrow(/style "polka" is not allowed: one of afrobeat, amapiano/);
  });
});
