import type { Brief, SectionDemand } from '../brief/brief';
import { findInstrument, isPartOf } from '../instruments/instrument';
import { keyFits, sameKey } from '../measures/find-key';
import { measureMeter } from '../measures/measure-meter';
import { measureTempo } from '../measures/measure-tempo';
import { pitchedNotes, soundingTracks } from '../measures/sounding-tracks';
import { excerpt } from '../score/excerpt';
import type { Score, Section, Track } from '../score/score';
import type { Demand } from './receipt';
import { TEMPO_TOLERANCE } from './time-demands';

/** What was asked of single sections, each measured on the notes that begin there. */
export function sectionDemands(brief: Brief, score: Score): Demand[] {
  return score.sections.flatMap((section, index) => {
    const asked = brief.form.value[index];
    if (asked?.name !== section.name) return [];
    const part = excerpt(score, [section]);
    return [
      ...keyDemand(asked, part, section),
      ...meterDemand(asked, part, section),
      ...tempoDemand(asked, part, section),
      ...playerDemands(asked, part, section),
    ].map((demand): Demand => ({ ...demand, source: brief.form.provenance }));
  });
}

type Found = Omit<Demand, 'source'>;

const within = (text: string, { id, startBar, bars }: Section) =>
  `${text} in ${id} (bars ${startBar + 1}-${startBar + bars})`;

function keyDemand({ key }: SectionDemand, part: Score, section: Section): Found[] {
  if (!key) return [];
  const [best] = keyFits(pitchedNotes(part), ['major', 'minor', key.mode]);
  return [
    {
      demand: 'key',
      asked: within(`${key.tonic} ${key.mode}`, section),
      measured: best ? `${best.key.tonic} ${best.key.mode} (r ${best.correlation.toFixed(2)})` : 'no pitched notes',
      how: 'Krumhansl-Schmuckler on how long each pitch class sounds in the section',
      met: best !== undefined && sameKey(best.key, key),
    },
  ];
}

function meterDemand({ meter }: SectionDemand, part: Score, section: Section): Found[] {
  if (!meter) return [];
  const text = `${meter.numerator}/${meter.denominator}`;
  const written = part.meters.map(({ numerator, denominator }) => `${numerator}/${denominator}`).join(', ');
  const found = measureMeter(part, meter);
  const heard = found && `${found.numerator}/${found.denominator}`;
  return [
    {
      demand: 'meter',
      asked: within(text, section),
      measured: found ? `${heard ?? ''} (bars alike to ${found.strength.toFixed(2)})` : `${written} as written`,
      how: found
        ? 'autocorrelation of the accents at the length of a bar'
        : 'bar lines of the score, since no accents repeat strongly enough to hear a meter',
      met: written === text && (heard === undefined || heard === text),
    },
  ];
}

function tempoDemand({ tempoMilliBpm }: SectionDemand, part: Score, section: Section): Found[] {
  if (tempoMilliBpm === undefined) return [];
  const asked = tempoMilliBpm / 1000;
  const found = measureTempo(part, asked);
  const bpm = found?.bpm ?? (part.tempos[0]?.milliBpm ?? 0) / 1000;
  return [
    {
      demand: 'tempo',
      asked: within(`${asked} bpm`, section),
      measured: `${bpm.toFixed(1)} bpm${found ? ` (strength ${found.strength.toFixed(2)})` : ' as written'}`,
      how: found
        ? 'strongest pulse of the note onsets in the octave around the tempo asked for'
        : 'tempo map of the score, since too few notes begin to hear a tempo',
      met: Math.abs(bpm / asked - 1) <= TEMPO_TOLERANCE,
    },
  ];
}

function playerDemands(
  { playing = [], silent = [], only = [] }: SectionDemand,
  part: Score,
  section: Section,
): Found[] {
  const tracks = soundingTracks(part);
  const how = 'notes that begin in the section, of tracks that are not muted';
  const of = (target: string): Track[] => tracks.filter((track) => track.notes.length > 0 && isPartOf(track, target));
  const name = (target: string) => findInstrument(target)?.name ?? target;
  return [
    ...[...playing, ...only].map((target): Found => {
      const notes = of(target).reduce((sum, track) => sum + track.notes.length, 0);
      return {
        demand: 'instrument',
        asked: within(name(target), section),
        measured: notes > 0 ? `${notes} notes` : 'not heard',
        how,
        met: notes > 0,
      };
    }),
    ...(only.length > 0 ? [onlyDemand(only, tracks, section)] : []),
    ...silent.map((target): Found => {
      const heard = of(target).map((track) => track.name);
      return {
        demand: 'excluded',
        asked: within(`no ${name(target)}`, section),
        measured: heard.length === 0 ? 'not heard' : `heard in ${heard.join(', ')}`,
        how,
        met: heard.length === 0,
      };
    }),
  ];
}

function onlyDemand(only: readonly string[], tracks: readonly Track[], section: Section): Found {
  const others = tracks.filter((track) => !only.some((target) => isPartOf(track, target))).map((track) => track.name);
  return {
    demand: 'excluded',
    asked: within(`nothing but ${only.map((target) => findInstrument(target)?.name ?? target).join(', ')}`, section),
    measured: others.length === 0 ? 'nothing else heard' : `heard in ${others.join(', ')}`,
    how: 'notes that begin in the section, of tracks that are not muted',
    met: others.length === 0,
  };
}
