import type { Role, Section } from '../score/score';

/** One track the producer engages: which instrument, in which role, and in which sections (by id) it plays. */
export interface PlannedTrack {
  id: string;
  name: string;
  role: Role;
  instrument: string;
  sectionIds: string[];
}

/** The producer's plan: the form with its energy curve, and the orchestration. */
export interface Plan {
  title: string;
  sections: Section[];
  tracks: PlannedTrack[];
}
