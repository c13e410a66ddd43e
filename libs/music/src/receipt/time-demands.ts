import type { Brief } from '../brief/brief';
import { measureMeter } from '../measures/measure-meter';
import { measureSwing } from '../measures/measure-swing';
import { measureTempo } from '../measures/measure-tempo';
import { excerpt } from '../score/excerpt';
import { PPQ, type Score, type Section } from '../score/score';
import { isCompound } from '../score/timeline';
import { STYLES } from '../styles/style-catalogue';
import type { Demand } from './receipt';

/** A tempo this near (as a share) to the one asked for is met; it is below the difference that listeners notice in a sequence (C. Drake & M.-C. Botte, Perception & Psychophysics 54, 1993). */
export const TEMPO_TOLERANCE = 0.01;
/** Humanised timing may shift the off-beat by this much, in percent of the pair. */
const SWING_TOLERANCE = 4;

/** Demands on tempo, meter and swing. */
export function timeDemands(brief: Brief, score: Score): Demand[] {
  return [
    tempoDemand(brief, ownSections(brief, score, 'tempoMilliBpm')),
    meterDemand(brief, ownSections(brief, score, 'meter')),
    ...swingDemand(brief, score),
  ];
}

/** The longest run of sections that the song's own tempo or meter holds for; the whole song where no section has one of its own. */
function ownSections(brief: Brief, score: Score, field: 'tempoMilliBpm' | 'meter'): Score {
  const own = score.sections.map((_, index) => brief.form.value[index]?.[field] === undefined);
  if (!own.includes(false) || !own.includes(true)) return score;
  let run: Section[] = [];
  let longest: Section[] = [];
  const bars = (sections: readonly Section[]) => sections.reduce((sum, section) => sum + section.bars, 0);
  score.sections.forEach((section, index) => {
    run = own[index] ? [...run, section] : [];
    if (bars(run) > bars(longest)) longest = run;
  });
  return excerpt(score, longest);
}

function tempoDemand(brief: Brief, score: Score): Demand {
  const asked = brief.tempoMilliBpm.value / 1000;
  const found = measureTempo(score, asked);
  const common = { demand: 'tempo', source: brief.tempoMilliBpm.provenance, asked: `${asked} bpm` };
  if (!found) {
    const written = score.tempos.map(({ milliBpm }) => milliBpm / 1000);
    return {
      ...common,
      measured: `${written.join(', ')} bpm as written`,
      how: 'tempo map of the score, since too few notes begin to hear a tempo',
      met: written.every((bpm) => bpm === asked),
    };
  }
  return {
    ...common,
    measured: `${found.bpm.toFixed(1)} bpm (strength ${found.strength.toFixed(2)})`,
    how: 'strongest pulse of the note onsets in the octave around the tempo asked for',
    met: Math.abs(found.bpm / asked - 1) <= TEMPO_TOLERANCE,
  };
}

function meterDemand(brief: Brief, score: Score): Demand {
  const asked = brief.meter.value;
  const found = measureMeter(score, asked);
  const written = score.meters.map(({ numerator, denominator }) => `${numerator}/${denominator}`).join(', ');
  const askedText = `${asked.numerator}/${asked.denominator}`;
  const common = { demand: 'meter', source: brief.meter.provenance, asked: askedText };
  if (!found) {
    return {
      ...common,
      measured: `${written} as written`,
      how: 'bar lines of the score, since no accents repeat strongly enough to hear a meter',
      met: written === askedText,
    };
  }
  return {
    ...common,
    measured: `${found.numerator}/${found.denominator} (bars alike to ${found.strength.toFixed(2)})`,
    how: 'autocorrelation of the accents at the length of a bar',
    met: found.numerator === asked.numerator && found.denominator === asked.denominator && written === askedText,
  };
}

function swingDemand(brief: Brief, score: Score): Demand[] {
  const unit = STYLES.find(({ id }) => id === brief.style.value)?.swing.unit ?? 'eighth';
  // Compound meters have their eighths in threes already.
  if (unit === 'eighth' && isCompound(brief.meter.value)) return [];
  const measured = measureSwing(score, unit === 'eighth' ? PPQ : PPQ / 2);
  if (measured === undefined) return [];
  const asked = brief.swingPercent.value;
  return [
    {
      demand: 'swing',
      source: brief.swingPercent.provenance,
      asked: `${asked} %`,
      measured: `${measured.toFixed(1)} %`,
      how: `median place of the off-beat ${unit}s, within ${SWING_TOLERANCE} %`,
      met: Math.abs(measured - asked) <= SWING_TOLERANCE,
    },
  ];
}
