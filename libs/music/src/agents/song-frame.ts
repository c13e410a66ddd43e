import type { Brief } from '../brief/brief';
import type { Plan } from '../plan/plan';
import type { Score, Section } from '../score/score';
import { barLengthTicks } from '../score/timeline';
import { style } from '../styles/style-catalogue';
import type { Style } from '../styles/style';
import { barSteps, pulseStarts, STEP_TICKS, stepSources, type MeterShape, type StepSource } from '../theory/meter-grid';

/** The bars of one meter: their beats, their steps and how figures fit into them. */
interface BarShape {
  /** `3/4`. */
  meter: string;
  barTicks: number;
  /** Steps (sixteenth notes) of a bar. */
  steps: number;
  /** Steps at which felt beats begin. */
  beats: readonly number[];
  /** Steps of a bar of figures that name this meter, or none. */
  figureSteps(meter: string | undefined): number;
  /** For each step of a bar, the step of a figure that it plays; figures that name a meter are written in this one. */
  sourcesOf(meter: string | undefined): readonly StepSource[];
}

/** What every agent needs to know of the song's time: bars, beats, steps and swing. Its bars are those of one meter, the first one's or a section's; what it says of ticks and bars holds for the whole song. */
export interface SongFrame extends BarShape {
  style: Style;
  /** The style that harmony and comping are taken from: the first one blended in, else the style itself. */
  harmonyStyle: Style;
  totalBars: number;
  endTick: number;
  /** The frame with the bars of a section. */
  of(section: Pick<Section, 'startBar'>): SongFrame;
  /** The frame with the bars that are in force at a tick. */
  at(tick: number): SongFrame;
  /** The tick at which a bar (counted from 0) begins. */
  barStart(bar: number): number;
  /** The bar that holds a tick. */
  barAt(tick: number): number;
  /** Ticks from the beginning of its bar to a tick. */
  withinBar(tick: number): number;
  /** The tick of a step of a bar (counted from 0), swing included; step may reach to the end of the bar. */
  tickOf(bar: number, step: number): number;
  /** Whether the song closes on this bar, all parts together; never in a loop. */
  isFinalBar(bar: number): boolean;
  /** Energy 0 to 100 of a bar of a section: its own, with a rise or fall in its last bars towards the next section. */
  energyAt(section: Section, barInSection: number): number;
}

interface SwungShape extends BarShape {
  /** Ticks of each step of a bar, swing included. */
  swung: readonly number[];
}

/** Reckons the frame of a song; `meters` of its Score where sections differ in meter. @throws InputError for an unknown style. */
export function songFrame(brief: Brief, plan: Plan, score?: Pick<Score, 'meters'>): SongFrame {
  const own = style(brief.style.value);
  const [blended] = brief.blend.value;
  const totalBars = plan.sections.reduce((sum, section) => sum + section.bars, 0);
  const meters = score?.meters ?? [{ tick: 0, ...brief.meter.value }];
  const shapes = new Map<string, SwungShape>();
  const shapeOf = (meter: MeterShape): SwungShape => {
    const name = `${meter.numerator}/${meter.denominator}`;
    const shape = shapes.get(name) ?? barShape(brief, own, meter);
    shapes.set(name, shape);
    return shape;
  };
  const bars: SwungShape[] = [];
  const starts: number[] = [0];
  let change = 0;
  for (let bar = 0; bar < totalBars; bar++) {
    const start = starts[bar] ?? 0;
    while ((meters[change + 1]?.tick ?? Infinity) <= start) change++;
    const shape = shapeOf(meters[change] ?? brief.meter.value);
    bars.push(shape);
    starts.push(start + shape.barTicks);
  }
  const first = bars[0] ?? shapeOf(brief.meter.value);
  const last = bars.at(-1) ?? first;
  const barStart = (bar: number) => starts[bar] ?? (starts[totalBars] ?? 0) + (bar - totalBars) * last.barTicks;
  const barAt = (tick: number) => {
    if (shapes.size === 1) return Math.floor(tick / first.barTicks);
    let bar = Math.floor((tick / Math.max(1, starts[totalBars] ?? 1)) * totalBars);
    while (bar > 0 && barStart(bar) > tick) bar--;
    while (barStart(bar + 1) <= tick) bar++;
    return bar;
  };
  const common = {
    style: own,
    harmonyStyle: blended === undefined ? own : style(blended),
    totalBars,
    endTick: starts[totalBars] ?? 0,
    barStart,
    barAt,
    withinBar: (tick: number) => tick - barStart(barAt(tick)),
    tickOf(bar: number, step: number) {
      const { swung, barTicks } = bars[bar] ?? last;
      return barStart(bar) + (swung[step] ?? barTicks);
    },
    isFinalBar: (bar: number) => !brief.loop.value && bar === totalBars - 1,
    energyAt(section: Section, barInSection: number) {
      const next = plan.sections[plan.sections.indexOf(section) + 1];
      const left = section.bars - barInSection;
      if (!next || left > 2) return section.energy;
      const turn = Math.max(-14, Math.min(14, (next.energy - section.energy) / 2));
      return section.energy + (turn * (3 - left)) / 2;
    },
  };
  const frames = new Map<BarShape, SongFrame>();
  const frameOf = (shape: BarShape): SongFrame => {
    const known = frames.get(shape);
    if (known) return known;
    const frame: SongFrame = {
      ...common,
      ...shape,
      of: ({ startBar }) => frameOf(bars[startBar] ?? last),
      at: (tick) => frameOf(bars[barAt(tick)] ?? last),
    };
    frames.set(shape, frame);
    return frame;
  };
  return frameOf(first);
}

function barShape(brief: Brief, own: Style, meter: MeterShape): SwungShape {
  const adapted = stepSources(meter);
  const native = adapted.map((_, source) => ({ source, echo: false }));
  return {
    meter: `${meter.numerator}/${meter.denominator}`,
    barTicks: barLengthTicks(meter),
    steps: barSteps(meter),
    beats: pulseStarts(meter),
    figureSteps: (named) => (named === undefined ? 16 : native.length),
    sourcesOf: (named) => (named === undefined ? adapted : native),
    swung: swingTable(brief, own, meter),
  };
}

/** For each step of a bar its tick with swing: the first of each pair of eighths (or sixteenths) takes the stated share. */
function swingTable(brief: Brief, { swing }: Style, meter: MeterShape): number[] {
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
