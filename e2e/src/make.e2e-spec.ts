import { execFile } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { platform } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parseMidi } from 'midi-file';
import { RunningSystem, ROOT } from './running-system';

const PROMPT = 'dusty lo-fi beat at 82 bpm in D minor, 32 bars, Rhodes and upright bass';

interface Receipt {
  demands: { demand: string; source: string; asked: string; measured: string; met: boolean }[];
}

describe('beatbot make', () => {
  let system: RunningSystem;
  beforeAll(async () => {
    system = await RunningSystem.start();
  });
  afterAll(() => system.stop());

  function beatbot(...args: string[]): Promise<{ stdout: string; stderr: string }> {
    return promisify(execFile)(process.execPath, [join(ROOT, 'libs/client/bin/beatbot.js'), ...args], {
      env: { ...process.env, BEATBOT_URL: system.url },
      cwd: system.folder,
    });
  }
  const file = (...path: string[]) => readFileSync(join(system.folder, ...path));

  it('turns a sentence into a song in a folder', async () => {
    const { stdout } = await beatbot('make', PROMPT, '-o', 'song/');
    expect(readdirSync(join(system.folder, 'song')).sort()).toEqual(
      expect.arrayContaining([
        'mix.mp3',
        'mix.wav',
        'receipt.json',
        'score.json',
        'song.mid',
        'song.musicxml',
        'stems',
      ]),
    );
    expect(stdout).toContain('82');
    expect(stdout).toContain('D minor');

    const receipt = JSON.parse(file('song', 'receipt.json').toString()) as Receipt;
    const stated = receipt.demands.filter(({ source }) => source === 'stated').map(({ demand }) => demand);
    expect(stated).toEqual(expect.arrayContaining(['tempo', 'key', 'bars']));
    expect(receipt.demands.filter(({ met }) => !met)).toEqual([]);
    expect(receipt.demands.map(({ demand }) => demand)).toEqual(expect.arrayContaining(['loudness', 'true-peak']));

    const score = JSON.parse(file('song', 'score.json').toString()) as {
      tempos: { milliBpm: number }[];
      tracks: { id: string; role: string; instrument: string }[];
      sections: { name: string; bars: number }[];
    };
    expect(score.tempos[0]!.milliBpm).toBe(82_000);
    expect(score.sections.reduce((sum, { bars }) => sum + bars, 0)).toBe(32);
    expect(score.sections.length).toBeGreaterThan(2);
    expect(score.tracks.map(({ role }) => role)).toEqual(expect.arrayContaining(['drums', 'bass', 'chords', 'lead']));
    expect(score.tracks.map(({ instrument }) => instrument)).toEqual(
      expect.arrayContaining(['electric-piano-1', 'acoustic-bass']),
    );
    expect(readdirSync(join(system.folder, 'song/stems')).sort()).toEqual(
      score.tracks.map(({ id }) => `${id}.wav`).sort(),
    );

    const midi = parseMidi(file('song', 'song.mid'));
    expect(midi.header).toMatchObject({ format: 1, ticksPerBeat: 480, numTracks: score.tracks.length + 1 });

    const seconds = (32 * 4 * 60) / 82;
    const wav = file('song', 'mix.wav');
    const bytesPerSecond = wav.readUInt32LE(28);
    expect(soundBytes(wav) / bytesPerSecond).toBeGreaterThanOrEqual(seconds);
    expect(soundBytes(wav) / bytesPerSecond).toBeLessThan(seconds + 15);
    // Stems are sample-aligned with the mix.
    for (const stem of readdirSync(join(system.folder, 'song/stems'))) {
      const bytes = file('song/stems', stem);
      expect(soundBytes(bytes) / bytes.readUInt16LE(32)).toBe(soundBytes(wav) / wav.readUInt16LE(32));
    }
    const mp3 = file('song', 'mix.mp3');
    expect(mp3.subarray(0, 3).toString() === 'ID3' || mp3[0] === 0xff).toBe(true);
    expect(mp3.length).toBeGreaterThan(500_000);
  });

  it('gives the same bytes for the same prompt and seed', async () => {
    const prompt = 'jazz swing in F, 16 bars, 140 bpm';
    await beatbot('make', prompt, '--seed', '5', '-o', 'one');
    await beatbot('make', prompt, '--seed', '5', '-o', 'two');
    for (const name of ['score.json', 'song.mid', 'mix.wav']) {
      expect(file('one', name).equals(file('two', name))).toBe(true);
    }
    await beatbot('make', prompt, '--seed', '6', '-o', 'three');
    expect(file('one', 'score.json').equals(file('three', 'score.json'))).toBe(false);
  });

  // A thread's priority of its own is Linux's.
  (platform() === 'linux' ? it : it.skip)('lets threads that compute give way to those that answer', () => {
    for (const name of ['composer', 'renderer'] as const) {
      const { pid } = system.stack.services[name];
      const others = readdirSync(`/proc/${pid}/task`).filter((thread) => thread !== String(pid));
      expect(Math.max(...others.map((thread) => nice(pid!, thread)))).toBe(nice(pid!, String(pid)) + 5);
    }
  });

  it('says what is wrong with a prompt in one line, and ends with 2', async () => {
    await expect(beatbot('make', 'a song at 5000 bpm')).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/tempo.*5000.*20.*400/),
    });
  });

  it('ends with its own code where no BeatBot answers', async () => {
    await expect(beatbot('list', '--url', 'http://127.0.0.1:9')).rejects.toMatchObject({ code: 6 });
  });

  it('edits a song and leaves the rest as it was', async () => {
    const { stdout } = await beatbot('make', 'house, 8 bars', '--json', '-o', 'house');
    const made = JSON.parse(stdout.trim().split('\n').at(-1)!) as { songId?: string; song?: { id: string } };
    const id = made.songId ?? made.song!.id;
    const before = JSON.parse(file('house', 'score.json').toString()) as { tracks: { id: string; notes: unknown[] }[] };
    const bass = before.tracks.find((track) => track.id.includes('bass'))!;
    await beatbot('edit', id, '--mute', bass.id);
    await beatbot('download', id, '-o', 'house-2');
    const after = JSON.parse(file('house-2', 'score.json').toString()) as typeof before;
    expect(after.tracks.map(({ notes }) => notes)).toEqual(before.tracks.map(({ notes }) => notes));
  });
});

/** The length of a WAV file's `data` chunk; the chunks before it may hold tags. */
function soundBytes(wav: Buffer): number {
  let at = 12;
  while (wav.toString('latin1', at, at + 4) !== 'data')
    at += 8 + wav.readUInt32LE(at + 4) + (wav.readUInt32LE(at + 4) % 2);
  return wav.readUInt32LE(at + 4);
}

/** Field 19 of proc_pid_stat(5); the name before it may hold anything but its closing bracket. */
function nice(pid: number, thread: string): number {
  const stat = readFileSync(`/proc/${pid}/task/${thread}/stat`, 'utf8');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16]);
}
