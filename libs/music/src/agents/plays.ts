import type { Plan } from '../plan/plan';

/** Whether the plan has a track play in a section. */
export function plays(plan: Plan, trackId: string, sectionId: string): boolean {
  return plan.tracks.some((track) => track.id === trackId && track.sectionIds.includes(sectionId));
}
