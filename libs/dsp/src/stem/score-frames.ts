import { durationSeconds, endTick, Score, tickToSeconds } from '@beatbot/music/score';
import { Fade } from '../master/fade';

/** What rings on after the last bar line, in seconds. */
export const TAIL_SECONDS = 4;
/** The end of the tail in which it is faded out, for what rings longer still, in seconds. */
export const TAIL_FADE_SECONDS = 1.5;

type Timing = Pick<Score, 'tempos' | 'meters' | 'sections' | 'master'>;

/** How long the audio of a score is, in frames: to the last bar line and TAIL_SECONDS on; to the bar line only where the master closes with a fade. */
export function scoreFrames(score: Timing, sampleRate: number): number {
  const tail = score.master.fadeOutTicks > 0 ? 0 : TAIL_SECONDS;
  return Math.ceil((durationSeconds(score) + tail) * sampleRate);
}

/** The closing fade of the master, or undefined where there is none. */
export function closingFade(score: Timing, sampleRate: number): Fade | undefined {
  const { fadeOutTicks } = score.master;
  if (fadeOutTicks <= 0) return undefined;
  const end = endTick(score);
  return {
    startFrame: Math.round(tickToSeconds(score, Math.max(0, end - fadeOutTicks)) * sampleRate),
    endFrame: Math.round(tickToSeconds(score, end) * sampleRate),
  };
}

/** Where every stem is faded at its end, so that nothing is cut. */
export function tailFade(frames: number, sampleRate: number): Fade {
  return { startFrame: frames - Math.round(TAIL_FADE_SECONDS * sampleRate), endFrame: frames };
}
