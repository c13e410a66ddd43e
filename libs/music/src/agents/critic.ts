import type { Brief } from '../brief/brief';
import type { Plan } from '../plan/plan';
import type { Score } from '../score/score';
import type { AgentName } from './agent';

/** Something the critic finds wrong, and whose work it is; `bars` counts from 1 (`9`, `9-12`). */
export interface Fault {
  agent: AgentName | 'producer';
  fault: string;
  bars: string;
  trackId?: string;
}
export function criticise(_brief: Brief, _plan: Plan, _score: Score): Fault[] {
  return [];
}
