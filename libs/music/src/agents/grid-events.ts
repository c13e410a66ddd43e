import type { SongFrame } from './song-frame';

/** A sign of a grid that begins something, at a step of a bar, and the steps until the next sign or rest. */
export interface GridEvent {
  step: number;
  steps: number;
  sign: string;
}

/**
 * What a bar of a grid (16 or 32 signs; `-` holds, `.` rests) asks for, in the steps of the song's meter. A hold at the
 * start of the bar goes unheard: every bar begins anew.
 */
export function gridEvents(grid: string, barInSection: number, frame: SongFrame): GridEvent[] {
  const offset = grid.length === 32 && barInSection % 2 === 1 ? 16 : 0;
  const events: GridEvent[] = [];
  let open: GridEvent | undefined;
  frame.sources.forEach(({ source, echo }, step) => {
    // Steps that a longer beat adds go on with what sounds.
    const sign = source < 0 || echo ? '-' : (grid[offset + source] ?? '.');
    if (sign === '-') {
      if (open) open.steps++;
    } else if (sign === '.') {
      open = undefined;
    } else {
      open = { step, steps: 1, sign };
      events.push(open);
    }
  });
  return events;
}
