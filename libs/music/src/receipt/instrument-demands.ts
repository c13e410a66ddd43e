import type { Brief } from '../brief/brief';
import { findInstrument, instrument, isPartOf } from '../instruments/instrument';
import { soundingTracks } from '../measures/sounding-tracks';
import type { Score } from '../score/score';
import type { Demand } from './receipt';

/** Demands on which instruments sound and which must not. */
export function instrumentDemands(brief: Brief, score: Score): Demand[] {
  const sounding = soundingTracks(score);
  const present = brief.instruments.value.map(({ instrument: id, role }): Demand => {
    const tracks = sounding.filter((track) => track.instrument === id);
    const notes = tracks.reduce((sum, track) => sum + track.notes.length, 0);
    return {
      demand: 'instrument',
      source: brief.instruments.provenance,
      asked: `${instrument(id).name} (${role})`,
      measured: notes === 0 ? 'not heard' : `${notes} notes as ${tracks.map((track) => track.role).join(', ')}`,
      how: 'notes of tracks that are not muted',
      met: notes > 0,
    };
  });
  const absent = brief.excluded.value.map((excluded): Demand => {
    const tracks = sounding.filter((track) => isPartOf(track, excluded));
    return {
      demand: 'excluded',
      source: brief.excluded.provenance,
      asked: `no ${findInstrument(excluded)?.name ?? excluded}`,
      measured: tracks.length === 0 ? 'not heard' : `heard in ${tracks.map((track) => track.name).join(', ')}`,
      how: 'notes of tracks that are not muted',
      met: tracks.length === 0,
    };
  });
  return [...present, ...absent];
}
