import { closingFade, master, MixBus } from '@beatbot/dsp';
import { JobContext } from './job-context';
import { Jobs } from './job-types';
import { readScore } from './stem-job';

/** Sums the partial mixes into the memory of the first, and masters it there. Progress is the share of the work. */
export async function masterMix(
  { score: bytes, sampleRate, mixes }: Jobs['master']['input'],
  context: JobContext,
): Promise<Jobs['master']['result']> {
  const score = readScore(bytes);
  const [first, ...rest] = mixes;
  const summing = MixBus.intoSamples([new MixBus(first), ...rest.map((memory) => new MixBus(memory))]);
  let sum = summing.next();
  for (; !sum.done; sum = summing.next()) await context.pause();
  const mastering = master(sum.value, sampleRate, {
    loudnessLufs: score.master.loudnessCentiLufs / 100,
    truePeakDb: score.master.truePeakCentiDb / 100,
    fade: closingFade(score, sampleRate),
  });
  let step = mastering.next();
  for (; !step.done; step = mastering.next()) {
    context.progress(step.value);
    await context.pause();
  }
  return step.value;
}
