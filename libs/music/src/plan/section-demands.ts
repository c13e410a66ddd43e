import type { Brief, SectionDemand } from '../brief/brief';
import type { Key, Section } from '../score/score';

/** The sections of a plan. */
interface Form {
  sections: readonly Section[];
}

/** What the Brief asks of a planned section apart from the song: the demand at its place in the form, if it is of the same kind. */
export function sectionDemand(
  brief: Pick<Brief, 'form'>,
  { sections }: Form,
  section: Section,
): Partial<SectionDemand> {
  const demand = brief.form.value[sections.findIndex(({ id }) => id === section.id)];
  return demand?.name === section.name ? demand : {};
}

/** The key a section is asked to be in. */
export function demandedKey(brief: Pick<Brief, 'form' | 'key'>, plan: Form, section: Section): Key {
  return sectionDemand(brief, plan, section).key ?? brief.key.value;
}

/** The tempo a section is asked to have, in quarter notes per minute, times 1000. */
export function demandedTempo(brief: Pick<Brief, 'form' | 'tempoMilliBpm'>, plan: Form, section: Section): number {
  return sectionDemand(brief, plan, section).tempoMilliBpm ?? brief.tempoMilliBpm.value;
}
