import { song, SCORE, edited, trackOf, restHash } from './testing/edited-song';

describe('edits of one track', () => {
  it('mutes and mixes it, and leaves its notes and all others', () => {
    const { score } = edited([
      { type: 'mute_track', trackId: 'bass', muted: true },
      { type: 'set_mix', trackId: 'chords', pan: -40, reverbSend: 90 },
    ]);
    expect(trackOf(score, 'bass').mix.muted).toBe(true);
    expect(trackOf(score, 'chords').mix).toEqual({ ...trackOf(SCORE, 'chords').mix, pan: -40, reverbSend: 90 });
    expect(restHash(score, [], ['bass', 'chords'])).toBe(restHash(SCORE, [], ['bass', 'chords']));
    for (const id of ['bass', 'chords']) expect(trackOf(score, id).notes).toEqual(trackOf(SCORE, id).notes);
  });

  it('removes it from score, plan and Brief', () => {
    const state = song({ instruments: [{ instrument: 'flute', role: 'lead', asked: 'flute', standIn: false }] });
    const result = edited([{ type: 'remove_track', trackId: 'lead' }], state);
    expect(result.brief.instruments.value).toEqual([]);
    expect(restHash(result.score, [])).toBe(restHash(state.score, [], ['lead']));
  });

  it('gives it to another instrument, in that instrument’s range', () => {
    for (const instrument of ['tuba', 'piccolo', 'flute', 'glockenspiel', 'synth-bass-1']) {
      const { score } = edited([{ type: 'replace_instrument', trackId: 'lead', instrument }]);
      const [old, now] = [trackOf(SCORE, 'lead'), trackOf(score, 'lead')];
      expect(now.instrument).toBe(instrument);
      expect(now.notes.map(({ startTick, pitch }) => [startTick, pitch % 12])).toEqual(
        old.notes.map(({ startTick, pitch }) => [startTick, pitch % 12]),
      );
      expect(restHash(score, [], ['lead'])).toBe(restHash(SCORE, [], ['lead']));
    }
  });

  it('leaves one voice where the instrument has one', () => {
    const { score } = edited([{ type: 'replace_instrument', trackId: 'chords', instrument: 'clarinet' }]);
    const notes = trackOf(score, 'chords').notes;
    expect(notes.length).toBeGreaterThan(10);
    notes.slice(1).forEach((note, index) => {
      const before = notes[index];
      expect((before?.startTick ?? 0) + (before?.durationTicks ?? 0)).toBeLessThanOrEqual(note.startTick);
    });
  });

  it('changes a kit for a kit without touching a hit', () => {
    const { score } = edited([{ type: 'replace_instrument', trackId: 'drums', instrument: '808' }]);
    expect(trackOf(score, 'drums')).toEqual({
      ...trackOf(SCORE, 'drums'),
      instrument: 'tr-808-kit',
      name: 'TR-808 Kit',
    });
  });
});
