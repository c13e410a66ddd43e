import { InputError } from '@beatbot/music';
import { testScore } from '../../../../libs/dsp/src/testing/score';
import { Limits } from './job-types';
import { plan } from './plan-job';

const LIMITS: Limits = { maxDurationSeconds: 60, maxTracks: 4, maxNotes: 100, maxControls: 3, maxChanges: 5 };

async function fault(score: unknown): Promise<[string, unknown, string]> {
  const bytes = new TextEncoder().encode(typeof score === 'string' ? score : JSON.stringify(score));
  const error: unknown = await plan({ score: bytes, sampleRate: 44_100, limits: LIMITS }).catch(
    (cause: unknown) => cause,
  );
  if (!(error instanceof InputError)) throw new Error(`no input error: ${String(error)}`);
  return [error.field, error.value, error.allowed];
}

describe('plan', () => {
  const score = testScore();
  const list = <T>(length: number, entry: (index: number) => T): T[] =>
    Array.from({ length }, (_, index) => entry(index));

  it.each([
    [
      'notes',
      'score.tracks.notes',
      101,
      { notes: list(101, (i) => ({ startTick: i, durationTicks: 1, pitch: 60, velocity: 80 })) },
    ],
    ['controls', 'score.tracks.controls', 4, { controls: list(4, (i) => ({ tick: i, controller: 11, value: 3 })) }],
  ])('counts %s of all tracks', async (_, field, count, change) => {
    const only = { ...score.tracks[0]!, notes: [], ...change };
    expect((await fault({ ...score, tracks: [only] })).slice(0, 2)).toEqual([field, count]);
  });

  it.each(['tempos', 'meters', 'keys', 'sections', 'chords'] as const)('counts %s', async (field) => {
    expect(await fault({ ...score, [field]: list(6, (tick) => ({ tick })) })).toEqual([
      `score.${field}`,
      6,
      `at most 5 ${field}`,
    ]);
  });

  it.each<[string, unknown, string]>([
    ['no JSON', '{"title":', 'score'],
    ['a number', 7, 'score'],
    ['null', null, 'score'],
    ['lists that are none', { ...score, tracks: 'piano' }, 'tracks'],
    ['tracks that are none', { ...score, tracks: [null] }, 'tracks[0]'],
  ])('refuses %s', async (_, value, field) => expect((await fault(value))[0]).toBe(field));

  it('takes what is at the limit', async () => {
    const tempos = list(5, (tick) => ({ tick, milliBpm: 120_000 }));
    const bytes = new TextEncoder().encode(JSON.stringify({ ...score, tempos }));
    expect((await plan({ score: bytes, sampleRate: 44_100, limits: LIMITS })).tracks).toHaveLength(4);
  });
});
