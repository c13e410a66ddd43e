import { isPartOf } from '../../instruments/instrument';
import { isChordHeard } from '../../measures/chord-agreement';
import { demandedKey, demandedTempo, sectionDemand } from '../../plan/section-demands';
import type { Section, Track } from '../../score/score';
import { keyAt, meterAt, tempoAt } from '../../score/timeline';
import { AGENT_OF_ROLE, barsText, share, type Fault, type Review } from './fault';

const LEAST_CHORDS_HEARD = 0.75;

/** What single sections were asked for and are not, stated chords that are not heard, instruments asked for of which hardly anything is heard. */
export function demandFaults(review: Review): Fault[] {
  return [...sectionFaults(review), ...chordFaults(review), ...briefPlayerFaults(review)];
}

function sectionFaults({ brief, plan, score, frame }: Review): Fault[] {
  return plan.sections.flatMap((section): Fault[] => {
    const asked = sectionDemand(brief, plan, section);
    const tick = frame.barStart(section.startBar);
    const bars = barsText(section.startBar, section.startBar + section.bars - 1);
    const meter = asked.meter ?? brief.meter.value;
    const key = demandedKey(brief, plan, section);
    const found = { meter: meterAt(score, tick), key: keyAt(score, tick), tempo: tempoAt(score, tick).milliBpm };
    const faults: Fault[] = [];
    if (found.meter.numerator !== meter.numerator || found.meter.denominator !== meter.denominator)
      faults.push({ agent: 'producer', fault: `${section.id} is not in ${meter.numerator}/${meter.denominator}`, bars });
    if (found.key.tonic !== key.tonic || found.key.mode !== key.mode)
      faults.push({ agent: 'producer', fault: `${section.id} is not in ${key.tonic} ${key.mode}`, bars });
    // The ending may slow down.
    if (found.tempo !== demandedTempo(brief, plan, section) && section.startBar < frame.totalBars - 2)
      faults.push({ agent: 'arranger', fault: `${section.id} has another tempo than asked for`, bars });
    const { playing = [], silent = [], only } = asked;
    const sounding = score.tracks.filter((track) => notesIn(track, section) > 0);
    for (const target of [...playing, ...(only ?? [])]) {
      const tracks = score.tracks.filter((track) => isPartOf(track, target));
      if (sounding.some((track) => tracks.includes(track))) continue;
      const [track] = tracks;
      faults.push({ agent: track ? AGENT_OF_ROLE[track.role] : 'producer', fault: `${target} does not sound in ${section.id}`, bars, ...(track && { trackId: track.id }) });
    }
    for (const track of sounding) {
      const ruledOut = silent.some((target) => isPartOf(track, target)) || (only && !only.some((target) => isPartOf(track, target)));
      if (ruledOut) faults.push({ agent: 'producer', fault: `${track.id} sounds in ${section.id}`, bars, trackId: track.id });
    }
    return faults;
  });

  function notesIn({ notes }: Track, { startBar, bars }: Section): number {
    const [from, to] = [frame.barStart(startBar), frame.barStart(startBar + bars)];
    return notes.filter(({ startTick }) => startTick >= from && startTick < to).length;
  }
} // prettier-ignore

function chordFaults({ brief, score, frame }: Review): Fault[] {
  if (!brief.progression.value.length) return [];
  const heard = score.chords.filter((chord) => isChordHeard(score, chord));
  if (share(heard.length, score.chords.length) >= LEAST_CHORDS_HEARD) return [];
  const fault = `only ${heard.length} of ${score.chords.length} chords asked for are heard`;
  return [{ agent: 'arranger', fault, bars: barsText(0, frame.totalBars - 1) }];
}

/** A single bar is no part. */
function briefPlayerFaults({ brief, score, frame }: Review): Fault[] {
  if (frame.totalBars < 4) return [];
  return brief.instruments.value.flatMap(({ instrument: id }): Fault[] => {
    const tracks = score.tracks.filter((track) => track.instrument === id && track.notes.length);
    const bars = new Set(tracks.flatMap(({ notes }) => notes.map(({ startTick }) => frame.barAt(startTick))));
    const [track] = tracks;
    if (!track || bars.size > 1) return [];
    return [{ agent: AGENT_OF_ROLE[track.role], fault: `${id} was asked for and has only one bar`, bars: barsText(Math.min(...bars)), trackId: track.id }];
  });
} // prettier-ignore
