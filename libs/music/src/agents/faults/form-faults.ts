import { silentBars } from '../../measures/silent-bars';
import { overlaps } from '../../measures/overlaps';
import { rangeViolations } from '../../measures/range-violations';
import { AGENT_OF_ROLE, barsText, type Fault, type Review } from './fault';

/** Bars and sections that are not as asked and planned; demanded instruments that do not sound, excluded ones that do; silence. */
export function formFaults({ brief, plan, score, frame }: Review): Fault[] {
  const faults: Fault[] = [];
  const everything = barsText(0, Math.max(0, frame.totalBars - 1));
  const stated = brief.form.value.reduce((sum, section) => sum + section.bars, 0);
  const asked = stated || brief.bars.value;
  if (frame.totalBars !== asked) {
    faults.push({ agent: 'producer', fault: `${frame.totalBars} bars instead of ${asked}`, bars: everything });
  }
  if (JSON.stringify(score.sections) !== JSON.stringify(plan.sections)) {
    faults.push({ agent: 'producer', fault: 'the form is not the planned one', bars: everything });
  }
  for (const { instrument } of brief.instruments.value) {
    const tracks = score.tracks.filter((track) => track.instrument === instrument);
    if (tracks.some(({ notes }) => notes.length)) continue;
    const [track] = tracks;
    const agent = track ? AGENT_OF_ROLE[track.role] : 'producer';
    faults.push({
      agent,
      fault: `${instrument} was asked for and does not sound`,
      bars: everything,
      ...(track && { trackId: track.id }),
    });
  }
  for (const { id, role, instrument, notes } of score.tracks) {
    const excluded = brief.excluded.value.find((target) => target === role || target === instrument);
    if (excluded !== undefined && notes.length) {
      faults.push({ agent: 'producer', fault: `${excluded} was ruled out and sounds`, bars: everything, trackId: id });
    }
  }
  const [silent] = silentBars(score);
  if (silent !== undefined) faults.push({ agent: 'arranger', fault: 'nothing sounds', bars: barsText(silent) });
  return faults;
}

/** Notes that cannot be played: out of range, or begun again while they sound. */
export function noteFaults({ score, frame }: Review): Fault[] {
  const bar = (tick: number) => barsText(frame.barAt(tick));
  return score.tracks.flatMap((track): Fault[] => {
    const agent = AGENT_OF_ROLE[track.role];
    const [outside] = rangeViolations(track);
    const [overlap] = overlaps(track);
    const faults: Fault[] = [];
    if (outside) {
      const fault = `pitch ${outside.note.pitch} is beyond ${track.instrument}`;
      faults.push({ agent, fault, bars: bar(outside.note.startTick), trackId: track.id });
    }
    if (overlap) {
      const fault = `pitch ${overlap.later.pitch} begins while it sounds`;
      faults.push({ agent, fault, bars: bar(overlap.later.startTick), trackId: track.id });
    }
    return faults;
  });
}
