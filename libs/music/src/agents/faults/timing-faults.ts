import { STEP_TICKS } from '../../theory/meter-grid';
import { AGENT_OF_ROLE, barsText, share, type Fault, type Review } from './fault';
import { QUICKEST_TICKS } from './melody-faults';

/** How far, in ticks, a played note may lie from its place in the bar; at 120 bpm this is 47 ms. */
const LOOSEST_TICKS = 45;
const MOST_LOOSE = 0.08;
/** How late parts may come in on the closing bar, in ticks. */
const CLOSING_TICKS = 60;
/** Least share of a lead's bars in which it plays. */
const LEAST_SUNG = 0.15;

/** Parts out of step with the bar, parts that do not close together, leads that hardly sing. */
export function timingFaults(review: Review): Fault[] {
  return [...looseFaults(review), ...closingFaults(review), ...silentLeadFaults(review)];
}

function looseFaults({ score, frame }: Review): Fault[] {
  const places = (tick: number): readonly number[] => {
    const bar = frame.barAt(tick);
    const near = Math.round(frame.withinBar(tick) / STEP_TICKS);
    return [near - 1, near, near + 1].map((step) => frame.tickOf(bar, Math.max(0, step)));
  };
  return score.tracks.flatMap(({ id, role, notes }): Fault[] => {
    // Ornaments come before the note that they adorn, which is that much later.
    const plain = notes.filter(
      ({ durationTicks }, index) => durationTicks > QUICKEST_TICKS && (notes[index - 1]?.durationTicks ?? Infinity) > QUICKEST_TICKS,
    );
    const loose = plain.filter(({ startTick }) => places(startTick).every((place) => Math.abs(startTick - place) > LOOSEST_TICKS));
    const [first] = loose;
    if (!first || share(loose.length, plain.length) <= MOST_LOOSE) return [];
    const fault = `${loose.length} of ${plain.length} notes are out of step`;
    return [{ agent: AGENT_OF_ROLE[role], fault, bars: barsText(frame.barAt(first.startTick)), trackId: id }];
  });
} // prettier-ignore

function closingFaults({ brief, score, frame }: Review): Fault[] {
  if (brief.loop.value || frame.totalBars < 2) return [];
  const last = frame.totalBars - 1;
  const start = frame.barStart(last);
  return score.tracks.flatMap(({ id, role, notes }): Fault[] => {
    const late = notes.find(({ startTick }) => startTick > start + CLOSING_TICKS);
    return late ? [{ agent: AGENT_OF_ROLE[role], fault: 'goes on after the close', bars: barsText(last), trackId: id }] : [];
  });
} // prettier-ignore

function silentLeadFaults({ plan, score, frame }: Review): Fault[] {
  const leads = score.tracks.filter(({ role, notes }) => role === 'lead' && notes.length);
  // Several leads take turns: together they have the tune.
  const planned = plan.sections.filter(({ id }) => plan.tracks.some(({ role, sectionIds }) => role === 'lead' && sectionIds.includes(id)));
  const bars = planned.reduce((sum, section) => sum + section.bars, 0);
  const sung = new Set(leads.flatMap(({ notes }) => notes.map(({ startTick }) => frame.barAt(startTick))));
  if (!leads.length || share(sung.size, bars) >= LEAST_SUNG) return [];
  return [{ agent: 'melody', fault: `the tune sounds in ${sung.size} of ${bars} bars`, bars: barsText(0, frame.totalBars - 1) }];
} // prettier-ignore
