import type { Plan } from '../plan/plan';
import type { Section, Track } from '../score/score';
import { plays } from './plays';

/** From this energy on, leads play the theme together, in thirds. */
const TOGETHER_ENERGY = 76;
/** Bars of a turn: a phrase, or less where there are fewer phrases than leads. */
const TURN_BARS = [4, 2, 1] as const;

/** Who has the tune where. */
export interface LeadTurns {
  /** Bars of a turn. */
  bars: number;
  /** Whether a lead has the tune in a bar (from 0) of a section. */
  plays(trackId: string, section: Section, bar: number): boolean;
}

/** Whether the leads of a section join instead of taking turns. */
export function isTogether({ energy }: Pick<Section, 'energy'>): boolean {
  return energy >= TOGETHER_ENERGY;
}

/** Deals the tune out among the leads through the whole song: each turn goes to the one that had the fewest so far, so that nobody who was asked for stays silent. */
export function leadTurns(plan: Plan, leads: readonly Pick<Track, 'id'>[]): LeadTurns {
  const dealt = TURN_BARS.map((bars) => deal(plan, leads, bars));
  const everybody = dealt.find(({ turns }) => leads.every(({ id }) => (turns.get(id) ?? 0) > 0));
  const chosen = everybody ?? dealt[0] ?? deal(plan, leads, TURN_BARS[0]);
  return {
    bars: chosen.bars,
    plays: (trackId, section, bar) =>
      isTogether(section) || chosen.owners.get(section.id)?.[Math.floor(bar / chosen.bars)] === trackId,
  };
}

function deal(plan: Plan, leads: readonly Pick<Track, 'id'>[], bars: number) {
  const turns = new Map<string, number>();
  const owners = new Map<string, string[]>();
  const count = (id: string) => turns.set(id, (turns.get(id) ?? 0) + 1);
  for (const section of plan.sections) {
    const playing = leads.map(({ id }) => id).filter((id) => plays(plan, id, section.id));
    if (playing.length === 0) continue;
    if (isTogether(section)) {
      playing.forEach(count);
      continue;
    }
    const inSection = Array.from({ length: Math.ceil(section.bars / bars) }, () => {
      const next = playing.reduce((a, b) => ((turns.get(b) ?? 0) < (turns.get(a) ?? 0) ? b : a));
      count(next);
      return next;
    });
    owners.set(section.id, inSection);
  }
  return { bars, turns, owners };
}
