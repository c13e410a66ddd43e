import fc from 'fast-check';
import type { Plan } from '../plan/plan';
import { leadTurns } from './lead-turns';

function plan(energies: readonly number[], leads: number, bars = 8): Plan {
  const sections = energies.map((energy, index) => ({ id: `s-${index}`, name: 's', startBar: index * bars, bars, energy }));
  const sectionIds = sections.map(({ id }) => id);
  return {
    title: '',
    sections,
    tracks: Array.from({ length: leads }, (_, index) => ({ id: `lead-${index}`, name: '', role: 'lead', instrument: 'flute', sectionIds })),
  };
} // prettier-ignore

describe('leadTurns', () => {
  it('gives phrases in turn, on through the sections', () => {
    const song = plan([50, 50, 50], 3);
    const turns = leadTurns(song, song.tracks);
    const owners = song.sections.flatMap((section) =>
      [0, 4].map((bar) => song.tracks.findIndex(({ id }) => turns.plays(id, section, bar))),
    );
    expect(owners).toEqual([0, 1, 2, 0, 1, 2]);
    expect(turns.bars).toBe(4);
  });

  it('has all of them play where the energy is high', () => {
    const song = plan([80], 3);
    const [section] = song.sections;
    const turns = leadTurns(song, song.tracks);
    expect(section && song.tracks.every(({ id }) => turns.plays(id, section, 5))).toBe(true);
  });

  it('gives everybody a turn wherever there are as many bars as leads, and never two at once', () => {
    const energies = fc.array(fc.integer({ min: 0, max: 75 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(energies, fc.integer({ min: 1, max: 4 }), fc.integer({ min: 4, max: 9 }), (levels, leads, bars) => {
        const song = plan(levels, leads, bars);
        const turns = leadTurns(song, song.tracks);
        const places = song.sections.flatMap((section) => Array.from({ length: bars }, (_, bar) => ({ section, bar })));
        for (const { section, bar } of places)
          expect(song.tracks.filter(({ id }) => turns.plays(id, section, bar))).toHaveLength(1);
        for (const { id } of song.tracks)
          expect(places.some(({ section, bar }) => turns.plays(id, section, bar))).toBe(true);
      }),
    );
  });
});
