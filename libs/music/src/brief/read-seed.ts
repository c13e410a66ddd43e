import { InputError } from '../input-error';
import { readNumber } from './read-number';
import type { Finding, Reading } from './reading';

const MAX_SEED = 0xffff_ffff;

/** `seed 42`, `seed: 42`, `seed #42`. @throws InputError outside 0 to 2^32-1. */
export function readSeeds(reading: Reading): Finding<number>[] {
  const findings: Finding<number>[] = [];
  for (let index = 0; index < reading.tokens.length; index++) {
    if (reading.free(index) !== 'seed') continue;
    let at = index + 1;
    while (/^(:|=|#|of|is|number)$/.test(reading.free(at))) at++;
    const number = readNumber(reading, at);
    if (!number) continue;
    checkSeed('prompt.seed', number.value);
    findings.push(reading.claim(index, number.to, number.value));
  }
  return findings;
}

/** @throws InputError unless it is an integer from 0 to 2^32-1. */
export function checkSeed(field: string, seed: number): void {
  if (!Number.isInteger(seed) || seed < 0 || seed > MAX_SEED) {
    throw new InputError(field, seed, `an integer from 0 to ${MAX_SEED}`);
  }
}
