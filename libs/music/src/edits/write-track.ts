import { AGENTS } from '../agents/compose';
import { counterLine } from '../agents/counter-line';
import { harmonyTimeline } from '../agents/harmony-timeline';
import { playableNotes } from '../agents/performance';
import { plays } from '../agents/plays';
import { songFrame } from '../agents/song-frame';
import type { AgentName } from '../agents/agent';
import type { Brief } from '../brief/brief';
import { instrument } from '../instruments/instrument';
import type { Plan } from '../plan/plan';
import { randomStream } from '../random/random-stream';
import type { Note, Role, Score, Track } from '../score/score';

const AGENT_OF_ROLE: Readonly<Record<Exclude<Role, 'counter'>, AgentName>> = {
  drums: 'rhythm',
  percussion: 'rhythm',
  bass: 'bass',
  lead: 'melody',
  chords: 'arranger',
  pad: 'arranger',
  fx: 'arranger',
};

/** The track as the agent of its role writes it for this Score, with its expression; the others are what it hears. */
export function writeTrack(brief: Brief, plan: Plan, score: Score, track: Track): Track {
  if (track.role === 'counter') return { ...track, notes: counterNotes(brief, plan, score, track) };
  const written = AGENTS[AGENT_OF_ROLE[track.role]]({ brief, plan, score, attempt: 0 });
  return written.tracks.find(({ id }) => id === track.id) ?? track;
}

/** The melody agent writes leads and counters together; here the leads are given. */
function counterNotes(brief: Brief, plan: Plan, score: Score, track: Track): Note[] {
  const frame = songFrame(brief, plan, score);
  const harmony = harmonyTimeline(score);
  const player = instrument(track.instrument);
  const leadNotes = score.tracks
    .filter(({ role }) => role === 'lead')
    .flatMap(({ notes }) => notes)
    .sort((a, b) => a.startTick - b.startTick);
  const notes = plan.sections
    .filter((section) => plays(plan, track.id, section.id))
    .flatMap((section) => {
      const random = randomStream(brief.seed.value, 'melody', 0, section.id, track.id);
      return counterLine({ frame: frame.of(section), harmony, player, section, leadNotes, random });
    });
  return playableNotes(notes, player, frame.endTick);
}
