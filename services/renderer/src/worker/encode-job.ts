import { blocksOf, MixMemory, PeaksBuilder, sliceBlock, StereoBlock } from '@beatbot/dsp';
import { encodedFile, FileBuilder } from './encoded-file';
import { JobContext } from './job-context';
import { Jobs } from './job-types';

/** Encodes mastered samples. Progress is the share of frames. */
export async function encode(
  { samples, sampleRate, format, tags }: Jobs['encode']['input'],
  context: JobContext,
): Promise<Jobs['encode']['result']> {
  const block = toBlock(samples);
  const builder = await FileBuilder.create(format, { sampleRate, frames: block.left.length, tags });
  try {
    for (const { start, end } of blocksOf(block.left.length)) {
      builder.add(sliceBlock(block, start, end));
      context.progress(end / block.left.length);
      await context.pause();
    }
    return builder.finish();
  } finally {
    builder.close();
  }
}

/** The waveform overview of mastered samples. */
export async function peaks(
  { samples, sampleRate }: Jobs['peaks']['input'],
  context: JobContext,
): Promise<Jobs['peaks']['result']> {
  const block = toBlock(samples);
  const builder = new PeaksBuilder(sampleRate, block.left.length);
  for (const { start, end } of blocksOf(block.left.length)) {
    builder.add(sliceBlock(block, start, end));
    await context.pause();
  }
  return encodedFile([new TextEncoder().encode(JSON.stringify(builder.finish()))]);
}

function toBlock({ left, right }: MixMemory): StereoBlock {
  return { left: new Float32Array(left), right: new Float32Array(right) };
}
