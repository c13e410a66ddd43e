import {
  AGENTS,
  candidateBrief,
  composeScore,
  defaultBrief,
  interpretPrompt,
  MAX_CANDIDATES,
  producePlan,
  randomStream,
  romanToSymbol,
  scoreQuality,
  totalBars,
  endTick,
  writeMidi,
  type Agent,
  type AgentName,
  type Brief,
  type Plan,
  type Score,
} from '@beatbot/music';
import type { Bench, Figure } from '../figure';
import { hear } from '../promises/heard';
import { promises } from '../promises/keep-promises';
import { drawWish, type Wish } from '../promises/wish';
import { wordWish } from '../promises/wording';

const WISHES = 100;
/** Wishes of this bench are others than those of `promises`. */
const FIRST_WISH = 10_000;
const CURVE = Array.from({ length: MAX_CANDIDATES }, (_, index) => index + 1);

/** What gets worse where one agent is missing, and what further candidates are worth. */
export const agentsBench: Bench = {
  name: 'agents',
  about: `${WISHES} random wishes composed without one of the agents each time: promises kept (in points), faults a song and quality against those of the whole band; and the best of N candidates.`,
  run: (log) => Promise.resolve([...withoutEach(log), ...candidateCurve(log)]),
};

type Missing = AgentName | 'interpreter' | 'producer' | 'critic';
const MISSING: readonly Missing[] = [
  'interpreter',
  'producer',
  'harmony',
  'rhythm',
  'bass',
  'melody',
  'arranger',
  'mixer',
  'critic',
];

interface Worth {
  /** Share of the promises that are kept, 0 to 1, and how many there are. */
  kept: number;
  promised: number;
  faults: number;
  quality: number;
}

function wishes(): { wish: Wish; prompt: string }[] {
  return Array.from({ length: WISHES }, (_, index) => {
    const wish = drawWish(randomStream(FIRST_WISH + index, 'wish'));
    return { wish, prompt: wordWish(wish, randomStream(FIRST_WISH + index, 'wording')) };
  });
}

function withoutEach(log: (line: string) => void): Figure[] {
  const list = wishes();
  const whole = mean(list.map(({ wish, prompt }) => worth(wish, prompt)));
  log(line('all agents', whole));
  const figures = MISSING.flatMap((missing): Figure[] => {
    const without = mean(list.map(({ wish, prompt }) => worth(wish, prompt, missing)));
    log(line(`without ${missing}`, without));
    const lost = { promises: 100 * (whole.kept - without.kept), faults: without.faults - whole.faults, quality: 100 * (whole.quality - without.quality) };
    return [
      { name: `agents.${missing}-promises`, value: lost.promises, unit: 'points', better: 'higher', note: 'promises no longer kept without it' },
      { name: `agents.${missing}-faults`, value: lost.faults, unit: 'a song', better: 'higher', note: 'further faults without it, by the critic' },
      { name: `agents.${missing}-quality`, value: lost.quality, unit: 'points', better: 'higher', note: 'quality lost without it' },
    ];
  });
  return figures;
} // prettier-ignore

function worth(wish: Wish, prompt: string, missing?: Missing): Worth {
  const asked = interpretPrompt(prompt);
  const brief = missing === 'interpreter' ? defaultBrief({ seed: asked.seed.value }) : asked;
  const plan = missing === 'producer' ? flatPlan(producePlan(brief)) : producePlan(brief);
  const agents = missing !== undefined && missing in AGENTS ? { ...AGENTS, [missing]: stand(missing) } : AGENTS;
  const { score, faults } = composeScore(brief, plan, { agents, ...(missing === 'critic' && { maxRepairs: 0 }) });
  const list = promises(wish, hear(writeMidi(score)));
  return {
    kept: list.filter(({ met }) => met).length,
    promised: list.length,
    faults: faults.length,
    quality: scoreQuality(asked, plan, score),
  };
}

/** Who leaves everything as it is; in the place of harmony one who knows but the tonic chord, since nobody can work without chords. */
function stand(missing: Missing): Agent {
  if (missing !== 'harmony') return ({ score }) => score;
  return ({ brief, score }) => ({ ...score, chords: [tonicChord(brief, score)] });
}

function tonicChord(brief: Brief, score: Score): Score['chords'][number] {
  const roman = ['major', 'lydian', 'mixolydian'].includes(brief.key.value.mode) ? 'I' : 'i';
  return { startTick: 0, durationTicks: endTick(score), symbol: romanToSymbol(roman, brief.key.value), roman };
}

/** One section in which everybody plays all the time. */
function flatPlan(plan: Plan): Plan {
  const section = { id: 'a-1', name: 'a', startBar: 0, bars: totalBars(plan), energy: 60 };
  return { ...plan, sections: [section], tracks: plan.tracks.map((track) => ({ ...track, sectionIds: [section.id] })) };
}

function mean(worths: readonly Worth[]): Worth {
  const sum = (pick: (worth: Worth) => number) => worths.reduce((total, worth) => total + pick(worth), 0);
  const count = Math.max(1, worths.length);
  return {
    kept:
      sum(({ kept }) => kept) /
      Math.max(
        1,
        sum(({ promised }) => promised),
      ),
    promised: sum(({ promised }) => promised),
    faults: sum(({ faults }) => faults) / count,
    quality: sum(({ quality }) => quality) / count,
  };
}

function line(name: string, { kept, faults, quality }: Worth): string {
  return `${name.padEnd(20)} promises ${(100 * kept).toFixed(1)} %, faults ${faults.toFixed(2)} a song, quality ${(100 * quality).toFixed(1)}`;
}

/** Mean quality, and promises kept, of the best of the first N candidates. */
function candidateCurve(log: (line: string) => void): Figure[] {
  const songs = wishes().map(({ wish, prompt }) => {
    const brief = interpretPrompt(prompt);
    const plan = producePlan(brief);
    return CURVE.map((count) => {
      const own = candidateBrief(brief, count - 1);
      const { score } = composeScore(own, plan);
      const list = promises(wish, hear(writeMidi(score)));
      return { quality: scoreQuality(own, plan, score), kept: list.filter(({ met }) => met).length, promised: list.length };
    });
  });
  return CURVE.flatMap((count): Figure[] => {
    const best = songs.map((candidates) =>
      candidates.slice(0, count).reduce((a, b) => (b.quality > a.quality ? b : a)),
    );
    const quality = (100 * best.reduce((sum, each) => sum + each.quality, 0)) / best.length;
    const promised = best.reduce((sum, each) => sum + each.promised, 0);
    const kept = (100 * best.reduce((sum, each) => sum + each.kept, 0)) / Math.max(1, promised);
    log(`best of ${count}: quality ${quality.toFixed(2)}, promises ${kept.toFixed(2)} %`);
    return [
      { name: `agents.best-of-${count}-quality`, value: quality, unit: 'points', better: 'higher', note: `promises kept ${kept.toFixed(1)} %` },
    ];
  });
} // prettier-ignore
