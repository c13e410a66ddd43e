import type { Brief } from '../brief/brief';
import type { Plan } from '../plan/plan';
import { demandedTempo } from '../plan/section-demands';
import type { Tempo } from '../score/score';
import type { SongFrame } from './song-frame';

/** The tempos asked of the song and its sections, without what slows down at the end. */
export function steadyTempos(brief: Brief, plan: Plan, frame: SongFrame): Tempo[] {
  const tempos = plan.sections.map((section) => ({
    tick: frame.barStart(section.startBar),
    milliBpm: demandedTempo(brief, plan, section),
  }));
  return tempos.filter(({ milliBpm }, index) => milliBpm !== tempos[index - 1]?.milliBpm);
}
