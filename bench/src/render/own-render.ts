// A whole program, for a fair comparison with another: renders a score's mix, and its stems where asked, to WAV files.
// node own-render.js SOUNDFONT SCORE.json OUT.wav WORKERS [STEMS FOLDER]
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import {
  allocateMix,
  allocateSounds,
  BLOCK_FRAMES,
  createEncoder,
  createSamplerEngine,
  MixBus,
  MixMemory,
  scoreFrames,
  SoundMemory,
  StemRenderer,
  StereoBlock,
} from '@beatbot/dsp';
import type { Score } from '@beatbot/music/score';

export const SAMPLE_RATE = 44_100;

/** What a run tells at its end, as a line of JSON. */
export interface OwnRender {
  loadMs: number;
  /** From the start of the process to the first block of the mix. */
  firstBlockMs: number;
  /** Time in voices alone, without strips and effects, of the whole score once more; 0 where there are workers. */
  voiceMs: number;
  voiceFrames: number;
  memoryMib: number;
}

interface Lane {
  soundFont: string;
  score: Score;
  tracks: number[];
  mix: MixMemory;
  sounds: SoundMemory;
  stems?: string;
}

async function renderLane({ soundFont, score, tracks, mix, sounds, stems }: Lane) {
  const start = performance.now();
  const engine = await createSamplerEngine(readFileSync(soundFont), SAMPLE_RATE, sounds);
  const loadMs = performance.now() - start;
  const bus = new MixBus(mix);
  const lanes = await Promise.all(
    tracks.map(async (index) => ({
      track: score.tracks[index]!,
      stem: new StemRenderer(engine, score, score.tracks[index]!),
      encoder: stems ? await createEncoder('wav', { sampleRate: SAMPLE_RATE, frames: bus.frames }) : undefined,
      parts: [] as Uint8Array[],
    })),
  );
  let firstBlockMs = 0;
  for (let frame = 0; frame < bus.frames; frame += BLOCK_FRAMES) {
    for (const lane of lanes) {
      const block = lane.stem.next();
      bus.add(block, frame);
      if (lane.encoder) lane.parts.push(lane.encoder.encode(block));
    }
    firstBlockMs ||= performance.now();
  }
  for (const { track, encoder, parts } of lanes)
    if (encoder && stems) writeFileSync(join(stems, `${track.id}.wav`), Buffer.concat([...parts, encoder.finish()]));
  return { engine, loadMs, firstBlockMs };
}

async function main(): Promise<void> {
  const [soundFont, scorePath, out, workers, stems] = process.argv.slice(2) as [
    string,
    string,
    string,
    string,
    string?,
  ];
  const score = JSON.parse(readFileSync(scorePath, 'utf8')) as Score;
  const frames = scoreFrames(score, SAMPLE_RATE);
  const count = Number(workers);
  const sounds = allocateSounds();
  const lanes: Lane[] = Array.from({ length: count }, (_, lane) => ({
    soundFont,
    score,
    tracks: score.tracks.map((__, index) => index).filter((index) => index % count === lane),
    mix: allocateMix(frames),
    sounds,
    stems,
  }));
  const others = lanes.slice(1).map((lane) => new Worker(__filename, { workerData: lane }));
  const ended = others.map((worker) => once(worker, 'message'));
  const { engine, loadMs, firstBlockMs } = await renderLane(lanes[0]!);
  await Promise.all(ended);
  const encoder = await createEncoder('wav', { sampleRate: SAMPLE_RATE, frames });
  const buses = lanes.map(({ mix }) => new MixBus(mix)) as [MixBus, ...MixBus[]];
  const block: StereoBlock = { left: new Float32Array(frames), right: new Float32Array(frames) };
  MixBus.read(buses, 0, block);
  writeFileSync(out, Buffer.concat([encoder.encode(block), encoder.finish()]));
  const { maxRSS } = process.resourceUsage();
  const voices = engine.voiceFrames;
  let voiceMs = 0;
  if (process.env['MEASURE_VOICES']) {
    const start = performance.now();
    const part = { left: new Float32Array(BLOCK_FRAMES), right: new Float32Array(BLOCK_FRAMES) };
    for (const track of score.tracks) {
      const voice = engine.openTrack(track, score.tempos);
      for (let frame = 0; frame < frames; frame += BLOCK_FRAMES) voice.render(part);
    }
    voiceMs = performance.now() - start;
  }
  const result: OwnRender = { loadMs, firstBlockMs, voiceMs, voiceFrames: voices, memoryMib: maxRSS / 1024 };
  console.log(JSON.stringify(result));
  process.exit(0);
}

if (isMainThread) void main();
else void renderLane(workerData as Lane).then(() => parentPort!.postMessage('done'));
