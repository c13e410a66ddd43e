import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Score, writeMidi } from '@beatbot/music';
import type { Bench, Figure } from '../figure';
import { cpuSeconds } from '../process-usage';
import type { OwnRender } from './own-render';
import { renderScore } from './render-score';

/** As Debian's fluid-soundfont-gm has it. */
const SOUND_FONT = process.env['SOUNDFONT_PATH'] ?? '/usr/share/sounds/sf2/FluidR3_GM.sf2';
const RUNS = Number(process.env['RENDER_RUNS'] ?? 5);
const SECONDS = 180;

/** The sampler as a whole program beside others: the same SoundFont, score, sample rate and kind of output. */
export const renderBench: Bench = {
  name: 'render',
  about: `A generated score of ${SECONDS} s, 8 tracks and 6,000 notes (dense: 16 tracks, 20,000 notes) with FluidR3 to WAV, whole processes, medians of ${RUNS} runs that alternate. Reverb and chorus on everywhere: fluidsynth's default ones, and ours on every track.`,
  async run(log) {
    if (!existsSync(SOUND_FONT))
      throw new Error(`SOUNDFONT_PATH "${SOUND_FONT}" is not there: Debian has it in fluid-soundfont-gm`);
    const folder = mkdtempSync(join(tmpdir(), 'beatbot-render-'));
    try {
      const usual = new Contest(folder, 'usual', renderScore(1, 8, 6000, SECONDS));
      const dense = new Contest(folder, 'dense', renderScore(2, 16, 20_000, SECONDS));
      return [...usual.figures(log, ''), ...dense.figures(log, 'dense-')];
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

interface Run {
  seconds: number;
  /** Processor time, which other work on the machine touches least. */
  cpuSeconds: number;
  output: string;
}

class Contest {
  private readonly scorePath: string;
  private readonly midi: string;
  private readonly stems: string[];

  constructor(
    private readonly folder: string,
    private readonly name: string,
    score: Score,
  ) {
    this.scorePath = this.write('score.json', JSON.stringify(score));
    this.midi = this.write('mix.mid', writeMidi(score));
    this.stems = score.tracks.map((track, index) =>
      this.write(`${index}.mid`, writeMidi({ ...score, tracks: [track] })),
    );
  }

  figures(log: (line: string) => void, prefix: string): Figure[] {
    const contestants: [string, () => Run][] = [
      ['ours, one thread', () => this.ours(1)],
      ['fluidsynth', () => this.fluidsynth(this.midi)],
      ['ours, two workers', () => this.ours(2)],
      ['fluidsynth, two cores', () => this.fluidsynth(this.midi, ['-z', '2048', '-o', 'synth.cpu-cores=2'])],
      ['ours with stems', () => this.ours(2, true)],
      ['fluidsynth, stem by stem', () => this.stemByStem()],
      ['spessasynth_core', () => this.node('spessasynth-render', [this.scorePath, join(this.folder, 'out.wav')])],
    ];
    const runs = new Map<string, Run[]>(contestants.map(([name]) => [name, []]));
    for (let round = 0; round < RUNS; round++)
      for (const [name, run] of contestants) {
        const result = run();
        runs.get(name)!.push(result);
        log(`${this.name}: ${name} ${result.seconds.toFixed(2)} s, processor time ${result.cpuSeconds.toFixed(2)} s`);
      }
    const time = (name: string): number => median(runs.get(name)!.map(({ seconds }) => seconds));
    const cpu = (name: string): number => median(runs.get(name)!.map((run) => run.cpuSeconds));
    const told = runs.get('ours, one thread')!.map(({ output }) => JSON.parse(output) as OwnRender);
    const { voiceMs, voiceFrames } = JSON.parse(this.ours(1, false, { MEASURE_VOICES: '1' }).output) as OwnRender;
    const ratio = (figure: string, peer: string, own: string, target: number): Figure => ({
      name: `render.${prefix}${figure}`,
      value: time(peer) / time(own),
      unit: 'x',
      target,
      better: 'higher',
      note: `${own} ${time(own).toFixed(2)} s, ${peer} ${time(peer).toFixed(2)} s; processor time ${cpu(own).toFixed(2)} and ${cpu(peer).toFixed(2)} s, ${(cpu(peer) / cpu(own)).toFixed(2)}x`,
    });
    const figure = (name: string, value: number, unit: string, better: Figure['better'], note: string): Figure => ({
      name: `render.${prefix}${name}`,
      value,
      unit,
      better,
      note,
    });
    return [
      ratio('one-thread', 'fluidsynth', 'ours, one thread', 2),
      ratio('two-workers', 'fluidsynth', 'ours, two workers', 3.5),
      ratio('two-workers-vs-two-cores', 'fluidsynth, two cores', 'ours, two workers', 2),
      ratio('stems', 'fluidsynth, stem by stem', 'ours with stems', 6),
      ratio('vs-spessasynth', 'spessasynth_core', 'ours, one thread', 5),
      figure('real-time-factor', SECONDS / time('ours, one thread'), 'x', 'higher', 'one thread, whole process'),
      figure(
        'voice',
        (voiceMs * 1e6) / voiceFrames,
        'ns',
        'lower',
        'a voice and frame, envelopes, oscillators, filter and starting of notes included',
      ),
      figure(
        'first-block',
        median(told.map(({ firstBlockMs }) => firstBlockMs)),
        'ms',
        'lower',
        'from the start of the process to 186 ms of the mix',
      ),
      figure('load', median(told.map(({ loadMs }) => loadMs)), 'ms', 'lower', 'reading and parsing the SoundFont'),
      figure(
        'memory',
        median(told.map(({ memoryMib }) => memoryMib)),
        'MiB',
        'lower',
        'highest of the process, one thread',
      ),
    ];
  }

  private ours(workers: number, stems = false, environment: Record<string, string> = {}): Run {
    const out = join(this.folder, 'out.wav');
    return this.node(
      'own-render',
      [this.scorePath, out, String(workers), ...(stems ? [this.folder] : [])],
      environment,
    );
  }

  private node(script: string, args: string[], environment: Record<string, string> = {}): Run {
    return timed(process.execPath, [join(__dirname, `${script}.js`), SOUND_FONT, ...args], environment);
  }

  private fluidsynth(midi: string, more: string[] = []): Run {
    return timed('fluidsynth', [
      '-ni',
      '-q',
      '-r',
      '44100',
      ...more,
      '-F',
      join(this.folder, 'out.wav'),
      SOUND_FONT,
      midi,
    ]);
  }

  private stemByStem(): Run {
    const parts = [this.midi, ...this.stems].map((midi) => this.fluidsynth(midi));
    return {
      seconds: parts.reduce((sum, { seconds }) => sum + seconds, 0),
      cpuSeconds: parts.reduce((sum, run) => sum + run.cpuSeconds, 0),
      output: '',
    };
  }

  private write(name: string, content: string | Uint8Array): string {
    const path = join(this.folder, `${this.name}-${name}`);
    writeFileSync(path, content);
    return path;
  }
}

function timed(command: string, args: string[], environment: Record<string, string> = {}): Run {
  const start = performance.now();
  const before = cpuSeconds([process.pid]);
  const output = execFileSync(command, args, {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, ...environment },
  }).toString();
  return {
    seconds: (performance.now() - start) / 1000,
    // A process's own time counts its ended children's.
    cpuSeconds: cpuSeconds([process.pid]) - before,
    output,
  };
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}
