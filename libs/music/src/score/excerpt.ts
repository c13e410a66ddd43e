import type { Score, Section } from './score';
import { barStartTick, keyAt, meterAt, sectionRange, tempoAt } from './timeline';

/** Neighbouring sections of a Score as a Score of their own that begins at tick 0: the notes that begin there, cut off where it ends. @throws RangeError without sections. */
export function excerpt(score: Score, sections: readonly Section[]): Score {
  const [first] = sections;
  const last = sections.at(-1);
  if (!first || !last) throw new RangeError('an excerpt needs a section');
  const from = barStartTick(score, first.startBar);
  const to = sectionRange(score, last).endTick;
  const inside = ({ tick }: { tick: number }) => tick > from && tick < to;
  const moved = <T extends { tick: number }>(initial: T, changes: readonly T[]): T[] => [
    { ...initial, tick: 0 },
    ...changes.filter(inside).map((change) => ({ ...change, tick: change.tick - from })),
  ];
  const sounding = <T extends { startTick: number; durationTicks: number }>(items: readonly T[]): T[] =>
    items
      .filter(({ startTick }) => startTick >= from && startTick < to)
      .map((item) => ({
        ...item,
        startTick: item.startTick - from,
        durationTicks: Math.min(item.durationTicks, to - item.startTick),
      }));
  return {
    ...score,
    tempos: moved(tempoAt(score, from), score.tempos),
    meters: moved(meterAt(score, from), score.meters),
    keys: moved(keyAt(score, from), score.keys),
    sections: sections.map((section) => ({ ...section, startBar: section.startBar - first.startBar })),
    chords: sounding(score.chords),
    tracks: score.tracks.map((track) => ({
      ...track,
      notes: sounding(track.notes),
      controls: track.controls.filter(inside).map((control) => ({ ...control, tick: control.tick - from })),
    })),
    master: { ...score.master, fadeOutTicks: 0 },
  };
}
