import { once } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import { allocateMix, BLOCK_FRAMES, WavEncoder } from '@beatbot/dsp';
import { stereoBlock } from '../../../../libs/dsp/src/stereo-block';
import { encode } from './encode-job';
import { JobCancelled, JobContext } from './job-context';
import type { FromJob, ToJob } from './job-types';
import { stem } from './stem-job';

const BLOCKS = 200;
const TAGS = { title: 'Cancelled', bpm: 120, key: { tonic: 'C', mode: 'major' as const } };

/** Runs a job and cancels it when it has told its progress so many times; gives how many times more it did. */
async function blocksAfterCancel(run: (context: JobContext) => Promise<unknown>, after: number): Promise<number> {
  const { port1: line, port2: port } = new MessageChannel();
  const context = new JobContext(port);
  let told = 0;
  const progress = context.progress.bind(context);
  context.progress = (value) => {
    if (++told === after) line.postMessage({ type: 'cancel' } satisfies ToJob);
    progress(value);
  };
  line.on('message', (_: FromJob) => undefined);
  try {
    await expect(run(context)).rejects.toBeInstanceOf(JobCancelled);
  } finally {
    port.close();
    await once(line, 'close');
  }
  return told - after;
}

describe('a cancelled job', () => {
  const frames = BLOCKS * BLOCK_FRAMES;

  it('ends within two blocks, of a few milliseconds each, while it goes through a stem', async () => {
    const encoder = new WavEncoder({ sampleRate: 44_100, frames });
    const stored = Buffer.concat([encoder.encode(stereoBlock(frames)), encoder.finish()]);
    const input = {
      score: new Uint8Array(),
      sampleRate: 44_100,
      trackIndex: 0,
      tags: TAGS,
      format: 'wav',
      stored,
    } as const;
    expect(
      await blocksAfterCancel((context) => stem({ ...input, mix: allocateMix(frames) }, context), 3),
    ).toBeLessThanOrEqual(2);
  });

  it.each(['wav', 'flac', 'mp3', 'opus'] as const)('ends within two blocks while it encodes %s', async (format) => {
    const samples = allocateMix(frames);
    const input = { samples, sampleRate: 44_100, format, tags: TAGS } as const;
    expect(await blocksAfterCancel((context) => encode(input, context), 3)).toBeLessThanOrEqual(2);
  });
});
