import type { Bench, Figure } from '../figure';
import { CORPUS } from './corpus/corpus';
import { judgeBrief, type Verdict } from './judge-brief';

/** How much of what prompts state the grammar reads as a musician does, over the corpus. */
export const briefBench: Bench = {
  name: 'brief',
  about: 'Prompts of the corpus against the briefs a musician writes down for them, field by field.',
  run: (log) => Promise.resolve(briefFigures(log)),
};

/** The figures of the corpus; every misreading is logged. */
export function briefFigures(log: (line: string) => void): Figure[] {
  const byManner = Object.entries(CORPUS).map(([manner, entries]) => [manner, entries.flatMap(judgeBrief)] as const);
  const all = byManner.flatMap(([, verdicts]) => verdicts);
  for (const [manner, verdicts] of byManner) {
    log(`${manner}: ${percent(stated(verdicts))} % of ${stated(verdicts).length} stated fields`);
  }
  for (const field of new Set(all.map((verdict) => verdict.field))) {
    const own = stated(all).filter((verdict) => verdict.field === field);
    if (own.length > 0) log(`field ${field}: ${percent(own)} % of ${own.length}`);
  }
  for (const { prompt, field, wanted, found } of all.filter(({ right }) => !right)) {
    log(`misread: ${JSON.stringify(prompt)} ${field}: wanted ${wanted}, found ${found}`);
  }
  const prompts = Object.values(CORPUS).flat().length;
  const unstated = all.filter((verdict) => !verdict.stated);
  return [
    {
      name: 'brief.stated-fields', value: percent(stated(all)), unit: '%', target: 99, better: 'higher',
      note: `${stated(all).length} fields stated in ${prompts} prompts`,
    },
    {
      name: 'brief.nothing-invented', value: percent(unstated), unit: '%', target: 99, better: 'higher',
      note: `of ${unstated.length} fields that the prompts say nothing of, those that the brief does not claim as stated`,
    },
  ]; // prettier-ignore
}

function stated(verdicts: readonly Verdict[]): Verdict[] {
  return verdicts.filter((verdict) => verdict.stated);
}

function percent(verdicts: readonly Verdict[]): number {
  const right = verdicts.filter((verdict) => verdict.right).length;
  return Math.round((right / Math.max(1, verdicts.length)) * 10_000) / 100;
}
