import type { Mode } from '../score/score';
import { tonalityOf } from '../theory/key';

const MAJOR = ['I7', 'IV7', 'I7', 'I7', 'IV7', 'IV7', 'I7', 'I7', 'V7', 'IV7', 'I7', 'V7'];
const MINOR = ['i7', 'iv7', 'i7', 'i7', 'iv7', 'iv7', 'i7', 'i7', 'bVI7', 'V7', 'i7', 'V7'];

/** The twelve bars of the blues, with quick change and turnaround (M. Levine, The Jazz Theory Book, ch. 10). */
export function bluesProgression(mode: Mode): string[] {
  return [...(tonalityOf(mode) === 'major' ? MAJOR : MINOR)];
}
