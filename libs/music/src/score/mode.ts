import type { Mode } from './score';

/** How many fifths each mode's signature lies above that of the major key on the same tonic. */
export const MODE_FIFTHS: Readonly<Record<Mode, number>> = {
  lydian: 1,
  major: 0,
  mixolydian: -1,
  dorian: -2,
  minor: -3,
  phrygian: -4,
  locrian: -5,
};

/** Modes whose third is minor; notation and MIDI count them as minor. */
export function isMinorMode(mode: Mode): boolean {
  return MODE_FIFTHS[mode] <= -2;
}
