import type { Brief, Field } from '../brief/brief';
import { InputError } from '../input-error';
import type { PlannedTrack, Plan } from '../plan/plan';
import { sectionDemand } from '../plan/section-demands';
import type { Score, Section, Track } from '../score/score';

/** What an edit works on: a Score with the Brief and the plan it came from, kept in step with each other. */
export interface SongState {
  brief: Brief;
  plan: Plan;
  score: Score;
}

/** The track of that id. @throws InputError with the ids there are. */
export function findTrack(score: Score, trackId: string, field: string): Track {
  const found = score.tracks.find(({ id }) => id === trackId);
  if (!found) throw new InputError(field, trackId, `one of ${score.tracks.map(({ id }) => id).join(', ')}`);
  return found;
}

/** The section of that id. @throws InputError with the ids there are. */
export function findSection(score: Score, sectionId: string, field: string): Section {
  const found = score.sections.find(({ id }) => id === sectionId);
  if (!found) throw new InputError(field, sectionId, `one of ${score.sections.map(({ id }) => id).join(', ')}`);
  return found;
}

/** The Score with one track changed; all others are the same objects. */
export function changeTrack(score: Score, trackId: string, change: (track: Track) => Track): Score {
  return { ...score, tracks: score.tracks.map((track) => (track.id === trackId ? change(track) : track)) };
}

/** The plan with one track changed; all others are the same objects. */
export function changePlannedTrack(plan: Plan, trackId: string, change: (track: PlannedTrack) => PlannedTrack): Plan {
  return { ...plan, tracks: plan.tracks.map((track) => (track.id === trackId ? change(track) : track)) };
}

/** A field that the edit stated. */
export function stated<T>(value: T): Field<T> {
  return { value, provenance: 'stated', spans: [] };
}

/** Brief and plan brought in line with a Score whose sections have changed; `sectionIds` maps a track's sections. */
export function withSections(
  { brief, plan }: SongState,
  score: Score,
  sectionIds: (ids: string[]) => string[],
): SongState {
  const bars = score.sections.reduce((sum, section) => sum + section.bars, 0);
  // A copy of a section is asked for what the section is.
  const form = score.sections.map(({ id, name, bars: length }) => {
    const known = plan.sections.find((old) => old.id === id) ?? plan.sections.find((old) => old.name === name);
    return { ...(known && sectionDemand(brief, plan, known)), name, bars: length };
  });
  return {
    brief: { ...brief, bars: stated(bars), form: brief.form.value.length > 0 ? stated(form) : brief.form },
    plan: {
      ...plan,
      sections: score.sections.map((section) => ({ ...section })),
      tracks: plan.tracks.map((track) => ({ ...track, sectionIds: sectionIds(track.sectionIds) })),
    },
    score,
  };
}
