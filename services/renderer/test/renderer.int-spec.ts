import { createHash } from 'node:crypto';
import { scoreToMessage } from '@beatbot/contracts';
import type {
  RenderAssetsRequest,
  RenderAssetsResult,
  RenderRequest,
  RenderResponse,
} from '@beatbot/contracts/renderer/v1/renderer';
import { canonicalBytes, Score } from '@beatbot/music';
import { CallContext, DomainError } from '@beatbot/service-kit';
import { Logger } from '@nestjs/common';
import { startRenderer } from './testing/renderer';
import { testScore } from '../../../libs/dsp/src/testing/score';

const OWNER = 'ada';
const CALL = { owner: OWNER, deadlineMs: 120_000 };

type Renderer = Awaited<ReturnType<typeof startRenderer>>;

async function store({ objects }: Renderer, score: Score, owner = OWNER): Promise<string> {
  const bytes = canonicalBytes(score);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await objects.put(
    { key: `scores/${sha256}.json`, contentType: 'application/json', bytes, sha256 },
    { context: new CallContext('test', undefined, owner) },
  );
  return `scores/${sha256}.json`;
}

async function fetchObject({ objects }: Renderer, key: string): Promise<Buffer> {
  const bytes = await objects.get(key, Infinity, { context: new CallContext('test', undefined, OWNER) });
  return Buffer.from(bytes!);
}

async function renderAssets(
  { client }: Renderer,
  request: Partial<RenderAssetsRequest>,
  owner = OWNER,
): Promise<{ result: RenderAssetsResult; percents: number[] }> {
  const percents: number[] = [];
  let result: RenderAssetsResult | undefined;
  for await (const event of client.renderAssets(
    { scoreKey: '', formats: ['wav'], stemFormat: '', sampleRate: 0, ...request },
    { ...CALL, owner },
  )) {
    if (event.progress) percents.push(event.progress.percent);
    if (event.result) result = event.result;
  }
  return { result: result!, percents };
}

async function stream(
  { client }: Renderer,
  request: Partial<RenderRequest>,
): Promise<{ events: RenderResponse[]; audio: Buffer }> {
  const events: RenderResponse[] = [];
  for await (const event of client.render({ format: 'wav', sampleRate: 0, trackId: '', ...request }, CALL))
    events.push(event);
  return { events, audio: Buffer.concat(events.flatMap(({ audio }) => (audio ? [audio] : []))) };
}

async function failure(work: Promise<unknown>): Promise<DomainError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

/** Left and right of a 24 bit WAV file. */
function samples(wav: Buffer): [Float64Array, Float64Array] {
  const frames = wav.readUInt32LE(40) / 6;
  const channel = (offset: number) =>
    Float64Array.from({ length: frames }, (_, i) => wav.readIntLE(44 + i * 6 + offset, 3) / 2 ** 23);
  return [channel(0), channel(3)];
}

describe('renderer', () => {
  let renderer: Renderer;
  beforeAll(async () => {
    renderer = await startRenderer();
    await renderer.ready();
  });
  afterAll(() => renderer.stop());

  it('renders mix, stems and peaks into storage, with what was measured', async () => {
    const score = testScore();
    const { result, percents } = await renderAssets(renderer, {
      scoreKey: await store(renderer, score),
      formats: ['wav', 'mp3', 'flac', 'opus'],
      stemFormat: 'flac',
    });
    expect(result.assets.map(({ name, kind, contentType, trackId }) => [name, kind, contentType, trackId])).toEqual([
      ['mix.wav', 'ASSET_KIND_MIX', 'audio/wav', ''],
      ['mix.mp3', 'ASSET_KIND_MIX', 'audio/mpeg', ''],
      ['mix.flac', 'ASSET_KIND_MIX', 'audio/flac', ''],
      ['mix.opus', 'ASSET_KIND_MIX', 'audio/ogg', ''],
      ['peaks.json', 'ASSET_KIND_PEAKS', 'application/json', ''],
      ...score.tracks.map(({ id }) => [`stems/${id}.flac`, 'ASSET_KIND_STEM', 'audio/flac', id]),
    ]);
    for (const asset of result.assets) {
      const bytes = await fetchObject(renderer, asset.objectKey);
      expect(bytes.length).toBe(asset.size);
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(asset.sha256);
    }
    expect(result.demands.map(({ demand, met }) => [demand, met])).toEqual([
      ['loudness', true],
      ['true-peak', true],
      ['duration', true],
    ]);
    const measure = (name: string) => result.measures.find((candidate) => candidate.name === name)!.value;
    expect(Math.abs(measure('integrated-loudness') + 14)).toBeLessThan(0.3);
    expect(measure('true-peak')).toBeLessThanOrEqual(-1);
    expect(measure('audio-duration')).toBe(8);
    expect(measure('clipped-stem-samples')).toBe(0);
    expect(percents[0]).toBe(0);
    expect(percents).toEqual([...percents].sort((a, b) => a - b));
    expect(percents.at(-1)).toBeGreaterThan(75);

    const [left, right] = samples(await fetchObject(renderer, result.assets[0]!.objectKey));
    expect(left.length).toBe(8 * 44_100);
    expect([left, right].every((channel) => channel.every((sample) => Math.abs(sample) < 10 ** (-0.9 / 20)))).toBe(
      true,
    );
    const peaks = JSON.parse((await fetchObject(renderer, result.assets[4]!.objectKey)).toString()) as {
      frames: number;
      data: number[];
    };
    expect(peaks.frames).toBe(left.length);
    expect(Math.max(...peaks.data)).toBeGreaterThan(60);
  });

  it('does the same request again for nothing', async () => {
    const request = {
      scoreKey: await store(renderer, testScore()),
      formats: ['wav', 'mp3', 'flac'],
      stemFormat: 'flac',
    };
    const first = await renderAssets(renderer, request);
    const puts = renderer.objects.puts.length;
    expect((await renderAssets(renderer, request)).result).toEqual(first.result);
    expect(renderer.objects.puts.length).toBe(puts);
  });

  it('renders again what has gone from storage, to the same bytes', async () => {
    const request = {
      scoreKey: await store(renderer, testScore({ title: 'Gone' })),
      formats: ['mp3'],
      stemFormat: 'wav',
    };
    const { result } = await renderAssets(renderer, request);
    for (const { objectKey } of result.assets) renderer.objects.delete(objectKey, OWNER);
    expect((await renderAssets(renderer, request)).result).toEqual(result);
  });

  it.each(['flac', 'wav'])(
    'renders only the tracks that changed, with the same mix as if all were rendered (%s stems)',
    async (stemFormat) => {
      const score = testScore({ title: `Revision ${stemFormat}` });
      await renderAssets(renderer, { scoreKey: await store(renderer, score), stemFormat });
      const changed = structuredClone(score);
      changed.tracks[3]!.notes[0]!.pitch = 71;
      const scoreKey = await store(renderer, changed);
      const puts = renderer.objects.puts.length;
      const revision = await renderAssets(renderer, { scoreKey, stemFormat });
      expect(renderer.objects.puts.slice(puts).filter((key) => key.startsWith('stems/'))).toEqual([
        revision.result.assets.at(-1)!.objectKey,
      ]);
      const fresh = await startRenderer({ RENDER_SLOTS: '1' });
      try {
        await store(fresh, changed);
        expect((await renderAssets(fresh, { scoreKey, stemFormat })).result.assets).toEqual(revision.result.assets);
      } finally {
        await fresh.stop();
      }
    },
  );

  it('gives the same bytes with one thread as with two and four, stored and streamed', async () => {
    const sampled = testScore().tracks;
    const synthesised = ['supersaw-lead', 'reese-bass', 'tr-909-kit'].map((instrument, index) => ({
      ...sampled[index]!,
      id: instrument,
      instrument,
    }));
    const score = testScore({ title: 'Threads', tracks: [...sampled, ...synthesised] });
    const hashes = await Promise.all(
      ['1', '2', '4'].map(async (slots) => {
        const other = await startRenderer({ RENDER_SLOTS: slots });
        try {
          const { result } = await renderAssets(other, {
            scoreKey: await store(other, score),
            formats: ['wav', 'flac', 'mp3', 'opus'],
            stemFormat: 'flac',
          });
          const wav = await stream(other, { score: scoreToMessage(score) });
          const opus = await stream(other, { score: scoreToMessage(score), format: 'opus' });
          return [
            ...result.assets.map(({ name, sha256 }) => [name, sha256]),
            ...[wav, opus].map(({ audio }) => createHash('sha256').update(audio).digest('hex')),
          ];
        } finally {
          await other.stop();
        }
      }),
    );
    expect(hashes[1]).toEqual(hashes[0]);
    expect(hashes[2]).toEqual(hashes[0]);
  });

  it('streams the mix as it is rendered, near the loudness of the stored one', async () => {
    const score = testScore();
    const { events, audio } = await stream(renderer, { score: scoreToMessage(score) });
    expect(events[0]!.header).toEqual({ contentType: 'audio/wav', sampleRate: 44_100, channels: 2, durationMs: 8000 });
    expect(Math.max(...events.map((event) => event.audio?.length ?? 0))).toBeLessThanOrEqual(64 * 1024);
    expect(audio.readUInt32LE(40)).toBe(8 * 44_100 * 6);
    expect(audio.readUInt32LE(4)).toBe(audio.length - 8);
    const { result } = await renderAssets(renderer, { scoreKey: await store(renderer, score) });
    const rms = (wav: Buffer) => 10 * Math.log10(samples(wav)[0].reduce((sum, sample) => sum + sample ** 2, 0));
    expect(Math.abs(rms(audio) - rms(await fetchObject(renderer, result.assets[0]!.objectKey)))).toBeLessThan(2);
    expect(events.findIndex((event) => event.audio)).toBeLessThan(
      events.findIndex((event) => event.progress?.percent === 100),
    );
  });

  it('streams a stem as it is stored', async () => {
    const scoreKey = await store(renderer, testScore());
    const { result } = await renderAssets(renderer, { scoreKey, stemFormat: 'wav' });
    const bass = result.assets.find(({ trackId }) => trackId === 'bass')!;
    const { audio } = await stream(renderer, { scoreKey, trackId: 'bass' });
    expect(createHash('sha256').update(audio).digest('hex')).toBe(bass.sha256);
  });

  it('streams MP3 at 48 kHz', async () => {
    const { events, audio } = await stream(renderer, {
      score: scoreToMessage(testScore()),
      format: 'mp3',
      sampleRate: 48_000,
    });
    expect(events[0]!.header).toMatchObject({ contentType: 'audio/mpeg', sampleRate: 48_000 });
    expect(audio.toString('latin1', 0, 3)).toBe('ID3');
    // The length of a tag is told in 7 bits of each byte.
    const tagEnd = 10 + [...audio.subarray(6, 10)].reduce((sum, byte) => sum * 128 + byte, 0);
    expect([audio[tagEnd], audio[tagEnd + 1]! & 0xfe, audio[tagEnd + 2]! & 0xfc]).toEqual([0xff, 0xfa, 0xd4]);
    expect(Math.abs(audio.length - tagEnd - 8 * 32_000)).toBeLessThan(4_000);
  });

  it('streams Opus, to its last frame', async () => {
    const { events, audio } = await stream(renderer, { score: scoreToMessage(testScore()), format: 'opus' });
    expect(events[0]!.header).toMatchObject({ contentType: 'audio/ogg', durationMs: 8000 });
    const [head, last] = [audio.indexOf('OpusHead'), audio.lastIndexOf('OggS')];
    expect(head).toBe(28);
    // The last page says that it is the last, and where the stream ends at 48 kHz.
    expect(audio[last + 5]).toBe(4);
    expect(Number(audio.readBigUInt64LE(last + 6)) - audio.readUInt16LE(head + 10)).toBe(8 * 48_000);
  });

  it('says in its files what the music is, and in the mix how loud', async () => {
    const score = testScore({ title: 'Tagged' });
    const { result } = await renderAssets(renderer, {
      scoreKey: await store(renderer, score),
      formats: ['flac'],
      stemFormat: 'flac',
    });
    const [mix, , stem] = await Promise.all(
      result.assets.map(async ({ objectKey }) => (await fetchObject(renderer, objectKey)).toString('utf8', 0, 1000)),
    );
    const measure = result.measures.find(({ name }) => name === 'integrated-loudness')!.value;
    expect(mix).toContain('TITLE=Tagged');
    expect(mix).toContain('BPM=120');
    const gain = /REPLAYGAIN_TRACK_GAIN=(-?[\d.]+) dB/.exec(mix!)![1];
    expect(Number(gain)).toBeCloseTo(-18 - measure, 1);
    expect(stem).toContain('TITLE=Tagged (piano)');
    expect(stem).not.toContain('REPLAYGAIN');
  });

  it('refuses one render more than it has slots, with a time to try again', async () => {
    const scoreKey = await store(renderer, testScore());
    const open = await Promise.all(
      [0, 1].map(async () => {
        const streaming = renderer.client
          .render({ scoreKey, format: 'wav', sampleRate: 0, trackId: '' }, CALL)
          [Symbol.asyncIterator]();
        await streaming.next();
        return streaming;
      }),
    );
    const refused = await failure(stream(renderer, { scoreKey }));
    expect(refused.reason).toBe('RESOURCE_EXHAUSTED');
    expect(refused.retryAfterMs).toBeGreaterThanOrEqual(200);
    await Promise.all(open.map((streaming) => streaming.return?.()));
    for (;;) {
      const error = await failure(
        stream(renderer, { scoreKey }).then(() => Promise.reject(new DomainError('ABORTED', 'streamed'))),
      );
      if (error.reason === 'ABORTED') break;
      expect(error.reason).toBe('RESOURCE_EXHAUSTED');
    }
  });

  it('fails with storage, and goes on when storage does', async () => {
    const request = {
      scoreKey: await store(renderer, testScore({ title: 'Away' })),
      formats: ['mp3'],
      stemFormat: 'flac',
      sampleRate: 48_000,
    };
    for (const folder of ['stems/', 'mixes/', 'renders/']) {
      renderer.objects.refuse = (key) =>
        key.startsWith(folder) ? new DomainError('UNAVAILABLE', 'storage is away') : undefined;
      const error = await failure(renderAssets(renderer, request));
      expect([error.reason, error.message]).toEqual(['UNAVAILABLE', 'storage is away']);
    }
    renderer.objects.refuse = () => undefined;
    expect((await renderAssets(renderer, request)).result.assets).toHaveLength(6);
  });

  it('stops the work of a caller who has gone', async () => {
    const long = testScore({ title: 'Long', sections: [{ id: 'a-1', name: 'a', startBar: 0, bars: 200, energy: 50 }] });
    const scoreKey = await store(renderer, long);
    const abort = new AbortController();
    const rendering = renderer.client
      .renderAssets(
        { scoreKey, formats: ['wav'], stemFormat: 'flac', sampleRate: 0 },
        { ...CALL, signal: abort.signal },
      )
      [Symbol.asyncIterator]();
    while (((await rendering.next()).value?.progress?.percent ?? 0) < 5);
    const busy = async () =>
      /pool_resources\{[^}]*pool="render_slots",state="busy"[^}]*\} (\d+)/.exec(
        await (await fetch(`http://127.0.0.1:${renderer.service.metricsPort}/metrics`)).text(),
      )![1];
    expect(await busy()).toBe('1');
    abort.abort();
    await expect(rendering.next()).rejects.toMatchObject({ reason: 'CANCELLED' });
    while ((await busy()) !== '0') await new Promise((resolve) => setTimeout(resolve, 2));
  });

  describe('bad input', () => {
    it.each<[string, Partial<RenderAssetsRequest>, string]>([
      ['no score', {}, 'score_key'],
      ['an unknown format', { scoreKey: 'scores/x', formats: ['wav', 'ogg'] }, 'formats[1]'],
      ['an unknown stem format', { scoreKey: 'scores/x', stemFormat: 'mp3' }, 'stem_format'],
      ['an unknown sample rate', { scoreKey: 'scores/x', sampleRate: 22_050 }, 'sample_rate'],
    ])('%s', async (_, request, field) => {
      const error = await failure(renderAssets(renderer, request));
      expect([error.reason, error.fields[0]?.field]).toEqual(['INVALID_ARGUMENT', field]);
    });

    it("a score that is not there, or is another owner's", async () => {
      const scoreKey = await store(renderer, testScore({ title: 'Mine' }));
      expect((await failure(renderAssets(renderer, { scoreKey: 'scores/none.json' }))).reason).toBe('NOT_FOUND');
      expect((await failure(renderAssets(renderer, { scoreKey }, 'bob'))).reason).toBe('NOT_FOUND');
    });

    it('a score that is none', async () => {
      const broken = structuredClone(testScore());
      broken.tracks[1]!.notes[2]!.pitch = 300;
      const error = await failure(renderAssets(renderer, { scoreKey: await store(renderer, broken) }));
      expect(error.reason).toBe('INVALID_ARGUMENT');
      expect(error.fields[0]!.field).toBe('tracks[1].notes[2].pitch');
      expect((await failure(stream(renderer, { score: scoreToMessage(broken) }))).fields[0]!.field).toBe(
        'tracks[1].notes[2].pitch',
      );
    });

    it('a track that the score has not', async () => {
      const error = await failure(stream(renderer, { score: scoreToMessage(testScore()), trackId: 'tuba' }));
      expect([error.reason, error.fields[0]?.field]).toEqual(['INVALID_ARGUMENT', 'track_id']);
      expect(error.message).toContain('one of piano, bass, drums, flute');
    });

    it.each([
      ['MAX_TRACKS', '3', 'score.tracks'],
      ['MAX_NOTES', '10', 'score.tracks.notes'],
      ['MAX_DURATION_SECONDS', '3', 'score.sections'],
    ])('more than %s', async (variable, value, field) => {
      const small = await startRenderer({ [variable]: value, RENDER_SLOTS: '1' });
      try {
        const error = await failure(renderAssets(small, { scoreKey: await store(small, testScore()) }));
        expect([error.reason, error.fields[0]?.field]).toEqual(['INVALID_ARGUMENT', field]);
        expect(error.message).toContain(`at most ${value}`);
      } finally {
        await small.stop();
      }
    });

    it('no owner', async () => {
      expect((await failure(renderAssets(renderer, { scoreKey: 'scores/x' }, ''))).reason).toBe('UNAUTHENTICATED');
    });
  });

  it('is not ready with sounds that cannot be played', async () => {
    const broken = await startRenderer({ SOUNDFONT_PATH: __filename, RENDER_SLOTS: '1', LOG_LEVEL: 'silent' });
    try {
      const deadline = Date.now() + 20_000;
      let state = '';
      while (!state.includes('cannot be played') && Date.now() < deadline)
        state = await (await fetch(`http://127.0.0.1:${broken.service.httpPort}/readyz`)).text();
      expect(state).toContain('SOUNDFONT_PATH');
      expect((await fetch(`http://127.0.0.1:${broken.service.httpPort}/healthz`)).status).toBe(200);
    } finally {
      await broken.stop();
    }
  });

  it('stops while the sounds are being loaded, and blames nobody', async () => {
    const errors = jest.spyOn(Logger.prototype, 'error');
    try {
      const early = await startRenderer({ LOG_LEVEL: 'silent' });
      await early.stop();
      await new Promise((resolve) => setImmediate(resolve));
      expect(errors.mock.calls).toEqual([]);
    } finally {
      errors.mockRestore();
    }
  });

  it('lists its instruments by pages and tells its limits', async () => {
    const first = await renderer.client.listInstruments({ pageSize: 100, pageToken: '' });
    const second = await renderer.client.listInstruments({ pageSize: 100, pageToken: first.nextPageToken });
    expect(first.instruments[4]).toMatchObject({ id: 'electric-piano-1', program: 4, drumKit: false });
    expect(first.instruments).toHaveLength(100);
    expect(second.instruments.some(({ drumKit }) => drumKit)).toBe(true);
    expect(second.nextPageToken).toBe('');
    expect((await failure(renderer.client.listInstruments({ pageSize: 501, pageToken: '' }))).fields[0]!.field).toBe(
      'page_size',
    );
    expect(
      (await failure(renderer.client.listInstruments({ pageSize: 1, pageToken: 'nothing' }))).fields[0]!.field,
    ).toBe('page_token');
    expect(await renderer.client.getCapabilities({})).toMatchObject({
      mixFormats: ['wav', 'mp3', 'flac', 'opus'],
      stemFormats: ['wav', 'flac'],
      sampleRates: [44_100, 48_000],
      slots: 2,
      soundFont: 'MuseScore_General_Lite',
    });
  });
});
