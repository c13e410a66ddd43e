import type { Brief } from '../brief/brief';
import { style } from '../styles/style-catalogue';
import { planForm } from './form';
import { orchestrate } from './orchestration';
import type { Plan } from './plan';

/**
 * The producer: a form with its energy curve, exactly as long as asked, and a band with everybody's entries.
 * @throws InputError for an unknown style or instrument, or where everything is ruled out.
 */
export function producePlan(brief: Brief): Plan {
  const own = style(brief.style.value);
  const sections = planForm(brief, own);
  return {
    title: brief.title.value,
    sections,
    tracks: orchestrate(brief, own, sections).filter(({ sectionIds }) => sectionIds.length > 0),
  };
}
