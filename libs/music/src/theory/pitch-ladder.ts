import { modulo12 } from './key';

/** Every MIDI pitch from `lowest` to `highest` whose pitch class is among `pitchClasses`, upwards. */
export function pitchLadder(pitchClasses: readonly number[], lowest: number, highest: number): number[] {
  const ladder: number[] = [];
  for (let pitch = lowest; pitch <= highest; pitch++) {
    if (pitchClasses.includes(modulo12(pitch))) ladder.push(pitch);
  }
  return ladder;
}

/** The pitch nearest to `around` (the lower of two) among `pitchClasses` within the range, or undefined where none fits. */
export function nearestPitch(
  pitchClasses: readonly number[],
  around: number,
  lowest: number,
  highest: number,
): number | undefined {
  let best: number | undefined;
  for (const pitch of pitchLadder(pitchClasses, lowest, highest)) {
    if (best === undefined || Math.abs(pitch - around) < Math.abs(best - around)) best = pitch;
  }
  return best;
}
