import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { answerWell, event, FakeServer, FILES, JOB, sendJson, sendProblem, writeEvents } from './fake-server';

interface Outcome {
  code: number | null;
  stdout: string;
  stderr: string;
}

const BIN = join(__dirname, '../bin/beatbot.js');

describe('the beatbot command', () => {
  const server = new FakeServer();
  let folder: string;
  beforeAll(() => server.start());
  afterAll(() => server.stop());
  beforeEach(() => {
    server.reset();
    answerWell(server);
    folder = mkdtempSync(join(tmpdir(), 'beatbot-cli-'));
  });

  function start(args: string[], environment: NodeJS.ProcessEnv = {}) {
    const child = spawn(process.execPath, [BIN, ...args], {
      cwd: folder,
      env: { ...process.env, BEATBOT_URL: server.url, REDIS_URL: '', ...environment },
    });
    const outcome: Outcome = { code: null, stdout: '', stderr: '' };
    child.stdout.on('data', (data) => (outcome.stdout += String(data)));
    child.stderr.on('data', (data) => (outcome.stderr += String(data)));
    const ended = new Promise<Outcome>((resolve) => child.on('close', (code) => resolve({ ...outcome, code })));
    return { child, outcome, ended };
  }
  const beatbot = (...args: string[]) => start(args).ended;

  it('makes a song: progress by lines, files, and the receipt as a table', async () => {
    const { code, stdout, stderr } = await beatbot(
      'make',
      'dusty lo-fi',
      '-o',
      'song/',
      '--seed',
      '7',
      '--format',
      'wav,mp3',
      '--candidates',
      '2',
      '--title',
      'Rain',
      '--tag',
      'a',
      '--tag',
      'b',
    );
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: ' 10 %  interpret · interpreter\n 20 %  compose · melody: verse-1\n100 %  done\n',
    });
    expect(JSON.parse(server.requests[0]!.body)).toEqual({
      prompt: 'dusty lo-fi',
      seed: 7,
      candidates: 2,
      title: 'Rain',
      tags: ['a', 'b'],
      formats: ['wav', 'mp3'],
    });
    expect(readdirSync(join(folder, 'song'), { recursive: true }).sort()).toEqual([
      'mix.mp3',
      'mix.wav',
      'receipt.json',
      'score.json',
      'song.mid',
      'song.musicxml',
      'stems',
      'stems/bass.wav',
    ]);
    expect(readFileSync(join(folder, 'song/mix.wav')).equals(FILES['mix.wav']!)).toBe(true);
    expect(JSON.parse(readFileSync(join(folder, 'song/receipt.json'), 'utf8'))).toMatchObject({
      notUnderstood: ['dusty'],
    });
    for (const text of [
      'tempo',
      '82 bpm',
      '✓',
      'D minor',
      'F major',
      '✗',
      '1 of 2 demands met',
      'Not understood: "dusty"',
      'Note: upright bass',
      '"Rain on Rhodes" · lo-fi · 1:34',
      '7 files in song/',
    ])
      expect(stdout).toContain(text);
    expect(stdout + stderr).not.toContain('\u001b');
  });

  it('answers scripts with one line of JSON and no noise', async () => {
    const { code, stdout, stderr } = await beatbot('make', 'x', '-o', 'song', '--json');
    expect({ code, stderr, lines: stdout.split('\n').length }).toEqual({ code: 0, stderr: '', lines: 2 });
    expect(JSON.parse(stdout)).toMatchObject({
      song: { id: 'song-1' },
      job: { id: 'job-1' },
      revision: { number: 1 },
      receipt: { notUnderstood: ['dusty'] },
      folder: 'song',
      files: expect.arrayContaining(['mix.wav']),
    });
  });

  it('names a new folder after the song where none is given', async () => {
    await beatbot('make', 'x');
    await beatbot('make', 'x');
    expect(readdirSync(folder).sort()).toEqual(['rain-on-rhodes', 'rain-on-rhodes-2']);
  });

  it('does not replace files unless told to, and says so before it asks for a song', async () => {
    writeFileSync(join(folder, 'mix.wav'), 'mine');
    const refused = await beatbot('make', 'x', '-o', '.');
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringMatching(/mix\.wav already.*--force/) });
    expect(server.requests).toHaveLength(0);
    expect((await beatbot('make', 'x', '-o', '.', '--force')).code).toBe(0);
    expect(readFileSync(join(folder, 'mix.wav'), 'utf8')).not.toBe('mine');
  });

  it('does not wait where it need not', async () => {
    const { code, stdout } = await beatbot('make', 'x', '--no-wait');
    expect([code, stdout]).toEqual([0, 'Song song-1 is asked for. Follow it: beatbot watch job-1\n']);
    expect(server.requests).toHaveLength(1);
  });

  it('says what is wrong with a field in one line', async () => {
    server.on('POST', /^\/v1\/songs$/, (_request, response) =>
      sendProblem(response, 400, 'INVALID_ARGUMENT', 'prompt.tempo 5000 is not allowed: 20 to 400 bpm', [
        { field: 'prompt.tempo', value: 5000, allowed: '20 to 400 bpm' },
      ]),
    );
    expect(await beatbot('make', 'at 5000 bpm')).toEqual({
      code: 2,
      stdout: '',
      stderr: 'beatbot: prompt.tempo 5000 is not allowed: 20 to 400 bpm\n',
    });
  });

  it.each<[number, string, number]>([
    [404, 'NOT_FOUND', 3],
    [409, 'FAILED_PRECONDITION', 8],
    [413, 'PAYLOAD_TOO_LARGE', 2],
    [500, 'INTERNAL', 1],
    [501, 'UNIMPLEMENTED', 9],
  ])('an answer of %i %s ends with %i', async (status, reason, code) => {
    server.on('GET', /song-1$/, (_request, response) => sendProblem(response, status, reason, 'so it is'));
    const outcome = await beatbot('show', 'song-1');
    expect(outcome.code).toBe(code);
    expect(outcome.stderr).toMatch(/^beatbot: so it is\n/);
    expect(outcome.stderr).not.toMatch(/ {4}at /);
  });

  it('ends with 7 where there is too much to do, and 6 where nobody answers', async () => {
    server.on('GET', /styles/, (_request, response) =>
      sendProblem(response, 429, 'RATE_LIMITED', 'too many', [], { 'retry-after': '60' }),
    );
    expect(await beatbot('styles')).toMatchObject({ code: 7, stderr: 'beatbot: too many\n' });
    const away = await beatbot('styles', '--url', 'http://127.0.0.1:50999');
    expect(away).toMatchObject({
      code: 6,
      stderr: expect.stringMatching(
        /^beatbot: no BeatBot answers at http:\/\/127\.0\.0\.1:50999 \(ECONNREFUSED\)\n.*beatbot up/,
      ),
    });
  });

  it.each<[string[], RegExp]>([
    [['make'], /missing required argument 'prompt'/],
    [['make', 'x', '--seed', 'seven'], /--seed.*whole number from 0 to 4294967295/],
    [['make', 'x', '--format', 'wav,ogg'], /--format.*wav, mp3, flac, opus/],
    [['make', 'x', '--candidates', '9'], /--candidates.*from 1 to 8/],
    [['make', 'x', '--sede', '7'], /unknown option '--sede'\n\(Did you mean --seed\?\)/],
    [['amke'], /unknown command 'amke'\n\(Did you mean make\?\)/],
    [['download', 'song-1'], /required option '-o, --output <dir>'/],
    [['edit', 'song-1'], /say what to change/],
    [['edit', 'song-1', '--transpose', '99'], /--transpose.*from -24 to 24/],
    [['edit', 'song-1', '--key', 'H minor'], /--key.*"D minor"/],
    [['edit', 'song-1', '--replace', 'bass'], /--replace.*track=instrument/],
    [['edit', 'song-1', '--regenerate', 'bass:8-5'], /--regenerate.*last bar/],
    [['edit', 'song-1', 'louder', '--tempo', '90'], /either by options/],
    [['list', '--url', 'ftp://x'], /--url.*http or https/],
  ])('%j is a mistake of usage: 2', async (args, message) => {
    const { code, stderr, stdout } = await beatbot(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(server.requests).toHaveLength(0);
  });

  it.each<[string[], object]>([
    [['make', '--json'], { reason: 'USAGE', message: "missing required argument 'prompt'", exitCode: 2 }],
    [['amke', '--json'], { reason: 'USAGE', message: expect.stringContaining('Did you mean make?'), exitCode: 2 }],
    [['edit', 'song-1', '--json'], { reason: 'COMMAND', message: expect.stringMatching(/^say what/), exitCode: 2 }],
    [['styles', '--json', '--url', 'http://127.0.0.1:50999'], { reason: 'UNREACHABLE', exitCode: 6 }],
    [
      ['show', 'song-1', '--json'],
      {
        reason: 'NOT_FOUND',
        message: 'no such song',
        exitCode: 3,
        status: 404,
        requestId: expect.any(String),
        errors: [{ field: 'song', value: 'song-1', allowed: 'one of yours' }],
      },
    ],
  ])('%j is answered by an error in one line of JSON', async (args, error) => {
    server.on('GET', /song-1$/, (_request, response) =>
      sendProblem(response, 404, 'NOT_FOUND', 'no such song', [
        { field: 'song', value: 'song-1', allowed: 'one of yours' },
      ]),
    );
    const { code, stdout, stderr } = await beatbot(...args);
    expect({ stdout, lines: stderr.split('\n').length }).toEqual({ stdout: '', lines: 2 });
    const told = JSON.parse(stderr) as { error: { exitCode: number } };
    expect(told.error).toMatchObject(error);
    expect(code).toBe(told.error.exitCode);
  });

  it('tells why a job failed or was cancelled', async () => {
    server.onJson('GET', /jobs\/job-1$/, {
      ...JOB,
      state: 'failed',
      error: { reason: 'RENDER_FAILED', message: 'no sound' },
    });
    expect(await beatbot('make', 'x')).toMatchObject({
      code: 4,
      stderr: expect.stringContaining('The job failed: no sound (RENDER_FAILED, job job-1)'),
    });
    server.onJson('GET', /jobs\/job-1$/, { ...JOB, state: 'cancelled' });
    expect((await beatbot('watch', 'job-1')).code).toBe(5);
  });

  describe('Ctrl-C', () => {
    it('asks the server to cancel, and ends when that is done', async () => {
      let stream: Parameters<Parameters<FakeServer['on']>[2]>[1] | undefined;
      server.on('GET', /events$/, (_request, response) => {
        stream = response;
        writeEvents(response, [event(1)]);
      });
      server.on('POST', /:cancel$/, (_request, response) => {
        sendJson(response, 200, { ...JOB, state: 'cancelled' });
        if (stream) writeEvents(stream, [event(2, { state: 'cancelled' })]);
        stream?.end();
      });
      server.onJson('GET', /jobs\/job-1$/, { ...JOB, state: 'cancelled' });
      const { child, outcome, ended } = start(['make', 'x', '-o', 'song']);
      await until(() => outcome.stderr.includes('melody'));
      child.kill('SIGINT');
      expect(await ended).toMatchObject({ code: 5, stderr: expect.stringContaining('Cancelling; press Ctrl-C again') });
      expect(existsSync(join(folder, 'song'))).toBe(false);
    });

    it('leaves at the second, even where the server does not answer', async () => {
      server.on('GET', /events$/, (_request, response) => writeEvents(response, [event(1)]));
      server.on('POST', /:cancel$/, () => undefined);
      const { child, outcome, ended } = start(['make', 'x']);
      await until(() => outcome.stderr.includes('melody'));
      child.kill('SIGINT');
      await until(() => outcome.stderr.includes('Cancelling'));
      child.kill('SIGINT');
      expect(await ended).toMatchObject({ code: 130, stderr: expect.stringContaining('beatbot watch job-1') });
    });

    it('leaves a watched job alone', async () => {
      server.on('GET', /events$/, (_request, response) => writeEvents(response, [event(1)]));
      const { child, outcome, ended } = start(['watch', 'job-1']);
      await until(() => outcome.stderr.includes('melody'));
      child.kill('SIGINT');
      expect((await ended).code).toBe(130);
      expect(server.requests.filter(({ method }) => method === 'POST')).toEqual([]);
    });
  });

  it('edits by options, in the order given', async () => {
    const { code, stdout } = await beatbot(
      'edit',
      'song-1',
      '--tempo',
      '92.5',
      '--transpose',
      '-2',
      '--key',
      'bb dorian',
      '--title',
      'T',
      '--mute',
      'drums',
      '--unmute',
      'bass',
      '--remove',
      'fx',
      '--replace',
      'chords=organ',
      '--add',
      'pad=strings',
      '--gain',
      'bass=-3.5',
      '--pan',
      'bass=-20',
      '--reverb',
      'bass=40',
      '--regenerate',
      'bass:5-8',
      '--regenerate',
      'all',
      '--regenerate-section',
      'verse-1',
      '--repeat-section',
      'chorus-1',
      '--remove-section',
      'bridge',
      '--fade-out',
      '4',
      '--base',
      '1',
    );
    expect(code).toBe(0);
    expect(JSON.parse(server.requests[0]!.body)).toEqual({
      baseRevision: 1,
      edits: [
        { type: 'setTempo', tempoBpm: 92.5 },
        { type: 'transpose', semitones: -2 },
        { type: 'setKey', key: { tonic: 'Bb', mode: 'dorian' } },
        { type: 'setTitle', title: 'T' },
        { type: 'muteTrack', trackId: 'drums', muted: true },
        { type: 'muteTrack', trackId: 'bass', muted: false },
        { type: 'removeTrack', trackId: 'fx' },
        { type: 'replaceInstrument', trackId: 'chords', instrument: 'organ' },
        { type: 'addTrack', role: 'pad', instrument: 'strings' },
        { type: 'setMix', trackId: 'bass', gainDb: -3.5 },
        { type: 'setMix', trackId: 'bass', pan: -20 },
        { type: 'setMix', trackId: 'bass', reverbSend: 40 },
        { type: 'regenerate', trackId: 'bass', fromBar: 4, toBar: 8 },
        { type: 'regenerate' },
        { type: 'regenerate', sectionId: 'verse-1' },
        { type: 'repeatSection', sectionId: 'chorus-1' },
        { type: 'removeSection', sectionId: 'bridge' },
        { type: 'fadeOut', bars: 4 },
      ],
    });
    expect(stdout).toContain('revision 1');
  });

  it('passes a sentence on, and what is possible where nothing of it was understood', async () => {
    server.on('POST', /revisions$/, (_request, response) =>
      sendProblem(response, 400, 'INVALID_ARGUMENT', 'instruction "make it sadder" is not allowed: what to change'),
    );
    expect(await beatbot('edit', 'song-1', 'make it sadder')).toMatchObject({
      code: 2,
      stderr: 'beatbot: instruction "make it sadder" is not allowed: what to change\n',
    });
    expect(JSON.parse(server.requests[0]!.body)).toEqual({ instruction: 'make it sadder' });
  });

  it('sends every further kind of edit', async () => {
    server.on('POST', /revisions$/, (_request, response) => sendProblem(response, 404, 'NOT_FOUND', 'no song'));
    await beatbot(
      ...['edit', 'song-1', '--meter', '6/8', '--feel', 'halfTime', '--style', 'reggae', '--simplify', 'bass:5-8'],
      ...['--intensify', 'all', '--humanise', 'drums', '--revoice', 'chords', '--reharmonise', 'verse-1'],
      ...['--resize-section', 'verse-1=12', '--insert-section', 'bridge=8@chorus-2', '--insert-section', 'intro=4'],
      ...['--move-section', 'verse-2@intro-1', '--move-section', 'outro-1', '--hard-ending', '--undo'],
    );
    expect(JSON.parse(server.requests[0]!.body)).toEqual({
      edits: [
        { type: 'setMeter', numerator: 6, denominator: 8 },
        { type: 'setFeel', feel: 'halfTime' },
        { type: 'setStyle', style: 'reggae' },
        { type: 'simplify', trackId: 'bass', fromBar: 4, toBar: 8 },
        { type: 'intensify' },
        { type: 'humanise', trackId: 'drums' },
        { type: 'revoice', trackId: 'chords' },
        { type: 'reharmonise', sectionId: 'verse-1' },
        { type: 'resizeSection', sectionId: 'verse-1', bars: 12 },
        { type: 'insertSection', name: 'bridge', bars: 8, afterSectionId: 'chorus-2' },
        { type: 'insertSection', name: 'intro', bars: 4 },
        { type: 'moveSection', sectionId: 'verse-2', afterSectionId: 'intro-1' },
        { type: 'moveSection', sectionId: 'outro-1' },
        { type: 'hardEnding' },
        { type: 'undo' },
      ],
    });
  });

  it('lists, shows, downloads, cancels, watches', async () => {
    expect((await beatbot('list', '--tag', 'demo')).stdout).toMatch(
      /song-1.*Rain on Rhodes.*lo-fi.*1.*2026-11-24 12:00.*demo/,
    );
    expect(server.requests.at(-1)!.path).toBe('/v1/songs?tag=demo&pageSize=50');
    expect(JSON.parse((await beatbot('list', '--json')).stdout)).toMatchObject({ songs: [{ id: 'song-1' }] });
    const shown = await beatbot('show', 'song-1');
    for (const text of ['"Rain on Rhodes"', 'acoustic-bass', 'verse-1 (8)', 'stems/bass.wav', '400,000', '✗'])
      expect(shown.stdout).toContain(text);
    expect(shown.stdout).not.toContain('i iv V in C minor');
    expect((await beatbot('show', 'song-1', '--why')).stdout).toMatch(/harmony .*i iv V in C minor, as asked/);
    expect((await beatbot('download', 'song-1', '-o', 'midi', '--only', 'midi,receipt')).stdout).toBe(
      '2 files in midi\n',
    );
    expect(readdirSync(join(folder, 'midi')).sort()).toEqual(['receipt.json', 'song.mid']);
    server.onJson('POST', /:cancel$/, { ...JOB, state: 'cancelled' });
    expect((await beatbot('cancel', 'job-1')).stdout).toBe('Job job-1 is cancelled.\n');
    expect((await beatbot('watch', 'job-1')).stdout).toContain('beatbot download song-1 --revision 1');
    expect(
      (await beatbot('watch', 'job-1', '--json')).stdout
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { seq: number }).seq),
    ).toEqual([1, 2, 3]);
    expect((await beatbot('styles')).stdout).toMatch(/lo-fi.*60-95.*Dusty drums.*lofi/);
  });

  it('refuses names of files that lead out of the folder', async () => {
    server.onJson('GET', /revisions\/1$/, {
      number: 1,
      songId: 'song-1',
      receipt: null,
      plan: null,
      brief: null,
      durationMs: 1,
      assets: [{ name: '../../evil', kind: 'mix', size: 1, sha256: 'x', url: '/x' }],
    });
    expect(await beatbot('download', 'song-1', '-o', 'song')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('cannot be written'),
    });
  });

  it('examines this machine and the server', async () => {
    const { code, stdout } = await beatbot('doctor');
    for (const text of ['Node.js', process.version, 'orchestrator', 'storage', '1 styles', 'FluidR3Mono', 'GiB free'])
      expect(stdout).toContain(text);
    expect(code).toBe(0);
    server.onJson('GET', /^\/readyz$/, { ready: false, checks: { storage: 'storage says NOT_SERVING' } }, 503);
    const ill = await beatbot('doctor', '--json');
    expect(ill.code).toBe(1);
    expect((JSON.parse(ill.stdout) as { findings: object[] }).findings).toContainEqual({
      what: 'storage',
      verdict: 'bad',
      found: 'storage says NOT_SERVING',
      advice: 'look at the log of storage',
    });
    expect(await beatbot('doctor', '--url', 'http://127.0.0.1:9')).toMatchObject({
      code: 6,
      stdout: expect.stringContaining('beatbot up'),
    });
  });

  it('helps, with examples, on every command', async () => {
    const help = await beatbot('--help');
    expect(help.code).toBe(0);
    expect(help.stdout).toMatch(/Exit codes:/);
    for (const command of ['make', 'edit', 'list', 'show', 'watch', 'download', 'cancel', 'styles', 'up', 'doctor']) {
      expect(help.stdout).toMatch(new RegExp(`^ {2}${command}\\b`, 'm'));
      if (command === 'up') continue;
      const { code, stdout } = await beatbot(command, '--help');
      expect([command, code]).toEqual([command, 0]);
      expect(stdout).toMatch(/Examples?:/);
      expect(stdout).toContain('--url');
    }
    expect((await beatbot('--version')).stdout).toBe('0.1.0\n');
    expect(await beatbot()).toMatchObject({ code: 2, stderr: expect.stringContaining('Usage: beatbot') });
  });

  it('makes, lists, rotates and revokes keys, and gives its own as a header', async () => {
    const key = {
      id: 'key-1',
      name: 'the build',
      scope: 'write',
      hint: 'bbk_Abcd',
      createTime: '2026-01-01T00:00:00.000Z',
      expireTime: null,
      rotateTime: null,
      lastUseTime: '2026-02-03T04:05:06.000Z',
      previousExpireTime: null,
    };
    server.onJson('POST', /^\/v1\/keys$/, { key, secret: 'bbk_Abcdefgh' }, 201);
    server.onJson('GET', /^\/v1\/keys$/, { keys: [key] });
    server.onJson('POST', /^\/v1\/keys\/key-1:rotate$/, { key, secret: 'bbk_Other' });
    server.on('DELETE', /^\/v1\/keys\/key-1$/, (_request, response) => response.writeHead(204).end());
    const made = await start(['keys', 'create', 'the build', '--scope', 'write', '--expires', '2100-01-01T00:00:00Z'], {
      BEATBOT_API_KEY: 'bbk_mine',
    }).ended;
    expect({ code: made.code, first: made.stdout.split('\n')[0] }).toEqual({ code: 0, first: 'bbk_Abcdefgh' });
    const [asked] = server.requests;
    expect(asked?.headers.authorization).toBe('Bearer bbk_mine');
    expect(JSON.parse(asked?.body ?? '')).toEqual({
      name: 'the build',
      scope: 'write',
      expireTime: '2100-01-01T00:00:00Z',
    });
    const listed = await beatbot('keys', 'list', '--api-key', 'bbk_other');
    expect(server.requests.at(-1)?.headers.authorization).toBe('Bearer bbk_other');
    expect(listed.stdout).toMatch(/key-1 .* the build .* write .* bbk_Abcd .* 2026-02-03 04:05 .* never/);
    expect((await beatbot('keys', 'rotate', 'key-1', '--grace', '60')).stdout).toContain('bbk_Other');
    expect(JSON.parse(server.requests.at(-1)?.body ?? '')).toEqual({ graceSeconds: 60 });
    expect((await beatbot('keys', 'revoke', 'key-1')).stdout).toBe('Key key-1 holds no more.\n');
  });

  it('makes, lists and deletes webhooks, shows deliveries and sends them again', async () => {
    const webhook = { id: 'hook-1', url: 'https://hooks.example/x', createTime: null, disableTime: null };
    const attempts = [{ time: null, status: 500, error: 'the target answers 500', durationMs: 3 }];
    const delivery = { id: 'd-1', type: 'job.failed', job: 'job-1', state: 'failed', nextAttemptTime: null, attempts };
    server.onJson('POST', /^\/v1\/webhooks$/, { webhook, secret: 'whsec_abc' }, 201);
    server.onJson('GET', /^\/v1\/webhooks$/, { webhooks: [webhook] });
    server.onJson('GET', /^\/v1\/webhooks\/hook-1\/deliveries\?pageSize=7$/, { deliveries: [delivery] });
    server.onJson('POST', /^\/v1\/webhooks\/hook-1\/deliveries\/d-1:replay$/, { ...delivery, state: 'pending' });
    server.on('DELETE', /^\/v1\/webhooks\/hook-1$/, (_request, response) => response.writeHead(204).end());
    const made = await beatbot('webhooks', 'create', webhook.url);
    expect([made.code, made.stdout.split('\n')[0]]).toEqual([0, 'whsec_abc']);
    expect(JSON.parse(server.requests.at(-1)?.body ?? '')).toEqual({ url: webhook.url });
    expect((await beatbot('webhooks', 'list')).stdout).toMatch(/hook-1 .* https:\/\/hooks\.example\/x .* on/);
    const shown = await beatbot('webhooks', 'deliveries', 'hook-1', '--limit', '7');
    expect(shown.stdout).toMatch(/d-1 .* job\.failed .* job-1 .* failed .* the target answers 500/);
    const json = await beatbot('webhooks', 'deliveries', 'hook-1', '--limit', '7', '--json');
    expect(JSON.parse(json.stdout)).toEqual({ deliveries: [delivery] });
    expect((await beatbot('webhooks', 'replay', 'hook-1', 'd-1')).stdout).toContain('d-1 (job.failed) is sent again');
    expect((await beatbot('webhooks', 'delete', 'hook-1')).stdout).toContain('hook-1');
    expect((await beatbot('webhooks', 'deliveries', 'nobody', '--limit', '7')).code).toBe(3);
    expect((await beatbot('webhooks', 'deliveries', 'hook-1', '--limit', '0')).code).toBe(2);
    expect((await beatbot('webhooks')).code).toBe(2);
  });

  it('asks to be told of one job, and shows what its messages are signed by', async () => {
    const webhook = { id: 'hook-2', url: 'https://hooks.example/y', secret: 'whsec_one' };
    server.on('POST', /^\/v1\/songs$/, (_request, response) =>
      sendJson(response, 202, { song: { id: 'song-1' }, job: JOB, webhook }),
    );
    const { code, stdout } = await beatbot('make', 'x', '--no-wait', '--json', '--webhook', webhook.url);
    expect([code, JSON.parse(stdout)]).toEqual([0, expect.objectContaining({ webhook })]);
    expect(JSON.parse(server.requests.at(-1)?.body ?? '')).toMatchObject({ webhook: { url: webhook.url } });
    expect((await beatbot('make', 'x', '--no-wait', '--webhook', webhook.url)).stderr).toContain('whsec_one');
  });

  it('shows what is used', async () => {
    const quota = { jobsPerDay: 20, storedBytes: null };
    const usage = {
      owner: 'ann',
      jobsToday: 3,
      resetTime: null,
      storedBytes: 12_345,
      songs: 2,
      unfinishedJobs: 1,
      quota,
    };
    server.onJson('GET', /^\/v1\/usage$/, usage);
    const { stdout } = await beatbot('usage');
    expect(stdout).toMatch(/of ann/);
    expect(stdout).toMatch(/jobs today .* 3 .* 20/);
    expect(stdout).toMatch(/bytes of files .* 12,345 .* no bound/);
    expect(JSON.parse((await beatbot('usage', '--json')).stdout)).toEqual(usage);
  });

  it('ends with 11 where a key is missing or does not allow it, and 2 for what cannot be one', async () => {
    server.on('GET', /^\/v1\/songs/, (_request, response) => sendProblem(response, 401, 'UNAUTHENTICATED', 'no key'));
    const missing = await beatbot('list');
    expect(missing).toMatchObject({ code: 11, stderr: expect.stringContaining('BEATBOT_API_KEY') });
    server.on('GET', /^\/v1\/songs/, (_request, response) => sendProblem(response, 403, 'PERMISSION_DENIED', 'scope'));
    expect((await beatbot('list')).code).toBe(11);
    const bad = await beatbot('list', '--api-key', 'a secret\nwith lines');
    expect(bad.code).toBe(2);
    expect(bad.stderr).not.toContain('a secret');
    expect((await beatbot('keys', 'create', 'x', '--scope', 'operator')).code).toBe(2);
    expect((await beatbot('keys', 'create', 'x', '--expires', 'tomorrow')).code).toBe(2);
    expect((await beatbot('keys', 'rotate', 'x', '--grace', '-1')).code).toBe(2);
  });

  it('hands options of `up` to the local stack', async () => {
    const { code, stdout } = await beatbot('up', '--help');
    expect([code, stdout]).toEqual([0, expect.stringContaining('--port')]);
    expect((await beatbot('up', '--nonsense')).code).toBe(2);
  });
});

async function until(done: () => boolean): Promise<void> {
  for (let tries = 0; tries < 500; tries++) {
    if (done()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('it did not come to that');
}
