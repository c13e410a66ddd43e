import { candidateWithSeed } from '../agents/candidate-seed';
import type { Brief } from '../brief/brief';
import { soundingBars } from '../measures/silent-bars';
import type { Score } from '../score/score';
import { totalBars } from '../score/timeline';
import type { Demand } from './receipt';

/** Demands on title, style, length and form. */
export function formDemands(brief: Brief, score: Score): Demand[] {
  const form = brief.form.value.map(({ name, bars }) => `${name} ${bars}`).join(', ');
  const sections = score.sections.map(({ name, bars }) => `${name} ${bars}`).join(', ');
  const sounding = soundingBars(score);
  return [
    {
      demand: 'bars',
      source: brief.bars.provenance,
      asked: `${brief.bars.value}`,
      measured: `${sounding}`,
      how: 'the bar in which the last note ends',
      met: sounding === brief.bars.value && totalBars(score) === brief.bars.value,
    },
    ...(form === ''
      ? []
      : [
          {
            demand: 'form',
            source: brief.form.provenance,
            asked: form,
            measured: sections,
            how: 'the sections of the score, with their bars',
            met: form === sections,
          },
        ]),
    {
      demand: 'style',
      source: brief.style.provenance,
      asked: brief.style.value,
      measured: score.style,
      how: 'the style that the agents worked by',
      met: score.style === brief.style.value,
    },
    {
      demand: 'title',
      source: brief.title.provenance,
      asked: brief.title.value,
      measured: score.title,
      how: 'the title of the score',
      met: score.title === brief.title.value,
    },
    seedDemand(brief, score),
  ];
}

function seedDemand(brief: Brief, score: Score): Demand {
  const candidate = candidateWithSeed(brief.seed.value, score.seed);
  return {
    demand: 'seed',
    source: brief.seed.provenance,
    asked: `${brief.seed.value}`,
    measured: candidate ? `${score.seed}, its candidate ${candidate + 1}` : `${score.seed}`,
    how: 'the seed in the score: the one asked for, or what it gives a further candidate',
    met: candidate !== undefined,
  };
}
