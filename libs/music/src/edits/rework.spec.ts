import { bendControls } from '../agents/bends';
import { songFrame } from '../agents/song-frame';
import { InputError } from '../input-error';
import { chordAgreement } from '../measures/chord-agreement';
import { scoreHash, trackHash } from '../score/canonical-score';
import { MODES, type Note, type Track } from '../score/score';
import { barStartTick, endTick, sectionRange } from '../score/timeline';
import type { EditInput } from './edit';
import { edited, errorOf, pitchedTracks, restHash, SCORE, song, STATE, trackOf } from './testing/edited-song';

const SCOPED = ['simplify', 'intensify', 'humanise', 'revoice'] as const;
const BARS = { fromBar: 8, toBar: 12 };
const [FROM, TO] = [barStartTick(SCORE, 8), barStartTick(SCORE, 12)];
const isOutside = ({ startTick }: Note) => startTick < FROM || startTick >= TO;
const total = (tracks: readonly Track[], of: (note: Note) => number) =>
  tracks.flatMap(({ notes }) => notes).reduce((sum, note) => sum + of(note), 0);

describe.each(SCOPED)('%s', (type) => {
  it('changes what lies in bars, and no byte around them', () => {
    const { score } = edited([{ type, ...BARS }]);
    expect(scoreHash(score)).not.toBe(scoreHash(SCORE));
    expect(restHash({ ...score, tracks: [] }, [])).toBe(restHash({ ...SCORE, tracks: [] }, []));
    for (const track of SCORE.tracks) {
      const now = trackOf(score, track.id);
      expect(now.notes.filter(isOutside)).toEqual(track.notes.filter(isOutside));
      expect({ ...now, notes: [] }).toEqual({ ...track, notes: [] });
    }
  });

  it('changes one track, and no byte of the others', () => {
    const { score } = edited([{ type, trackId: 'chords' }]);
    expect(restHash(score, [], ['chords'])).toBe(restHash(SCORE, [], ['chords']));
    expect(trackHash(trackOf(score, 'chords'))).not.toBe(trackHash(trackOf(SCORE, 'chords')));
  });

  it('changes one section of a track, and no byte of the others', () => {
    const section = SCORE.sections[1];
    const range = section && sectionRange(SCORE, section);
    const { score } = edited([{ type, trackId: 'chords', sectionId: section?.id }]);
    expect(restHash(score, [], ['chords'])).toBe(restHash(SCORE, [], ['chords']));
    const outside = (notes: readonly Note[]) =>
      notes.filter(({ startTick }) => range && (startTick < range.startTick || startTick >= range.endTick));
    expect(outside(trackOf(score, 'chords').notes)).toEqual(outside(trackOf(SCORE, 'chords').notes));
  });

  it('names what it does not know', () => {
    expect(errorOf([{ type, trackId: 'kazoo' }]).field).toBe('edits[0].trackId');
    expect(errorOf([{ type, sectionId: 'kazoo' }]).field).toBe('edits[0].sectionId');
    expect(errorOf([{ type, fromBar: 4, toBar: 99 }]).field).toBe('edits[0].toBar');
  });
});

describe('simplify and intensify', () => {
  it('leave fewer and softer notes, and give more and louder ones', () => {
    const plain = edited([{ type: 'simplify' }]).score.tracks;
    const big = edited([{ type: 'intensify' }]).score.tracks;
    const count = (tracks: readonly Track[]) => total(tracks, () => 1);
    expect(count(plain)).toBeLessThan(0.85 * count(SCORE.tracks));
    expect(count(big)).toBeGreaterThan(1.1 * count(SCORE.tracks));
    const level = (tracks: readonly Track[]) => total(tracks, ({ velocity }) => velocity) / count(tracks);
    expect(level(plain)).toBeLessThan(level(big));
  });

  it('silence no bar of a track', () => {
    const { score } = edited([{ type: 'simplify' }]);
    for (const track of SCORE.tracks) {
      const barsOf = (notes: readonly Note[]) => new Set(notes.map(({ startTick }) => Math.floor(startTick / 1920)));
      expect(barsOf(trackOf(score, track.id).notes)).toEqual(barsOf(track.notes));
    }
  });

  it('let the tracks that rest in a section join, and raise its energy', () => {
    const quiet = SCORE.sections.find(({ id }) => STATE.plan.tracks.some(({ sectionIds }) => !sectionIds.includes(id)));
    const { score, plan } = edited([{ type: 'intensify', sectionId: quiet?.id }]);
    expect(score.sections.find(({ id }) => id === quiet?.id)?.energy).toBeGreaterThan(quiet?.energy ?? 100);
    expect(plan.tracks.every(({ sectionIds }) => sectionIds.includes(quiet?.id ?? ''))).toBe(true);
  });
});

describe('humanise and revoice', () => {
  it('move notes little, and differently each time', () => {
    const once = edited([{ type: 'humanise', trackId: 'drums' }]);
    const drums = trackOf(once.score, 'drums').notes;
    expect(drums.length).toBeGreaterThan(0.95 * trackOf(SCORE, 'drums').notes.length);
    const starts = trackOf(SCORE, 'drums').notes;
    for (const { startTick, pitch } of drums)
      expect(starts.some((old) => old.pitch === pitch && Math.abs(old.startTick - startTick) <= 12)).toBe(true);
    const twice = edited([{ type: 'humanise', trackId: 'drums' }], once);
    expect(trackOf(twice.score, 'drums').notes).not.toEqual(drums);
  });

  it('keep rhythm and pitch classes of chords', () => {
    const { score } = edited([{ type: 'revoice' }]);
    for (const { id, role, notes } of SCORE.tracks.filter((track) => track.role === 'chords' || track.role === 'pad')) {
      const seen = (list: readonly Note[]) => list.map(({ startTick, pitch }) => `${startTick} ${pitch % 12}`).sort();
      expect([role, [...new Set(seen(trackOf(score, id).notes))]]).toEqual([role, [...new Set(seen(notes))]]);
    }
  });

  it('refuse to revoice what has no chords', () => {
    expect(errorOf([{ type: 'revoice', trackId: 'drums' }])).toMatchObject({
      field: 'edits[0].trackId',
      allowed: 'a track that plays chords',
    });
  });
});

describe('reharmonise', () => {
  const section = SCORE.sections[1];
  const edit: EditInput = { type: 'reharmonise', sectionId: section?.id };
  const { score } = edited([edit]);
  const range = section ? sectionRange(SCORE, section) : { startTick: 0, endTick: 0 };

  it('writes other chords under the same melody and drums', () => {
    const kept = SCORE.tracks.filter(({ role }) => ['lead', 'drums', 'percussion', 'fx'].includes(role));
    for (const track of kept) expect(trackHash(trackOf(score, track.id))).toBe(trackHash(track));
    const symbols = (chords: typeof SCORE.chords) =>
      chords.filter(({ startTick }) => startTick >= range.startTick && startTick < range.endTick);
    expect(symbols(score.chords)).not.toEqual(symbols(SCORE.chords));
    const outside = (chords: typeof SCORE.chords) =>
      chords.filter(({ startTick }) => startTick < range.startTick || startTick >= range.endTick);
    expect(outside(score.chords)).toEqual(outside(SCORE.chords));
  });

  it('leaves no byte of other sections changed', () => {
    for (const track of SCORE.tracks) {
      const outside = ({ notes }: Track) =>
        notes.filter(({ startTick }) => startTick < range.startTick || startTick >= range.endTick);
      expect(outside(trackOf(score, track.id))).toEqual(outside(track));
    }
  });

  it('fits what is played', () => {
    expect(chordAgreement(score)).toBeGreaterThan(0.6);
  });

  it('takes the place of a stated progression', () => {
    const state = song({ progression: ['Dm7', 'G7'] });
    const result = edited([{ type: 'reharmonise' }], state);
    expect(result.score.chords).not.toEqual(state.score.chords);
    expect(result.brief.progression.value).toEqual([]);
  });
});

describe('remove_track in bars', () => {
  it('silences the track there, and changes no byte else', () => {
    const { score, plan } = edited([{ type: 'remove_track', trackId: 'drums', ...BARS }]);
    expect(restHash(score, [], ['drums'])).toBe(restHash(SCORE, [], ['drums']));
    expect(trackOf(score, 'drums').notes).toEqual(trackOf(SCORE, 'drums').notes.filter(isOutside));
    expect(plan).toEqual(STATE.plan);
  });

  it('takes a section of a track out of the plan', () => {
    const id = SCORE.sections[1]?.id ?? '';
    const { plan } = edited([{ type: 'remove_track', trackId: 'drums', sectionId: id }]);
    expect(plan.tracks.find((track) => track.id === 'drums')?.sectionIds).not.toContain(id);
  });

  it('takes a track out of which nothing is left', () => {
    const { score } = edited([{ type: 'remove_track', trackId: 'drums', fromBar: 0, toBar: 24 }]);
    expect(score.tracks.some(({ id }) => id === 'drums')).toBe(false);
  });
});

describe('add_track in sections', () => {
  it('plays there and nowhere else', () => {
    const section = SCORE.sections[1];
    const range = section ? sectionRange(SCORE, section) : { startTick: 0, endTick: 0 };
    const { score, plan } = edited([
      { type: 'add_track', role: 'pad', instrument: 'string-ensemble-1', sectionIds: [section?.id ?? ''] },
    ]);
    const added = score.tracks.at(-1);
    expect(added?.notes.length).toBeGreaterThan(0);
    expect(added?.notes.every(({ startTick }) => startTick >= range.startTick && startTick < range.endTick)).toBe(true);
    expect(plan.tracks.at(-1)?.sectionIds).toEqual([section?.id]);
    expect(restHash(score, [], [added?.id ?? ''])).toBe(restHash(SCORE, []));
  });

  it.each([
    [['kazoo'], 'edits[0].sectionIds[0]'],
    [[], 'edits[0].sectionIds'],
  ])('refuses sections %j', (sectionIds, field) => {
    expect(errorOf([{ type: 'add_track', role: 'pad', instrument: 'flute', sectionIds }]).field).toBe(field);
  });
});

describe('hard_ending', () => {
  it('ends on the last bar’s first beat without slowing down, and changes nothing before the last two bars', () => {
    const state = song({ style: 'orchestral' });
    const faded = edited([{ type: 'fade_out', bars: 4 }], state);
    const { score } = edited([{ type: 'hard_ending' }], faded);
    const end = endTick(score);
    expect(score.master.fadeOutTicks).toBe(0);
    expect(score.tempos).toHaveLength(1);
    for (const track of score.tracks) {
      for (const note of track.notes) expect(note.startTick + note.durationTicks).toBeLessThanOrEqual(end - 1440);
      const early = ({ startTick, durationTicks }: Note) => startTick + durationTicks < end - 1920;
      expect(track.notes.filter(early)).toEqual(
        expect.arrayContaining(trackOf(state.score, track.id).notes.filter(early)),
      );
    }
  });
});

describe('set_feel', () => {
  it('moves what stands off the beat, there and back', () => {
    const straight = edited([{ type: 'set_feel', feel: 'straight' }]);
    expect(straight.brief.swingPercent.value).toBe(50);
    const shuffled = edited([{ type: 'set_feel', feel: 'shuffle' }], straight);
    const onBeat = (notes: readonly Note[]) => notes.filter(({ startTick }) => startTick % 480 === 0);
    for (const { id, notes } of straight.score.tracks) {
      const now = trackOf(shuffled.score, id).notes;
      expect(onBeat(now).length).toBeGreaterThanOrEqual(0.9 * onBeat(notes).length);
      expect(now.map(({ pitch }) => pitch).length).toBeGreaterThan(0.95 * notes.length);
    }
    expect(shuffled.score.tracks).not.toEqual(straight.score.tracks);
    expect(restHash({ ...shuffled.score, tracks: [] }, [])).toBe(restHash({ ...SCORE, tracks: [] }, []));
  });

  it.each(['half_time', 'double_time'] as const)('%s changes drums and percussion alone', (feel) => {
    const rhythmic = SCORE.tracks.filter(({ role }) => role === 'drums' || role === 'percussion').map(({ id }) => id);
    const { score } = edited([{ type: 'set_feel', feel }]);
    expect(restHash(score, [], rhythmic)).toBe(restHash(SCORE, [], rhythmic));
    const [old, now] = [SCORE, score].map((of) => trackOf(of, 'drums').notes.length);
    expect((now ?? 0) / (old ?? 1)).toBeCloseTo(feel === 'half_time' ? 0.5 : 2, 0);
  });

  it('refuses to swing eighths that go in threes', () => {
    const state = song({ style: 'celtic', meter: { numerator: 6, denominator: 8 } });
    if (state.score.meters[0]?.denominator !== 8) throw new Error('not in 6/8');
    expect(() => edited([{ type: 'set_feel', feel: 'swing' }], state)).toThrow(InputError);
  });
});

describe('set_style and set_meter', () => {
  it.each(['reggae', 'techno', 'orchestral', 'bossa-nova'])('%s plays the same song: form, chords, melody', (id) => {
    const state = song({ style: 'pop' });
    const { score, brief } = edited([{ type: 'set_style', style: id }], state);
    expect([score.style, brief.style.value]).toEqual([id, id]);
    expect(score.sections).toEqual(state.score.sections);
    expect(score.chords).toEqual(state.score.chords);
    expect([score.keys, score.title, score.meters]).toEqual([state.score.keys, state.score.title, state.score.meters]);
    const melody = ({ tracks }: typeof score) => tracks.find(({ role }) => role === 'lead')?.notes ?? [];
    const classes = (notes: readonly Note[]) => notes.map(({ startTick, pitch }) => `${startTick} ${pitch % 12}`);
    if (melody(score).length > 0) expect(classes(melody(score))).toEqual(classes(melody(state.score)));
  });

  it('takes a style by any of its names, and names the nearest of one it does not know', () => {
    expect(edited([{ type: 'set_style', style: 'lofi' }]).score.style).toBe('lo-fi-hip-hop');
    expect(errorOf([{ type: 'set_style', style: 'regae' }])).toMatchObject({
      field: 'edits[0].style',
      allowed: expect.stringContaining('reggae'),
    });
  });

  it.each([
    [3, 4],
    [6, 8],
    [7, 8],
    [5, 4],
  ])('%i/%i keeps form, bars, keys, mix and the chords of each bar', (numerator, denominator) => {
    const { score } = edited([{ type: 'set_meter', numerator, denominator: denominator as 4 | 8 }]);
    expect(score.meters).toEqual([{ tick: 0, numerator, denominator }]);
    expect(score.sections).toEqual(SCORE.sections);
    const firsts = (of: typeof SCORE) =>
      Array.from({ length: 24 }, (_, bar) => {
        const tick = barStartTick(of, bar);
        return of.chords.find((chord) => chord.startTick <= tick && chord.startTick + chord.durationTicks > tick)
          ?.symbol;
      });
    expect(firsts(score)).toEqual(firsts(SCORE));
    expect(score.tracks.map(({ mix }) => mix)).toEqual(SCORE.tracks.map(({ mix }) => mix));
    expect(pitchedTracks(score).some(({ notes }) => notes.length > 0)).toBe(true);
  });

  it('refuses a meter that nothing is written in', () => {
    expect(errorOf([{ type: 'set_meter', numerator: 31, denominator: 4 }]).field).toBe('edits[0]');
    expect(errorOf([{ type: 'set_meter', numerator: 4, denominator: 3 }]).field).toBe('edits[0].denominator');
  });
});

describe('set_key', () => {
  it.each(['middle-eastern', 'raga', 'gamelan'])('tunes %s to the new scale, and no longer to the old one', (id) => {
    const state = song({ style: id });
    const { tonic } = state.brief.key.value;
    for (const mode of MODES) {
      const { score, brief, plan } = edited([{ type: 'set_key', key: { tonic, mode } }], state);
      const frame = songFrame(brief, plan);
      for (const track of score.tracks.filter(({ role }) => role === 'lead' || role === 'counter')) {
        const bends = track.controls.filter(({ controller }) => controller === -1);
        expect(bends).toEqual(bendControls(score, frame, track));
      }
    }
  });
});
