import { SCORE, edited, restHash } from './testing/edited-song';

describe('add_track', () => {
  it.each([
    ['counter', 'cello'],
    ['pad', 'warm pad'],
    ['lead', 'trumpet'],
    ['bass', 'synth-bass-1'],
    ['chords', 'nylon guitar'],
    ['percussion', 'standard-kit'],
    ['drums', 'brush-kit'],
  ] as const)('adds a %s on %s that plays, and leaves the others', (role, instrument) => {
    const result = edited([{ type: 'add_track', role, instrument }]);
    const added = result.score.tracks.at(-1);
    expect(added).toMatchObject({ role });
    expect(added?.notes.length).toBeGreaterThan(0);
    expect(added?.mix.gainCentibels).toBeLessThan(0);
    expect(restHash(result.score, [], [added?.id ?? ''])).toBe(restHash(SCORE, []));
    expect(result.brief.instruments.value.at(-1)).toMatchObject({ role, instrument: added?.instrument });
  });
});
