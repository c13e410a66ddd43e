import { DRUM_KEYS } from '../instruments/drum-key';
import { defaultBrief, type BriefValues } from '../brief/default-brief';
import { producePlan } from '../plan/producer';
import type { Note, Role } from '../score/score';
import { composeScore } from './compose';

function notesOf(role: Role, values: Partial<BriefValues>): Note[] {
  const brief = defaultBrief({ seed: 4, bars: 32, ...values });
  const { score } = composeScore(brief, producePlan(brief));
  return score.tracks.filter((track) => track.role === role).flatMap(({ notes }) => notes);
}

const STEP = 120;
/** Steps of the bar, by share of the notes that begin within a third of one. */
function shares(notes: readonly Note[], barTicks: number): number[] {
  const steps = Array.from({ length: barTicks / STEP }, () => 0);
  for (const { startTick } of notes) {
    const step = Math.round((startTick % barTicks) / STEP) % steps.length;
    steps[step] = (steps[step] ?? 0) + 1 / notes.length;
  }
  return steps;
}

describe('figures of the styles', () => {
  it('tie the tumbao of the bass over the bar line', () => {
    const bass = notesOf('bass', { style: 'salsa' });
    const anticipated = bass.filter(({ startTick }) => Math.abs((startTick % 1920) - 12 * STEP) < 20);
    expect(anticipated.length).toBeGreaterThan(bass.length / 4);
    const tied = anticipated.filter(({ startTick, durationTicks }) => (startTick % 1920) + durationTicks > 1920 + STEP);
    expect(tied.length / anticipated.length).toBeGreaterThan(0.6);
  });

  it('are played as written in the meter that they name', () => {
    const onsets = shares(notesOf('chords', { style: 'waltz', meter: { numerator: 3, denominator: 4 } }), 1440);
    expect((onsets[4] ?? 0) + (onsets[8] ?? 0)).toBeGreaterThan(0.8);
    const jig = shares(notesOf('percussion', { style: 'celtic', meter: { numerator: 6, denominator: 8 } }), 1440);
    expect(jig[0]).toBeGreaterThan(0.1);
    expect(jig[6]).toBeGreaterThan(0.1);
    for (const step of [1, 3, 5, 11]) expect(jig[step]).toBeLessThan(0.15);
  });

  it('give flamenco the accents of its twelve counts: 3, 6, 8, 10 and 12', () => {
    const palmas = notesOf('percussion', { style: 'flamenco', meter: { numerator: 3, denominator: 4 } }).filter(
      ({ pitch, startTick }) => pitch === DRUM_KEYS.clap && startTick < 32 * 1440 - 1440,
    );
    const counts = new Set(palmas.map(({ startTick }) => (Math.round(startTick / 480) % 12) + 1));
    expect([...counts].sort((a, b) => a - b)).toEqual([3, 6, 8, 10, 12]);
  });

  it('keep the back-beat of half-time where a meter lacks its beat', () => {
    const claps = notesOf('drums', { style: 'trap', meter: { numerator: 3, denominator: 4 } }).filter(
      ({ pitch }) => pitch === DRUM_KEYS.clap,
    );
    expect(shares(claps, 1440)[8]).toBeGreaterThan(0.7);
  });

  it('interlock: the second voice begins between the notes of the first', () => {
    const key = { tonic: 'D', mode: 'phrygian' as const };
    const [lead, counter] = (['lead', 'counter'] as const).map((role) => notesOf(role, { style: 'gamelan', key }));
    const taken = new Set(lead?.map(({ startTick }) => Math.round(startTick / STEP)));
    const final = 31 * 1920;
    const between = (counter ?? []).filter(({ startTick }) => startTick < final);
    expect(between.length).toBeGreaterThan(50);
    expect(between.filter(({ startTick }) => taken.has(Math.round(startTick / STEP)))).toEqual([]);
  });

  it('hold a drone of tonic and fifth under changing chords', () => {
    const drone = notesOf('pad', { style: 'celtic', key: { tonic: 'G', mode: 'major' }, bars: 64 });
    expect(drone.length).toBeGreaterThan(0);
    expect([...new Set(drone.map(({ pitch }) => pitch % 12))].sort((a, b) => a - b)).toEqual([2, 7]);
  });
});
