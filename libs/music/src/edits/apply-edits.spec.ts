import fc from 'fast-check';
import { InputError } from '../input-error';
import { overlaps } from '../measures/overlaps';
import { validateScore } from '../score/validate-score';
import { STYLES } from '../styles/style-catalogue';
import { applyEdits } from './apply-edits';
import { MAX_EDITS, type EditInput } from './edit';
import { song, SCORE, errorOf } from './testing/edited-song';

describe('applyEdits', () => {
  const trackIds = SCORE.tracks.map(({ id }) => id).join(', ');

  it.each<[unknown, string, string]>([
    [[], 'edits', 'expected array to have >=1 items'],
    [[{ type: 'explode' }], 'edits[0].type', ''],
    [[{ type: 'transpose', semitones: 25 }], 'edits[0].semitones', '<=24'],
    [[{ type: 'transpose', semitones: 1, extra: 1 }], 'edits[0]', 'extra'],
    [[{ type: 'set_tempo', tempoBpm: 5000 }], 'edits[0].tempoBpm', '<=400'],
    [[{ type: 'set_key', key: { tonic: 'H', mode: 'minor' } }], 'edits[0].key.tonic', 'note name'],
    [[{ type: 'set_title', title: '  ' }], 'edits[0].title', 'not blank'],
    [[{ type: 'mute_track', trackId: 'kazoo', muted: true }], 'edits[0].trackId', `one of ${trackIds}`],
    [
      [
        { type: 'set_title', title: 'x' },
        { type: 'remove_track', trackId: 'kazoo' },
      ],
      'edits[1].trackId',
      'one of',
    ],
    [[{ type: 'set_mix', trackId: 'bass' }], 'edits[0]', 'at least one of'],
    [[{ type: 'replace_instrument', trackId: 'lead', instrument: 'flut' }], 'edits[0].instrument', 'nearest: flute'],
    [
      [{ type: 'replace_instrument', trackId: 'lead', instrument: 'standard-kit' }],
      'edits[0].instrument',
      'with pitches',
    ],
    [[{ type: 'replace_instrument', trackId: 'drums', instrument: 'flute' }], 'edits[0].instrument', 'a drum kit'],
    [[{ type: 'regenerate', sectionId: 'verse-9' }], 'edits[0].sectionId', `one of ${SCORE.sections[0]?.id}`],
    [[{ type: 'regenerate', fromBar: 3 }], 'edits[0]', 'together'],
    [[{ type: 'regenerate', fromBar: 3, toBar: 3 }], 'edits[0].toBar', '4 to 24'],
    [[{ type: 'regenerate', fromBar: 99, toBar: 100 }], 'edits[0].fromBar', '0 to 23'],
    [[{ type: 'regenerate', sectionId: 'a-1', fromBar: 3, toBar: 4 }], 'edits[0]', 'either'],
    [[{ type: 'fade_out', bars: 99 }], 'edits[0].bars', '0 to 24'],
    [[{ type: 'add_track', role: 'drums', instrument: 'flute' }], 'edits[0].instrument', 'a drum kit'],
    [[{ type: 'add_track', role: 'lead', instrument: 'power-kit' }], 'edits[0].instrument', 'with pitches'],
    [[{ type: 'repeat_section', sectionId: 'x' }], 'edits[0].sectionId', 'one of'],
    [
      SCORE.tracks.map(({ id }) => ({ type: 'remove_track', trackId: id })),
      `edits[${SCORE.tracks.length - 1}].trackId`,
      'not the only one',
    ],
    [
      SCORE.sections.map(({ id }) => ({ type: 'remove_section', sectionId: id })),
      `edits[${SCORE.sections.length - 1}].sectionId`,
      'not the only one',
    ],
  ])('refuses %j', (edits, field, allowed) => {
    const error = errorOf(edits);
    expect(error.field).toBe(field);
    expect(error.allowed).toContain(allowed);
  });

  it('refuses more edits than it takes at once', () => {
    const many = Array.from({ length: MAX_EDITS + 1 }, () => ({ type: 'transpose', semitones: 1 }));
    expect(errorOf(many)).toMatchObject({ field: 'edits', allowed: expect.stringContaining(`<=${MAX_EDITS}`) });
  });

  it('leaves every style’s song whole after any few edits', () => {
    const states = STYLES.map(({ id }) => song({ style: id, bars: 16, seed: 9 }));
    const edit = fc.oneof(
      fc.record({ type: fc.constant('transpose' as const), semitones: fc.integer({ min: -24, max: 24 }) }),
      fc.record({
        type: fc.constant('set_key' as const),
        key: fc.record({
          tonic: fc.constantFrom('C', 'F#', 'Bb', 'G#', 'A'),
          mode: fc.constantFrom('major' as const, 'minor' as const, 'dorian' as const, 'lydian' as const),
        }),
      }),
      fc.record({
        type: fc.constant('regenerate' as const),
        fromBar: fc.constant(2),
        toBar: fc.integer({ min: 3, max: 8 }),
      }),
      fc.record({ type: fc.constant('repeat_section' as const), place: fc.nat(9) }),
      fc.record({ type: fc.constant('remove_section' as const), place: fc.nat(9) }),
      fc.record({ type: fc.constant('regenerate' as const), place: fc.nat(9) }),
      fc.record({
        type: fc.constant('replace_instrument' as const),
        track: fc.nat(9),
        instrument: fc.constantFrom('tuba', 'violin', 'church-organ', 'kalimba'),
      }),
      fc.record({
        type: fc.constant('add_track' as const),
        role: fc.constantFrom('lead' as const, 'counter' as const, 'pad' as const, 'chords' as const),
        instrument: fc.constantFrom('flute', 'marimba', 'cello'),
      }),
    );
    fc.assert(
      fc.property(fc.constantFrom(...states), fc.array(edit, { minLength: 1, maxLength: 4 }), (start, edits) => {
        let state = start;
        for (const { ...each } of edits) {
          const { place, track, ...rest } = each as { place?: number; track?: number; type: string };
          const sectionId =
            place === undefined ? {} : { sectionId: state.score.sections[place % state.score.sections.length]?.id };
          const trackId =
            track === undefined ? {} : { trackId: state.score.tracks[track % state.score.tracks.length]?.id };
          try {
            state = applyEdits(state, [{ ...rest, ...sectionId, ...trackId } as EditInput]);
          } catch (error) {
            // A kit for a flute, the only section: refused, and nothing changed.
            expect(error).toBeInstanceOf(InputError);
          }
          validateScore(state.score);
          for (const each of state.score.tracks) expect(overlaps(each)).toEqual([]);
        }
      }),
      { numRuns: 60 },
    );
  });
});
