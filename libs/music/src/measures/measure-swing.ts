import type { Score } from '../score/score';
import { barStartTick, barAtTick } from '../score/timeline';
import { soundingTracks } from './sounding-tracks';

const FEWEST_OFFBEATS = 8;

/**
 * How long the first half of a pair lasts, in percent of the pair (two eighths: 480 ticks; two sixteenths: 240): the
 * median place of the notes that begin between 42 and 72 percent of a pair. Undefined where fewer than eight do.
 */
export function measureSwing(score: Pick<Score, 'meters' | 'tracks'>, pairTicks: number): number | undefined {
  const places = soundingTracks(score)
    .flatMap(({ notes }) => notes)
    .map(({ startTick }) => {
      const within = (startTick - barStartTick(score, barAtTick(score, startTick))) % pairTicks;
      return (within / pairTicks) * 100;
    })
    .filter((percent) => percent >= 42 && percent <= 72)
    .sort((left, right) => left - right);
  return places.length < FEWEST_OFFBEATS ? undefined : places[Math.floor(places.length / 2)];
}
