import type { SongFrame } from './song-frame';

/** A sign of a grid that begins something, at a step of a bar, and the steps until the next sign or rest. */
export interface GridEvent {
  step: number;
  steps: number;
  sign: string;
}

/** A grid of a style (`-` holds, `.` rests) and the meter it is written in, four-four where it names none. */
export interface Figure {
  grid: string;
  meter?: string | undefined;
}

/**
 * What a bar of a figure asks for, in the steps of the song's meter. A hold at the start of the bar goes unheard: every
 * bar begins anew.
 */
export function gridEvents({ grid, meter }: Figure, barInSection: number, frame: SongFrame): GridEvent[] {
  const sign = signsOf({ grid, meter }, barInSection, frame);
  const events: GridEvent[] = [];
  let open: GridEvent | undefined;
  frame.sourcesOf(meter).forEach(({ source, echo }, step) => {
    // Steps that a longer beat adds go on with what sounds.
    const own = source < 0 || echo ? '-' : sign(source);
    if (own === '-') {
      if (open) open.steps++;
    } else if (own === '.') {
      open = undefined;
    } else {
      open = { step, steps: 1, sign: own };
      events.push(open);
    }
  });
  return events;
}

/** Steps at the start of a bar of a figure that hold what the bar before began. */
export function heldSteps({ grid, meter }: Figure, barInSection: number, frame: SongFrame): number {
  const sign = signsOf({ grid, meter }, barInSection, frame);
  const first = frame.sourcesOf(meter).findIndex(({ source, echo }) => source >= 0 && !echo && sign(source) !== '-');
  return first < 0 ? frame.steps : first;
}

/** The signs of one bar of a grid that may last several. */
export function signsOf({ grid, meter }: Figure, barInSection: number, frame: SongFrame): (source: number) => string {
  const steps = frame.figureSteps(meter);
  const offset = (barInSection % (grid.length / steps)) * steps;
  return (source) => grid[offset + source] ?? '.';
}
