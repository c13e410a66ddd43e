import type { Brief } from '../brief/brief';
import type { Plan } from '../plan/plan';
import type { Section } from '../score/score';
import { barLengthTicks } from '../score/timeline';
import { style } from '../styles/style-catalogue';
import type { Style } from '../styles/style';
import { barSteps, pulseStarts, STEP_TICKS, stepSources, type StepSource } from '../theory/meter-grid';

/** What every agent needs to know of the song's time: bars, beats, steps and swing. */
export interface SongFrame {
  style: Style;
  /** The style that harmony and comping are taken from: the first one blended in, else the style itself. */
  harmonyStyle: Style;
  /** `3/4`. */
  meter: string;
  barTicks: number;
  /** Steps (sixteenth notes) of a bar. */
  steps: number;
  /** Steps at which felt beats begin. */
  beats: readonly number[];
  /** Steps of a bar of figures that name this meter, or none. */
  figureSteps(meter: string | undefined): number;
  /** For each step of a bar, the step of a figure that it plays; figures that name a meter are written in the song's own. */
  sourcesOf(meter: string | undefined): readonly StepSource[];
  totalBars: number;
  endTick: number;
  /** The tick of a step of a bar (counted from 0), swing included; step may reach to the end of the bar. */
  tickOf(bar: number, step: number): number;
  /** Whether the song closes on this bar, all parts together; never in a loop. */
  isFinalBar(bar: number): boolean;
  /** Energy 0 to 100 of a bar of a section: its own, with a rise or fall in its last bars towards the next section. */
  energyAt(section: Section, barInSection: number): number;
}

/** Reckons the frame of a song. @throws InputError for an unknown style. */
export function songFrame(brief: Brief, plan: Plan): SongFrame {
  const meter = brief.meter.value;
  const own = style(brief.style.value);
  const [blended] = brief.blend.value;
  const length = barLengthTicks(meter);
  const totalBars = plan.sections.reduce((sum, section) => sum + section.bars, 0);
  const swung = swingTable(brief, own);
  const adapted = stepSources(meter);
  const native = adapted.map((_, source) => ({ source, echo: false }));
  return {
    style: own,
    harmonyStyle: blended === undefined ? own : style(blended),
    meter: `${meter.numerator}/${meter.denominator}`,
    barTicks: length,
    steps: barSteps(meter),
    beats: pulseStarts(meter),
    figureSteps: (named) => (named === undefined ? 16 : native.length),
    sourcesOf: (named) => (named === undefined ? adapted : native),
    totalBars,
    endTick: totalBars * length,
    tickOf: (bar, step) => bar * length + (swung[step] ?? length),
    isFinalBar: (bar) => !brief.loop.value && bar === totalBars - 1,
    energyAt(section, barInSection) {
      const next = plan.sections[plan.sections.indexOf(section) + 1];
      const left = section.bars - barInSection;
      if (!next || left > 2) return section.energy;
      const turn = Math.max(-14, Math.min(14, (next.energy - section.energy) / 2));
      return section.energy + (turn * (3 - left)) / 2;
    },
  };
}

/** For each step of a bar its tick with swing: the first of each pair of eighths (or sixteenths) takes the stated share. */
function swingTable(brief: Brief, { swing }: Style): number[] {
  const meter = brief.meter.value;
  const compound = meter.numerator % 3 === 0 && meter.denominator >= 8;
  // Eighths in compound time already go in threes.
  const share = compound && swing.unit === 'eighth' ? 0.5 : brief.swingPercent.value / 100;
  const pair = swing.unit === 'eighth' ? 4 * STEP_TICKS : 2 * STEP_TICKS;
  const length = barLengthTicks(meter);
  return Array.from({ length: barSteps(meter) + 1 }, (_, step) => {
    const tick = step * STEP_TICKS;
    const within = tick % pair;
    if (tick - within + pair > length) return tick;
    const half = pair / 2;
    const swung =
      within <= half ? (within / half) * share * pair : share * pair + ((within - half) / half) * (1 - share) * pair;
    return Math.round(tick - within + swung);
  });
}
