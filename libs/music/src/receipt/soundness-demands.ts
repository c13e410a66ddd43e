import type { Brief } from '../brief/brief';
import { measureCadence } from '../measures/measure-cadence';
import { overlaps } from '../measures/overlaps';
import { rangeViolations } from '../measures/range-violations';
import { silentBars } from '../measures/silent-bars';
import { pitchedNotes } from '../measures/sounding-tracks';
import type { Score } from '../score/score';
import { barAtTick } from '../score/timeline';
import type { Demand } from './receipt';

/** What every song must keep, asked for or not: zero tolerance. */
export function soundnessDemands(brief: Brief, score: Score): Demand[] {
  const outside = score.tracks.flatMap((track) => rangeViolations(track));
  const doubled = score.tracks.flatMap((track) => overlaps(track));
  const silent = silentBars(score);
  return [
    {
      demand: 'range',
      source: 'default',
      asked: 'every note within its instrument',
      measured: findings(
        outside.map(
          ({ trackId, note }) => `${trackId} pitch ${note.pitch} in bar ${barAtTick(score, note.startTick) + 1}`,
        ),
      ),
      how: 'each note against the range in the instrument catalogue',
      met: outside.length === 0,
    },
    {
      demand: 'overlaps',
      source: 'default',
      asked: 'no pitch begins in a track while it still sounds there',
      measured: findings(
        doubled.map(
          ({ trackId, later }) => `${trackId} pitch ${later.pitch} in bar ${barAtTick(score, later.startTick) + 1}`,
        ),
      ),
      how: 'each note against the note of the same pitch before it',
      met: doubled.length === 0,
    },
    {
      demand: 'silence',
      source: 'default',
      asked: 'no silent bar',
      measured: findings(silent.map((bar) => `bar ${bar + 1}`)),
      how: 'bars in which no note of any track sounds',
      met: silent.length === 0,
    },
    ...(brief.loop.value ? [loopDemand(brief, score)] : cadenceDemand(score)),
  ];
}

function findings(found: readonly string[]): string {
  if (found.length === 0) return 'none found';
  return `${found.length}: ${found.slice(0, 5).join('; ')}${found.length > 5 ? '; ...' : ''}`;
}

/** Drums alone have no cadence. */
function cadenceDemand(score: Score): Demand[] {
  if (pitchedNotes(score).length === 0) return [];
  const found = measureCadence(score);
  return [
    {
      demand: 'cadence',
      source: 'default',
      asked: 'an ending on the tonic, or a fade',
      measured: found
        ? `${score.master.fadeOutTicks > 0 ? 'a fade over ' : ''}${found.chord}, root ${found.tonicChord ? 'on' : 'off'} the tonic, bass ${found.tonicBass ? 'on' : 'off'} the tonic`
        : 'nothing sounds with a last chord',
      how: 'root of the last chord, and the lowest pitch sounding as it begins',
      met: score.master.fadeOutTicks > 0 || (found !== undefined && found.tonicChord && found.tonicBass),
    },
  ];
}

function loopDemand(brief: Brief, score: Score): Demand {
  const silent = silentBars(score);
  const joins = !silent.includes(0) && score.master.fadeOutTicks === 0 && score.tracks.length > 0;
  return {
    demand: 'loop',
    source: brief.loop.provenance,
    asked: 'the end joins the beginning',
    measured:
      joins && silent.length === 0
        ? 'sounds from first bar to last, without fade'
        : `silent bars ${silent.length}, fade ${score.master.fadeOutTicks} ticks`,
    how: 'notes in every bar, and no closing fade',
    met: joins && silent.length === 0,
  };
}
