import type { Brief } from '../brief/brief';
import type { Plan } from '../plan/plan';
import type { Score } from '../score/score';
import type { Fault } from './faults/fault';
import { demandFaults } from './faults/demand-faults';
import { formFaults, noteFaults } from './faults/form-faults';
import { melodyFaults } from './faults/melody-faults';
import { playingFaults } from './faults/playing-faults';
import { rhythmFaults } from './faults/rhythm-faults';
import { timingFaults } from './faults/timing-faults';
import { tonalFaults } from './faults/tonal-faults';
import { voiceLeadingFaults } from './faults/voice-leading-faults';
import { harmonyTimeline } from './harmony-timeline';
import { songFrame } from './song-frame';

/** What is wrong with a finished Score, measured against the Brief and the plan; empty where nothing is. */
export function criticise(brief: Brief, plan: Plan, score: Score): Fault[] {
  const review = { brief, plan, score, frame: songFrame(brief, plan, score), harmony: harmonyTimeline(score) };
  return [
    formFaults,
    demandFaults,
    noteFaults,
    tonalFaults,
    rhythmFaults,
    melodyFaults,
    timingFaults,
    playingFaults,
    voiceLeadingFaults,
  ].flatMap((check) => check(review));
}
