import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { GatewayHarness } from './fakes/gateway-harness';

const BIN = join(dirname(require.resolve('@beatbot/client/package.json')), 'bin/beatbot.js');

describe('the beatbot command with this gateway', () => {
  let gateway: GatewayHarness;
  const folder = mkdtempSync(join(tmpdir(), 'beatbot-gateway-'));
  beforeAll(async () => {
    gateway = await GatewayHarness.start();
    gateway.backends.performPauseMs = 30;
  });
  afterAll(() => gateway.stop());

  function beatbot(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
    return new Promise((resolve) => {
      execFile(
        process.execPath,
        [BIN, ...args],
        { cwd: folder, env: { ...process.env, BEATBOT_URL: gateway.url } },
        (error, stdout, stderr) => resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
      );
    });
  }

  it('makes, lists, shows, edits and downloads a song', async () => {
    const made = await beatbot('make', 'dusty lo-fi beat', '-o', 'song', '--tag', 'demo');
    expect(made).toMatchObject({ code: 0, stderr: expect.stringContaining('compose · melody') });
    expect(made.stdout).toContain('1 of 2 demands met');
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

    const { songs } = JSON.parse((await beatbot('list', '--tag', 'demo', '--json')).stdout) as {
      songs: { id: string }[];
    };
    expect(songs).toHaveLength(1);
    const id = songs[0]!.id;
    expect((await beatbot('show', id)).stdout).toContain('stems/bass.wav');
    expect((await beatbot('edit', id, '--transpose', '2', '--gain', 'bass=-3')).stdout).toContain('revision 2');
    expect(gateway.backends.calls.findLast(({ method }) => method === 'createRevision')?.request).toMatchObject({
      revision: {
        songId: id,
        edits: [{ transpose: { semitones: 2 } }, { setMix: { trackId: 'bass', gainCentibels: -30 } }],
      },
    });
    expect((await beatbot('download', id, '-o', 'again', '--revision', '2')).code).toBe(0);
    expect(readFileSync(join(folder, 'again/mix.wav')).equals(readFileSync(join(folder, 'song/mix.wav')))).toBe(true);
  });

  it('tells errors as the gateway means them', async () => {
    expect(await beatbot('make', '')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^beatbot: prompt "" is not allowed: 1 to 4000 characters/),
    });
    expect(await beatbot('make', 'x', '--title', 'a\nb')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('title'),
    });
    expect(await beatbot('show', 'nobody')).toMatchObject({
      code: 3,
      stderr: 'beatbot: there is no song nobody\n  songId "nobody" is not allowed: the id of a song\n',
    });
    expect(await beatbot('edit', 'nobody', 'make it sadder')).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('there is no song nobody'),
    });
    expect(await beatbot('doctor')).toMatchObject({ code: 0, stdout: expect.stringContaining('FluidR3Mono') });
  });

  it('goes on through a restart of the services behind', async () => {
    const made = beatbot('make', 'x', '-o', 'restart');
    await new Promise((resolve) => setTimeout(resolve, 400));
    gateway.backends.stop();
    await new Promise((resolve) => setTimeout(resolve, 500));
    await gateway.backends.start();
    expect(await made).toMatchObject({ code: 0 });
  });

  it('cancels by Ctrl-C', async () => {
    gateway.backends.performPauseMs = 500;
    const child = spawn(process.execPath, [BIN, 'make', 'x', '-o', 'cancelled'], {
      cwd: folder,
      env: { ...process.env, BEATBOT_URL: gateway.url },
    });
    await new Promise((resolve) => child.stderr.once('data', resolve));
    child.kill('SIGINT');
    expect(await new Promise((resolve) => child.on('close', resolve))).toBe(5);
    expect([...gateway.backends.world.jobs.values()].at(-1)?.job.state).toBe('JOB_STATE_CANCELLED');
  });
});
