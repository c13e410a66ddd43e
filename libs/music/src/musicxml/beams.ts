import type { NotatedValue } from './notate-bar';

/** What a note shows at one beam level, as MusicXML names it. */
export type Beam = 'begin' | 'continue' | 'end' | 'forward hook' | 'backward hook';

const LEVELS: Partial<Record<NonNullable<NotatedValue['type']>, number>> = { eighth: 1, '16th': 2 };

/** For each value of a bar its beams by level (first level first); eighths and sixteenths within one beat are joined. */
export function beams(values: readonly NotatedValue[], beatDivisions: number): Beam[][] {
  const result: Beam[][] = values.map(() => []);
  const beatOf = (value: NotatedValue) => Math.floor(value.at / beatDivisions);
  const joinable = (index: number) => {
    const value = values[index];
    return value && value.pitches.length > 0 && value.type ? (LEVELS[value.type] ?? 0) : 0;
  };
  for (let first = 0; first < values.length;) {
    let last = first;
    const beat = values[first];
    while (beat && joinable(first) && joinable(last + 1) && beatOf(values[last + 1] ?? beat) === beatOf(beat)) last++;
    if (last > first) {
      for (let index = first; index <= last; index++) {
        for (let level = 1; level <= joinable(index); level++) {
          const before = index > first && joinable(index - 1) >= level;
          const after = index < last && joinable(index + 1) >= level;
          const hook = index === first ? 'forward hook' : 'backward hook';
          result[index]?.push(before ? (after ? 'continue' : 'end') : after ? 'begin' : hook);
        }
      }
    }
    first = last + 1;
  }
  return result;
}
