import type { Brief } from '../brief/brief';
import { instrument } from '../instruments/instrument';
import type { Score } from '../score/score';
import { formDemands } from './form-demands';
import { instrumentDemands } from './instrument-demands';
import { noteMeasures } from './note-measures';
import type { Receipt, Repair } from './receipt';
import { sectionDemands } from './section-demands';
import { soundnessDemands } from './soundness-demands';
import { timeDemands } from './time-demands';
import { tonalDemands } from './tonal-demands';

/**
 * What was asked and what the notes say, demand by demand: the Brief's fields (stated, inferred and default alike), then
 * what every song must keep. All of it is measured on the notes of the Score; what is heard in the audio is not part
 * of it.
 */
export function noteReceipt(brief: Brief, score: Score, repairs: readonly Repair[] = []): Receipt {
  return {
    demands: [
      ...tonalDemands(brief, score),
      ...timeDemands(brief, score),
      ...formDemands(brief, score),
      ...instrumentDemands(brief, score),
      ...sectionDemands(brief, score),
      ...soundnessDemands(brief, score),
    ],
    measures: noteMeasures(score),
    repairs: [...repairs],
    notUnderstood: brief.notUnderstood.map(({ text }) => text),
    remarks: remarks(brief),
  };
}

function remarks(brief: Brief): string[] {
  return [
    ...brief.contradictions.map(({ field, asked, chosen }) =>
      asked.length > 1
        ? `${field}: ${asked.join(' and ')} cannot both be; ${chosen} was chosen.`
        : `${field}: ${asked.join()} cannot be had; instead: ${chosen}.`,
    ),
    ...brief.instruments.value
      .filter(({ standIn }) => standIn)
      .map(
        ({ asked, instrument: id }) =>
          `There is no "${asked}" among the instruments; ${instrument(id).name} stands in.`,
      ),
    ...(brief.intensity.provenance === 'default'
      ? []
      : [`Intensity (${brief.intensity.value} of 100) guided the energy of the sections and is not measured.`]),
    ...(brief.moods.value.length > 0
      ? [`Mood (${brief.moods.value.join(', ')}) guided the choices and is not measured.`]
      : []),
    ...(brief.blend.value.length > 0
      ? [`Blended styles (${brief.blend.value.join(', ')}) guided the choices and are not measured.`]
      : []),
  ];
}
