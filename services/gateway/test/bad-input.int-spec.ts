import { connect } from 'node:net';
import request from 'supertest';
import { GatewayHarness } from './fakes/gateway-harness';

interface Violation {
  field: string;
  value?: unknown;
  allowed: string;
}

describe('bad input', () => {
  let gateway: GatewayHarness;
  let song: string;
  let job: string;
  const api = () => request(gateway.url);

  beforeAll(async () => {
    gateway = await GatewayHarness.start();
    const { body } = await api().post('/v1/songs').send({ prompt: 'a song to be asked badly for' });
    [song, job] = [body.song.id, body.job.id];
    gateway.backends.world.publish(job);
  });
  afterAll(() => gateway.stop());

  function expectProblem(answer: request.Response, status: number, reason: string): Violation[] {
    expect({ status: answer.status, reason: answer.body.reason, detail: answer.body.detail }).toEqual({
      status,
      reason,
      detail: expect.stringMatching(/\S/),
    });
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(answer.body).toMatchObject({
      type: 'about:blank',
      status,
      requestId: answer.headers['x-request-id'],
      instance: expect.any(String),
    });
    return answer.body.errors as Violation[];
  }

  const deep = '['.repeat(50_000) + ']'.repeat(50_000);
  const songs: [string, unknown, string, RegExp][] = [
    ['nothing', {}, 'prompt', /1 to 4000 characters/],
    ['an empty prompt', { prompt: '' }, 'prompt', /1 to 4000 characters/],
    ['a blank prompt', { prompt: ' \n ' }, 'prompt', /1 to 4000 characters/],
    ['empty controls alone', { controls: {} }, 'prompt', /controls/],
    ['100,000 characters', { prompt: 'x'.repeat(100_000) }, 'prompt', /at most 4000 characters/],
    ['a NUL', { prompt: 'a\u0000b' }, 'prompt', /without control characters/],
    ['an escape', { prompt: 'a\u001b[31m' }, 'prompt', /without control characters/],
    ['a lone surrogate', { prompt: 'a\ud800b' }, 'prompt', /without control characters/],
    ['a number for a prompt', { prompt: 42 }, 'prompt', /a text/],
    ['null for a prompt', { prompt: null }, 'prompt', /a text/],
    ['a list', [], '', /a JSON object/],
    ['a text', '"hello"', '', /a JSON object/],
    ['null', 'null', '', /a JSON object/],
    ['an unknown field', { prompt: 'x', tempo: 90 }, 'tempo', /no such field; there are prompt, controls/],
    [
      'an unknown control',
      { prompt: 'x', controls: { bpm: 90 } },
      'controls.bpm',
      /no such field; there are title, style/,
    ],
    ['__proto__', '{"prompt": "x", "__proto__": {"seed": 1}}', '__proto__', /no such field/],
    ['constructor', { prompt: 'x', constructor: 1 }, 'constructor', /no such field/],
    ['tempo 0', { controls: { tempoBpm: 0 } }, 'controls.tempoBpm', /at least 20/],
    ['tempo 5000', { controls: { tempoBpm: 5000 } }, 'controls.tempoBpm', /at most 400/],
    ['a tempo in words', { controls: { tempoBpm: 'fast' } }, 'controls.tempoBpm', /a number/],
    ['an infinite tempo', '{"controls": {"tempoBpm": 1e999}}', 'controls.tempoBpm', /a number|at most 400/],
    ['10,000 bars', { controls: { bars: 10_000 } }, 'controls.bars', /at most 1024/],
    ['half a bar', { controls: { bars: 8.5 } }, 'controls.bars', /a whole number/],
    [
      'an unknown mode',
      { controls: { key: { tonic: 'D', mode: 'minorish' } } },
      'controls.key.mode',
      /one of major, minor/,
    ],
    ['an unknown note', { controls: { key: { tonic: 'H', mode: 'minor' } } }, 'controls.key.tonic', /C, F# or Bb/],
    ['a key without mode', { controls: { key: { tonic: 'D' } } }, 'controls.key.mode', /one of major/],
    [
      '7 over 5',
      { controls: { meter: { numerator: 7, denominator: 5 } } },
      'controls.meter.denominator',
      /one of 2, 4, 8, 16/,
    ],
    ['a negative seed', { prompt: 'x', seed: -1 }, 'seed', /at least 0/],
    ['a seed of 2^32', { prompt: 'x', seed: 4_294_967_296 }, 'seed', /at most 4294967295/],
    ['99 candidates', { prompt: 'x', candidates: 99 }, 'candidates', /at most 8/],
    ['an unknown approval', { prompt: 'x', approval: 'maybe' }, 'approval', /one of none, plan/],
    ['an unknown format', { prompt: 'x', formats: ['wav', 'aiff'] }, 'formats[1]', /one of wav, mp3, flac, opus/],
    ['formats as a text', { prompt: 'x', formats: 'wav' }, 'formats', /a list/],
    ['MP3 stems', { prompt: 'x', stemFormat: 'mp3' }, 'stemFormat', /one of wav, flac/],
    ['21 tags', { prompt: 'x', tags: Array.from({ length: 21 }, String) }, 'tags', /at most 20 items/],
    ['a tag of two lines', { prompt: 'x', tags: ['a\nb'] }, 'tags[0]', /one line/],
    ['two titles', { prompt: 'x', title: 'a', controls: { title: 'b' } }, 'title', /the same as controls.title/],
    ['a JSON bomb', deep, '', /a JSON object/],
  ];

  it.each(songs)('a song of %s', async (_name, body, field, allowed) => {
    const answer = await api()
      .post('/v1/songs')
      .type('json')
      .send(typeof body === 'string' ? body : JSON.stringify(body));
    const errors = expectProblem(answer, 400, 'INVALID_ARGUMENT');
    expect(errors.map((error) => error.field)).toContain(field);
    expect(errors.find((error) => error.field === field)?.allowed).toMatch(allowed);
  });

  it('tells unknown fields as they were written', async () => {
    const errors = expectProblem(
      await api().post('/v1/songs').send({ prompt: 'x', tempo_bpm: 90 }),
      400,
      'INVALID_ARGUMENT',
    );
    expect(errors[0]?.field).toBe('tempo_bpm');
  });

  it('tells no value of what a query should not hold: it may be a token', async () => {
    for (const path of ['/v1/songs', '/v1/jobs', '/v1/nothing', '/v1/songs/nobody']) {
      const answer = await api().get(`${path}?access_token=s3cr3t`);
      expect([400, 404]).toContain(answer.status);
      expect(answer.text).not.toContain('s3cr3t');
      expect(answer.body.instance).toBe(path);
    }
    const errors = expectProblem(await api().get('/v1/songs?access_token=s3cr3t'), 400, 'INVALID_ARGUMENT');
    expect(errors[0]).toEqual({ field: 'access_token', allowed: expect.stringMatching(/no such field/) });
  });

  it('lists every fault of a body, with its value', async () => {
    const errors = expectProblem(
      await api()
        .post('/v1/songs')
        .send({ prompt: 'x', seed: -1, formats: ['ogg'], nope: true }),
      400,
      'INVALID_ARGUMENT',
    );
    expect(errors.map(({ field, value }) => [field, value])).toEqual(
      expect.arrayContaining([
        ['seed', -1],
        ['formats[0]', 'ogg'],
        ['nope', true],
      ]),
    );
  });

  const edits: [string, unknown, string, RegExp][] = [
    ['nothing', {}, 'edits', /either edits or instruction/],
    [
      'both',
      { edits: [{ type: 'transpose', semitones: 1 }], instruction: 'x' },
      'edits',
      /either edits or instruction/,
    ],
    ['no edits', { edits: [] }, 'edits', /at least 1 items/],
    ['an unknown type', { edits: [{ type: 'explode' }] }, 'edits[0].type', /one of transpose, setKey/],
    ['no type', { edits: [{}] }, 'edits[0].type', /one of transpose/],
    ['25 semitones', { edits: [{ type: 'transpose', semitones: 25 }] }, 'edits[0].semitones', /at most 24/],
    [
      'a field of another type',
      { edits: [{ type: 'transpose', semitones: 1, trackId: 'bass' }] },
      'edits[0].trackId',
      /no such field; there are type, semitones/,
    ],
    [
      'bars the wrong way round',
      { edits: [{ type: 'regenerate', fromBar: 8, toBar: 8 }] },
      'edits[0].toBar',
      /more than fromBar/,
    ],
    ['gain of 99 dB', { edits: [{ type: 'setMix', trackId: 'bass', gainDb: 99 }] }, 'edits[0].gainDb', /at most 12/],
    ['revision 0', { edits: [{ type: 'fadeOut', bars: 1 }], baseRevision: 0 }, 'baseRevision', /at least 1/],
  ];

  it.each(edits)('a revision of %s', async (_name, body, field, allowed) => {
    const errors = expectProblem(
      await api()
        .post(`/v1/songs/${song}/revisions`)
        .send(body as object),
      400,
      'INVALID_ARGUMENT',
    );
    expect(errors.find((error) => error.field === field)?.allowed).toMatch(allowed);
  });

  it('an undo among other edits', async () => {
    const body = { edits: [{ type: 'undo' }, { type: 'transpose', semitones: 1 }] };
    const errors = expectProblem(await api().post(`/v1/songs/${song}/revisions`).send(body), 400, 'INVALID_ARGUMENT');
    expect(errors).toMatchObject([{ field: 'edits', allowed: 'an undo by itself' }]);
  });

  const queries: [string, string, RegExp][] = [
    ['/v1/songs?pageSize=0', 'pageSize', /from 1 to 100/],
    ['/v1/songs?pageSize=101', 'pageSize', /from 1 to 100/],
    ['/v1/songs?pageSize=ten', 'pageSize', /a whole number/],
    ['/v1/songs?pageSize=1e1', 'pageSize', /a whole number/],
    ['/v1/songs?pageSize=1&pageSize=2', 'pageSize', /a whole number/],
    ['/v1/songs?pageToken=%00', 'pageToken', /nextPageToken/],
    ['/v1/songs?orderBy=price', 'orderBy', /one of create_time desc/],
    ['/v1/songs?text=%00', 'text', /control characters/],
    ['/v1/songs?nope=1', 'nope', /no such field; there are pageSize/],
    ['/v1/songs?tag[]=1', 'tag[]', /no such field/],
    ['/v1/jobs?state=done', 'state', /one or more of queued/],
    ['/v1/jobs?song=../x', 'song', /id of a song/],
    ['/v1/styles?pageSize=-1', 'pageSize', /from 1/],
    ['/v1/songs/SONG/revisions/0', 'number', /from 1/],
    ['/v1/songs/SONG/revisions/latest', 'number', /a whole number/],
    ['/v1/songs/SONG/revisions/99999999999', 'number', /to 4294967295/],
    ['/v1/songs/..%2f..%2fetc', 'song', /id of a song/],
    ['/v1/songs/SONG/revisions/1/audio?format=ogg', 'format', /one of wav, mp3, flac, opus/],
    ['/v1/songs/SONG/revisions/1/stems/bass?format=mp3', 'format', /one of wav, flac/],
    ['/v1/songs/SONG/revisions/1/assets/..%2f..%2fetc%2f%00', 'name', /name of an asset/],
    ['/v1/jobs/JOB%3Acancel', 'job', /id of a job/],
    ['/v1/jobs/JOB?verbose=1', 'verbose', /no such field; there are none/],
    ['/v1/jobs/JOB/events?from=1', 'from', /no such field; there are after/],
    ['/v1/jobs/JOB/events?after=1&after=2', 'after', /a whole number/],
    ['/v1/songs/SONG/revisions/1/peaks?format=json', 'format', /no such field; there are none/],
    ['/v1/songs/SONG/revisions/1/midi?track=bass', 'track', /no such field; there are none/],
    ['/v1/songs/SONG/revisions/1/musicxml?x', 'x', /no such field; there are none/],
    ['/v1/songs/SONG/revisions/1/assets/mix.mp3?v=1', 'v', /no such field; there are none/],
    ['/v1/songs/SONG/revisions/1/audio?trackId=bass', 'trackId', /no such field; there are format/],
    ['/v1/usage?of=everybody', 'of', /no such field; there are none/],
    ['/v1/jobs/JOB/events?after=-1', 'after', /from 0/],
  ];

  it.each(queries)('GET %s', async (path, field, allowed) => {
    const errors = expectProblem(
      await api().get(path.replace('SONG', song).replace('JOB', job)),
      400,
      'INVALID_ARGUMENT',
    );
    expect(errors.find((error) => error.field === field)?.allowed).toMatch(allowed);
  });

  const absent: [string, string][] = [
    ['GET', '/'],
    ['GET', '/v1'],
    ['GET', '/v1/nothing'],
    ['POST', '/v1/jobs/x:explode'],
    ['GET', '/v1/songs/nobody'],
    ['GET', '/v1/jobs/nobody'],
    ['GET', '/v1/jobs/nobody/events'],
    ['GET', '/v1/songs/nobody/revisions'],
    ['GET', '/v1/songs/SONG/revisions/9'],
    ['GET', '/v1/songs/SONG/revisions/9/audio'],
    ['GET', '/v1/songs/SONG/revisions/1/stems/theremin'],
    ['GET', '/v1/songs/SONG/revisions/1/audio?format=flac'],
    ['GET', '/v1/songs/SONG/revisions/1/assets/nothing.wav'],
    ['GET', '/v1/songs/SONG/revisions/1/assets/stems'],
  ];

  it.each(absent)('%s %s is not there', async (method, path) => {
    const agent = api();
    const target = path.replace('SONG', song);
    expectProblem(await (method === 'GET' ? agent.get(target) : agent.post(target)), 404, 'NOT_FOUND');
  });

  const methods: [string, string, string][] = [
    ['PUT', '/v1/songs', 'GET, HEAD, POST'],
    ['DELETE', '/v1/songs', 'GET, HEAD, POST'],
    ['POST', '/v1/songs/SONG', 'DELETE, GET, HEAD, PATCH'],
    ['PATCH', '/v1/jobs/JOB', 'GET, HEAD'],
    ['GET', '/v1/jobs/JOB:approve', 'POST'],
    ['GET', '/v1/jobs/JOB:cancel', 'POST'],
    ['HEAD', '/v1/jobs/JOB:cancel', 'POST'],
    ['GET', '/v1/jobs/JOB:retry', 'POST'],
    ['DELETE', '/v1/jobs/JOB:retry/', 'POST'],
    ['PUT', '/v1/songs/SONG/revisions/1/assets/stems/bass.wav', 'GET, HEAD'],
    ['POST', '/v1/styles', 'GET, HEAD'],
    ['DELETE', '/v1/songs/SONG/revisions/1/audio', 'GET, HEAD'],
    ['TRACE', '/v1/songs', 'GET, HEAD, POST'],
    ['TRACE', '/v1/jobs/JOB', 'GET, HEAD'],
    ['TRACE', '/v1/songs/SONG/revisions/1/score', 'GET, HEAD'],
  ];

  it.each(methods)('%s %s is not allowed', async (method, path, allow) => {
    const target = path.replace('SONG', song).replace('JOB', job);
    const answer = await new request.Test(gateway.url as never, method, target);
    if (method === 'HEAD') expect(answer.status).toBe(405);
    else expectProblem(answer, 405, 'METHOD_NOT_ALLOWED');
    expect(answer.headers.allow).toBe(allow);
  });

  it('malformed JSON', async () => {
    for (const body of ['{"prompt": ', '{prompt: "x"}', '', '\u0000', '{"prompt":"x"}}', "{'prompt':1}", 'NaN']) {
      const answer = await api().post('/v1/songs').type('json').send(body);
      expect([answer.status, answer.body.reason]).toEqual([
        400,
        body === '' ? 'INVALID_ARGUMENT' : 'MALFORMED_REQUEST',
      ]);
    }
  });

  it('bytes that are not UTF-8', async () => {
    const answer = await api()
      .post('/v1/songs')
      .type('json')
      .serialize((body) => body as never)
      .send(Buffer.from([0x7b, 0xff, 0xfe, 0x7d]) as never);
    expect(answer.status).toBe(400);
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/xml',
    'nonsense',
  ])('a body of %s', async (type) => {
    const errors = expectProblem(
      await api().post('/v1/songs').set('Content-Type', type).send('prompt=x'),
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    );
    expect(errors).toEqual([{ field: 'Content-Type', value: type, allowed: 'application/json' }]);
  });

  it('an encoding or charset that is not known', async () => {
    expectProblem(
      await api().post('/v1/songs').type('json').set('Content-Encoding', 'zstd9').send('{}'),
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    );
    expectProblem(
      await api().post('/v1/songs').set('Content-Type', 'application/json; charset=ebcdic').send('{}'),
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    );
    expectProblem(
      await api().post('/v1/songs').type('json').set('Content-Encoding', 'gzip').send('{"prompt":"x"}'),
      400,
      'MALFORMED_REQUEST',
    );
  });

  it('a body above 256 KiB', async () => {
    const errors = expectProblem(
      await api()
        .post('/v1/songs')
        .send({ prompt: 'x'.repeat(300_000) }),
      413,
      'PAYLOAD_TOO_LARGE',
    );
    expect(errors[0]?.allowed).toBe('at most 262144 bytes');
  });

  it('an Accept that nothing here answers', async () => {
    expectProblem(await api().get('/v1/songs').set('Accept', 'text/csv'), 406, 'NOT_ACCEPTABLE');
    expectProblem(await api().get(`/v1/jobs/${job}/events`).set('Accept', 'application/json'), 406, 'NOT_ACCEPTABLE');
    expect((await api().get('/v1/songs').set('Accept', 'text/html, */*;q=0.1')).status).toBe(200);
  });

  it('a malformed Idempotency-Key or Last-Event-ID', async () => {
    for (const key of ['with blank', 'x'.repeat(129), 'grün']) {
      const answer = await api()
        .post('/v1/songs')
        .set('Idempotency-Key', Buffer.from(key, 'utf8').toString('latin1'))
        .send({ prompt: 'x' });
      expect(expectProblem(answer, 400, 'INVALID_ARGUMENT')[0]?.field).toBe('Idempotency-Key');
    }
    for (const id of ['abc', '', '-1']) {
      const answer = await api().get(`/v1/jobs/${job}/events`).set('Last-Event-ID', id);
      expect(expectProblem(answer, 400, 'INVALID_ARGUMENT')[0]?.field).toBe('Last-Event-ID');
    }
  });

  it('paths that are not percent-encoding', async () => {
    expectProblem(await api().get('/v1/songs/%zz'), 400, 'MALFORMED_REQUEST');
    expectProblem(await api().get('/v1/songs/%ff'), 400, 'MALFORMED_REQUEST');
    expectProblem(await api().put('/%zz'), 400, 'MALFORMED_REQUEST');
  });

  it('a change of nothing, and one of more than title and tags', async () => {
    expectProblem(await api().patch(`/v1/songs/${song}`).send({}), 400, 'INVALID_ARGUMENT');
    expectProblem(await api().patch(`/v1/songs/${song}`).send({ owner: 'me' }), 400, 'INVALID_ARGUMENT');
    expectProblem(await api().patch(`/v1/songs/${song}`).send({ title: ' ' }), 400, 'INVALID_ARGUMENT');
    expectProblem(await api().patch(`/v1/songs/${song}`), 400, 'INVALID_ARGUMENT');
  });

  it('steps that the state of a job does not allow', async () => {
    expectProblem(await api().post(`/v1/jobs/${job}:cancel`), 409, 'JOB_ENDED');
    expectProblem(await api().post(`/v1/jobs/${job}:retry`), 409, 'FAILED_PRECONDITION');
    expectProblem(
      await api()
        .post(`/v1/jobs/${job}:approve`)
        .send({ plan: { title: 'x' } }),
      400,
      'INVALID_ARGUMENT',
    );
    expectProblem(await api().post('/v1/jobs/nobody:cancel'), 404, 'NOT_FOUND');
  });

  it('garbage instead of HTTP ends in 400 or a cut, and the server lives', async () => {
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(gateway.service.httpPort, '127.0.0.1', () => socket.write('GARBAGE\r\n\r\n'));
      let text = '';
      socket.on('data', (data) => (text += String(data)));
      socket.on('close', () => resolve(text));
    });
    expect(answer).toMatch(/^HTTP\/1\.1 400/);
    expect((await api().get('/healthz')).status).toBe(200);
  });
});
