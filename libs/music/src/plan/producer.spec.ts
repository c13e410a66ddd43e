import fc from 'fast-check';
import { defaultBrief, type BriefValues } from '../brief/default-brief';
import { InputError } from '../input-error';
import { ROLES, type Role } from '../score/score';
import { STYLES } from '../styles/style-catalogue';
import { producePlan } from './producer';

const plan = (overrides: Partial<BriefValues>) => producePlan(defaultBrief(overrides));
const demand = (instrument: string, role: Role) => ({ instrument, role, asked: instrument, standIn: false });
const band = (overrides: Partial<BriefValues>) =>
  plan(overrides).tracks.map(({ role, instrument }) => `${role} ${instrument}`);

describe('the form', () => {
  it('has exactly the bars asked for, in joined sections with ids of their own', () => {
    const bars = fc.integer({ min: 1, max: 1024 });
    fc.assert(
      fc.property(bars, fc.constantFrom(...STYLES.map(({ id }) => id)), fc.boolean(), (asked, style, loop) => {
        const { sections } = plan({ bars: asked, style, loop });
        let bar = 0;
        for (const section of sections) {
          expect(section.startBar).toBe(bar);
          expect(section.bars).toBeGreaterThan(0);
          bar += section.bars;
        }
        expect(bar).toBe(asked);
        expect(new Set(sections.map(({ id }) => id)).size).toBe(sections.length);
      }),
    );
  });

  it('keeps phrases of four bars where there is room', () => {
    for (const { id } of STYLES) {
      expect(plan({ style: id, bars: 64 }).sections.every(({ bars }) => bars % 4 === 0)).toBe(true);
    }
  });

  it('keeps a stated form exactly, with more energy at each return', () => {
    const form = [
      { name: 'verse', bars: 5 },
      { name: 'chorus', bars: 8 },
      { name: 'verse', bars: 5 },
      { name: 'chorus', bars: 9 },
    ];
    const { sections } = plan({ style: 'rock', form, bars: 27 });
    expect(sections.map(({ name, bars }) => ({ name, bars }))).toEqual(form);
    expect(sections.map(({ id }) => id)).toEqual(['verse-1', 'chorus-1', 'verse-2', 'chorus-2']);
    const [verse, chorus, verseAgain, chorusAgain] = sections.map(({ energy }) => energy);
    expect(chorus).toBeGreaterThan(verse ?? 0);
    expect(verseAgain).toBeGreaterThan(verse ?? 0);
    expect(chorusAgain).toBeGreaterThan(chorus ?? 0);
  });

  it('plays the middle again in a long song instead of endless sections', () => {
    const { sections } = plan({ style: 'rock', bars: 160 });
    expect(sections.length).toBeGreaterThan(9);
    expect(Math.max(...sections.map(({ bars }) => bars))).toBeLessThanOrEqual(16);
  });

  it('has no intro and no outro in a loop', () => {
    const names = plan({ loop: true, bars: 16 }).sections.map(({ name }) => name);
    expect(names).not.toContain('intro');
    expect(names).not.toContain('outro');
  });

  it('follows the intensity asked for', () => {
    const mean = (intensity: number) => {
      const { sections } = plan({ intensity });
      return sections.reduce((sum, { energy }) => sum + energy, 0) / sections.length;
    };
    expect(mean(90)).toBeGreaterThan(mean(50) + 10);
    expect(mean(10)).toBeLessThan(mean(50) - 10);
  });
});

describe('the band', () => {
  it('has the instruments asked for in their roles, and the style’s for the rest', () => {
    const tracks = band({ instruments: [demand('electric-piano-1', 'chords'), demand('acoustic-bass', 'bass')] });
    expect(tracks).toContain('chords electric-piano-1');
    expect(tracks).toContain('bass acoustic-bass');
    expect(tracks.some((track) => track.startsWith('drums '))).toBe(true);
    expect(tracks.some((track) => track.startsWith('lead '))).toBe(true);
  });

  it('leaves a complete stated band alone, but for the drums of the style', () => {
    const quartet = [
      demand('violin', 'lead'),
      demand('violin', 'counter'),
      demand('viola', 'chords'),
      demand('cello', 'bass'),
    ];
    expect(band({ style: 'orchestral', instruments: quartet, bars: 48 })).toHaveLength(4);
    expect(
      band({ style: 'lo-fi-hip-hop', instruments: quartet }).filter((track) => track.startsWith('drums')),
    ).toHaveLength(1);
  });

  it('takes an ensemble by its number: a trio stays one, its melody with the chords', () => {
    const trio = [
      demand('distortion-guitar', 'chords'),
      demand('electric-bass-finger', 'bass'),
      demand('power-kit', 'drums'),
    ];
    const instruments = trio.map((each) => ({ ...each, asked: 'power trio' }));
    expect(band({ style: 'rock', instruments })).toEqual([
      'drums power-kit',
      'bass electric-bass-finger',
      'chords distortion-guitar',
      'lead distortion-guitar',
    ]);
  });

  it('adds the style’s colours to an orchestra', () => {
    const seats = [
      demand('string-ensemble-1', 'chords'),
      demand('violin', 'lead'),
      demand('french-horn', 'counter'),
      demand('contrabass', 'bass'),
    ];
    const instruments = seats.map((each) => ({ ...each, asked: 'full orchestra' }));
    expect(band({ style: 'orchestral', bars: 48, instruments })).toContain('percussion timpani');
  });

  it('plays nothing that is ruled out, by role or by instrument', () => {
    for (const { id } of STYLES) {
      for (let seed = 0; seed < 20; seed++) {
        const excluded = ['drums', 'electric-piano-1', 'acoustic-bass', 'violin', 'pad-2-warm'];
        for (const track of plan({ style: id, seed, excluded }).tracks) {
          expect(excluded).not.toContain(track.role);
          expect(excluded).not.toContain(track.instrument);
          // A kit under the name of percussion is drums all the same.
          expect(track.instrument).not.toMatch(/kit$/);
        }
      }
    }
  });

  it('is one instrument alone where every other role is ruled out', () => {
    const others = ROLES.filter((role) => role !== 'lead' && role !== 'chords');
    const instruments = [demand('acoustic-grand-piano', 'chords'), demand('acoustic-grand-piano', 'lead')];
    expect(plan({ instruments, excluded: others }).tracks.map(({ id, name }) => [id, name])).toEqual([
      ['chords', 'Acoustic Grand Piano'],
      ['lead', 'Acoustic Grand Piano (lead)'],
    ]);
  });

  it('refuses to play with nobody', () => {
    expect(() => plan({ excluded: [...ROLES] })).toThrow(InputError);
    expect(() => plan({ style: 'polka' })).toThrow(/style "polka"/);
  });

  it('enters and leaves with the energy, closes with harmony and bass, and always sounds', () => {
    for (const { id } of STYLES) {
      const { sections, tracks } = plan({ style: id, bars: 64 });
      const playing = (section: { id: string }) => tracks.filter(({ sectionIds }) => sectionIds.includes(section.id));
      expect(new Set(sections.map((section) => playing(section).length)).size).toBeGreaterThan(1);
      for (const section of sections) expect(playing(section).length).toBeGreaterThan(0);
      const roles = playing(sections.at(-1) ?? { id: '' }).map(({ role }) => role);
      const hasBass = STYLES.find((style) => style.id === id)?.band.some(({ role }) => role === 'bass');
      expect([id, roles.includes('bass')]).toEqual([id, hasBass]);
      expect(roles.includes('chords') || roles.includes('pad')).toBe(true);
    }
  });
});
