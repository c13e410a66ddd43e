import {
  BLOCK_FRAMES,
  closingFade,
  createEncoder,
  decibelsToGain,
  fadeOut,
  LoudnessMeter,
  MixBus,
  sliceBlock,
  StemRenderer,
  stereoBlock,
  TRUE_PEAK_MARGIN_DB,
  TruePeakLimiter,
} from '@beatbot/dsp';
import { Score, sectionRange, tickToSeconds } from '@beatbot/music';
import { JobContext } from './job-context';
import { Jobs } from './job-types';
import { readScore } from './stem-job';
import { workerEngine } from './worker-engine';

const EXCERPT_SECONDS = 8;
/** The largest piece of a stream. */
const PIECE_BYTES = 64 * 1024;

/**
 * The loudness of the first seconds of the section with the most energy: enough to choose a gain before the whole is
 * rendered. `-Infinity` where it is silent.
 */
export async function excerptLoudness(
  { score: bytes, sampleRate }: Jobs['excerpt-loudness']['input'],
  context: JobContext,
): Promise<Jobs['excerpt-loudness']['result']> {
  const { engine } = await workerEngine();
  const score = readScore(bytes);
  const startFrame = loudestFrame(score, sampleRate);
  const stems = score.tracks.map((track) => new StemRenderer(engine, score, track, startFrame));
  const meter = new LoudnessMeter(sampleRate);
  const sum = stereoBlock(BLOCK_FRAMES);
  for (let frame = 0; frame < EXCERPT_SECONDS * sampleRate; frame += BLOCK_FRAMES) {
    sum.left.fill(0);
    sum.right.fill(0);
    for (const stem of stems) {
      const block = stem.next();
      for (let i = 0; i < block.left.length; i++) {
        sum.left[i]! += block.left[i]!;
        sum.right[i]! += block.right[i]!;
      }
      await context.pause();
    }
    meter.add(sum.left, sum.right);
  }
  return meter.integratedLufs();
}

function loudestFrame(score: Score, sampleRate: number): number {
  const loudest = score.sections.reduce((best, section) => (section.energy > best.energy ? section : best));
  return Math.round(tickToSeconds(score, sectionRange(score, loudest).startTick) * sampleRate);
}

/** Renders tracks side by side, block by block, into a mix. Progress is the number of frames that are whole. */
export async function liveStems(
  { score: bytes, trackIndexes, mix }: Jobs['live-stems']['input'],
  context: JobContext,
): Promise<Jobs['live-stems']['result']> {
  const { engine } = await workerEngine();
  const score = readScore(bytes);
  const stems = trackIndexes.map((index) => new StemRenderer(engine, score, score.tracks[index]!));
  const bus = new MixBus(mix);
  for (let frame = 0; frame < bus.frames; frame += BLOCK_FRAMES) {
    for (const stem of stems) {
      bus.add(stem.next(), frame);
      await context.pause();
    }
    context.progress(Math.min(bus.frames, frame + BLOCK_FRAMES));
  }
  return null;
}

/** Sums, masters and encodes while the mixes grow. With a gain the stream is faded, raised and limited; without one it is the sum as it is. */
export async function liveMix(
  input: Jobs['live-mix']['input'],
  context: JobContext,
): Promise<Jobs['live-mix']['result']> {
  const { sampleRate, frames, gainDb, tags } = input;
  const score = readScore(input.score);
  const buses = input.mixes.map((memory) => new MixBus(memory));
  const limiter =
    gainDb === undefined
      ? undefined
      : new TruePeakLimiter(sampleRate, decibelsToGain(score.master.truePeakCentiDb / 100 - TRUE_PEAK_MARGIN_DB));
  const gain = decibelsToGain(gainDb ?? 0);
  const fade = gainDb === undefined ? undefined : closingFade(score, sampleRate);
  const latency = limiter?.latencyFrames ?? 0;
  const encoder = await createEncoder(input.format, { sampleRate, frames, tags });
  const buffer = stereoBlock(BLOCK_FRAMES);
  try {
    // The limiter answers late: its first frames are dropped, and silence at the end brings out its last.
    for (let frame = 0; frame < frames + latency; frame += BLOCK_FRAMES) {
      const end = Math.min(frames + latency, frame + BLOCK_FRAMES);
      const sounding = Math.max(0, Math.min(frames, end) - frame);
      await context.untilReady(frame + sounding);
      const block = sliceBlock(buffer, 0, end - frame);
      block.left.fill(0, sounding);
      block.right.fill(0, sounding);
      MixBus.read(buses, frame, sliceBlock(block, 0, sounding));
      if (fade) fadeOut(block, frame, fade);
      if (limiter) {
        for (let i = 0; i < block.left.length; i++) {
          block.left[i]! *= gain;
          block.right[i]! *= gain;
        }
        limiter.process(block);
      }
      await emitPieces(encoder.encode(sliceBlock(block, Math.max(0, latency - frame), end - frame)), context);
      await context.pause();
    }
    await emitPieces(encoder.finish(), context);
    return null;
  } finally {
    encoder.close();
  }
}

async function emitPieces(bytes: Uint8Array, context: JobContext): Promise<void> {
  for (let at = 0; at < bytes.length; at += PIECE_BYTES)
    await context.emit(new Uint8Array(bytes.subarray(at, at + PIECE_BYTES)));
}
