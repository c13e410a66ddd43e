import { Api, type Problem } from './api';
import { RunningSystem } from './running-system';

describe('bad input gets a clear, typed answer', () => {
  let system: RunningSystem;
  let api: Api;
  beforeAll(async () => {
    system = await RunningSystem.start();
    api = new Api(() => system.url);
  });
  afterAll(() => system.stop());

  async function problem(response: Response): Promise<Problem> {
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    const body = (await response.json()) as Problem;
    expect(body.status).toBe(response.status);
    expect(body.reason).toMatch(/^[A-Z][A-Z0-9_]+$/);
    expect(body.requestId).toMatch(/\S/);
    return body;
  }

  const REFUSED: [string, unknown, RegExp][] = [
    ['an empty prompt', { prompt: '' }, /prompt/],
    ['a blank prompt', { prompt: ' \t\n ' }, /prompt/],
    ['nothing at all', {}, /prompt/],
    ['100,000 characters', { prompt: 'x'.repeat(100_000) }, /prompt/],
    ['tempo 0', { prompt: 'house at 0 bpm' }, /tempo/],
    ['tempo 5000', { prompt: 'house at 5000 bpm' }, /tempo/],
    ['tempo 5000 as a control', { prompt: 'house', controls: { tempoBpm: 5000 } }, /tempoBpm/],
    ['10,000 bars', { prompt: 'house, 10,000 bars' }, /bars/],
    ['10,000 bars as a control', { prompt: 'house', controls: { bars: 10_000 } }, /bars/],
    ['an unknown style as a control', { prompt: 'song', controls: { style: 'florbcore' } }, /style/],
    [
      'an unknown instrument as a control',
      { prompt: 'song', controls: { instruments: ['wobblephone'] } },
      /instruments/,
    ],
    ['wrong types', { prompt: 42 }, /prompt/],
    ['an unknown field', { prompt: 'house', promt: 'house' }, /promt/],
    ['a seed out of range', { prompt: 'house', seed: -1 }, /seed/],
    ['an unknown format', { prompt: 'house', formats: ['aiff'] }, /formats/],
    ['too many candidates', { prompt: 'house', candidates: 99 }, /candidates/],
  ];

  it.each(REFUSED)('%s: 400 that names the field', async (_name, body, field) => {
    const response = await api.post('/v1/songs', body);
    expect(response.status).toBe(400);
    const { errors } = await problem(response);
    expect(errors!.map((error) => error.field).join(' ')).toMatch(field);
    for (const error of errors!) expect(error.allowed).toMatch(/\S/);
  });

  it('another script, emoji and contradictions make a song, and the receipt tells', async () => {
    const job = await api.createSong({ prompt: 'house 🎹 漢字 120 bpm at 90 bpm, 8 bars', formats: ['wav'] });
    expect(await api.finished(job.id)).toMatchObject({ state: 'succeeded' });
    const receipt = await api.get<{ notUnderstood: string[]; remarks: string[] }>(
      `/v1/songs/${job.songId}/revisions/1/receipt`,
    );
    expect(receipt.notUnderstood.join(' ')).toContain('漢字');
    expect(receipt.remarks.join(' ')).toMatch(/120.*90|90.*120/);
  });

  it('control characters: a clear answer, not a 500', async () => {
    const response = await api.post('/v1/songs', { prompt: 'house\u0000\u0007 8 bars' });
    expect([202, 400]).toContain(response.status);
    if (response.status === 400) expect((await problem(response)).errors![0]!.field).toMatch(/prompt/);
  });

  it('malformed JSON, wrong media type, wrong method, wrong path, too large a body', async () => {
    const json = { 'content-type': 'application/json' };
    const post = (body: string, headers: Record<string, string>) =>
      api.request('/v1/songs', { method: 'POST', body, headers });
    const malformed = await post('{"prompt": ', json);
    expect(malformed.status).toBe(400);
    await problem(malformed);
    const media = await post('prompt: house', { 'content-type': 'text/yaml' });
    expect(media.status).toBe(415);
    await problem(media);
    const method = await api.request('/v1/songs', { method: 'PUT' });
    expect(method.status).toBe(405);
    expect(method.headers.get('allow')).toMatch(/POST/);
    await problem(method);
    const path = await api.request('/v1/nothing');
    expect(path.status).toBe(404);
    await problem(path);
    const large = await post(JSON.stringify({ prompt: 'x'.repeat(2_000_000) }), json);
    expect(large.status).toBe(413);
    await problem(large);
  });

  it('unknown and deleted jobs and songs', async () => {
    for (const path of [
      '/v1/jobs/nobody',
      '/v1/songs/nobody',
      '/v1/jobs/00000000-0000-7000-8000-000000000000',
      '/v1/songs/x/revisions/1',
    ]) {
      const response = await api.request(path);
      expect([400, 404]).toContain(response.status);
      await problem(response);
    }
    const job = await api.createSong({ prompt: 'house, 4 bars', formats: ['wav'] });
    await api.finished(job.id);
    expect((await api.request(`/v1/songs/${job.songId}`, { method: 'DELETE' })).status).toBe(204);
    const gone = await api.request(`/v1/songs/${job.songId}`);
    expect(gone.status).toBe(404);
    await problem(gone);
  });

  it('a bad Range, and a sentence of which nothing is understood', async () => {
    const job = await api.createSong({ prompt: 'house, 4 bars', formats: ['wav'] });
    await api.finished(job.id);
    const audio = `/v1/songs/${job.songId}/revisions/1/audio?format=wav`;
    const range = await api.request(audio, { headers: { range: 'bytes=99999999999-' } });
    expect(range.status).toBe(416);
    expect(range.headers.get('content-range')).toMatch(/^bytes \*\/\d+$/);
    const sentence = await api.post(`/v1/songs/${job.songId}/revisions`, { instruction: 'paint it purple' });
    expect(sentence.status).toBe(400);
    expect((await problem(sentence)).reason).toBe('INVALID_ARGUMENT');
  });

  it('a job that ended can be neither cancelled nor approved', async () => {
    const job = await api.createSong({ prompt: 'house, 4 bars', formats: ['wav'] });
    await api.finished(job.id);
    for (const verb of ['cancel', 'approve']) {
      const response = await api.post(`/v1/jobs/${job.id}:${verb}`, {});
      expect(response.status).toBe(409);
      await problem(response);
    }
  });
});
