import type { Plan } from '../plan/plan';
import type { Control, Track } from '../score/score';
import { STEP_TICKS } from '../theory/meter-grid';
import { plays } from './plays';
import type { SongFrame } from './song-frame';

/** MIDI controller 11, expression. */
const EXPRESSION = 11;

/**
 * Expression of a track: set where a section begins, risen or fallen through the bars that lead to another energy; pads
 * also swell or duck as the style has it.
 */
export function expressionControls(plan: Plan, song: SongFrame, track: Track): Control[] {
  const values = new Map<number, number>();
  for (const section of plan.sections) {
    if (!plays(plan, track.id, section.id)) continue;
    const frame = song.of(section);
    for (let bar = 0; bar < section.bars; bar++) {
      const start = frame.barStart(section.startBar + bar);
      const level = 88 + Math.round(frame.energyAt(section, bar) * 0.3);
      const motion = track.role === 'pad' ? frame.style.pad.motion : 'hold';
      if (motion === 'pump') duck(values, start, level, frame);
      else if (motion === 'swell') swell(values, start, level, bar, frame);
      else values.set(start, level);
    }
  }
  let before = -1;
  return [...values]
    .sort(([a], [b]) => a - b)
    .map(([tick, value]) => ({ tick, controller: EXPRESSION, value: Math.max(1, Math.min(127, value)) }))
    .filter(({ value }) => {
      const changes = value !== before;
      before = value;
      return changes;
    });
}

/** As a compressor keyed by the kick would: down on every beat, back within three quarters of it. */
function duck(values: Map<number, number>, start: number, level: number, { beats, steps }: SongFrame): void {
  beats.forEach((step, index) => {
    const length = (beats[index + 1] ?? steps) - step;
    [0.45, 0.68, 0.88, 1].forEach((share, part) => {
      values.set(start + Math.round((step + (length * part) / 4) * STEP_TICKS), Math.round(level * share));
    });
  });
}

/** Four bars up and down, in eight steps a bar. */
function swell(values: Map<number, number>, start: number, level: number, bar: number, { barTicks }: SongFrame): void {
  for (let part = 0; part < 8; part++) {
    const phase = ((bar % 4) + part / 8) / 4;
    const share = 0.72 + 0.28 * Math.sin(Math.PI * phase);
    values.set(start + Math.round((barTicks * part) / 8), Math.round(level * share));
  }
}
