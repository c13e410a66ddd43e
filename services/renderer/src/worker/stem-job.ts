import { MixBus, readFlac24, readWav24, StemRenderer, StereoBlock } from '@beatbot/dsp';
import { Score } from '@beatbot/music';
import { FileBuilder } from './encoded-file';
import { JobContext } from './job-context';
import { Jobs } from './job-types';
import { workerEngine } from './worker-engine';

type Input = Jobs['stem']['input'];

/** Renders a track, or reads its stored stem, into a mix. Progress is the share of frames. */
export async function stem(input: Input, context: JobContext): Promise<Jobs['stem']['result']> {
  const bus = new MixBus(input.mix);
  if (input.stored && input.format) {
    const blocks = input.format === 'wav' ? readWav24(input.stored) : await readFlac24(input.stored);
    await mixInto(bus, blocks, context);
    return { clippedSamples: 0 };
  }
  const renderer = await openStem(input.score, input.trackIndex);
  const { format, sampleRate, tags } = input;
  const builder = format && (await FileBuilder.create(format, { sampleRate, frames: renderer.frames, tags }));
  try {
    await mixInto(bus, stemBlocks(renderer), context, builder);
    return { ...(builder && { file: builder.finish() }), clippedSamples: renderer.clippedSamples };
  } finally {
    builder?.close();
  }
}

/** Begins the stem of a track. */
export async function openStem(score: Uint8Array, trackIndex: number): Promise<StemRenderer> {
  const { engine } = await workerEngine();
  const parsed = readScore(score);
  return new StemRenderer(engine, parsed, parsed.tracks[trackIndex]!);
}

/** A score that the plan has checked. */
export function readScore(bytes: Uint8Array): Score {
  return JSON.parse(new TextDecoder().decode(bytes)) as Score;
}

function* stemBlocks(renderer: StemRenderer): Generator<StereoBlock> {
  for (let block = renderer.next(); block.left.length > 0; block = renderer.next()) yield block;
}

async function mixInto(
  bus: MixBus,
  blocks: Iterable<StereoBlock>,
  context: JobContext,
  builder?: FileBuilder,
): Promise<void> {
  let frame = 0;
  for (const block of blocks) {
    bus.add(block, frame);
    builder?.add(block);
    frame += block.left.length;
    context.progress(frame / bus.frames);
    await context.pause();
  }
}
