import { MOST_HARMONICS, SINE, WAVES, WAVE_FRAMES, WAVE_GUARD, WAVE_TABLES } from '../src/kernel/synth-layout';
import { exp2, log2, sinPi } from './mathematics';

export const TABLE_BYTES: i32 = (WAVE_FRAMES + 2 * WAVE_GUARD) * 4;
/** Tables an octave. */
const DENSITY: f64 = 3;
const INVERSE_PI: f64 = 0.318309886183790672;

/**
 * Writes one turn of sawtooths and triangles by their Fourier series, for each third of an octave with as many harmonics
 * as lie below half the sample rate there: what is read from them has none beyond, and so no aliases.
 */
export function writeWaves(): void {
  for (let i = 0; i < WAVE_FRAMES; i++) {
    const turn = <f64>i / WAVE_FRAMES;
    const folded = turn < 0.25 ? 2 * turn : turn < 0.75 ? 1 - 2 * turn : 2 * turn - 2;
    store<f64>(SINE + (i << 3), sinPi(folded));
  }
  let harmonic = 1;
  for (let table = WAVE_TABLES - 1; table >= 0; table--) {
    const saw = waveTable(0, table);
    const triangle = waveTable(1, table);
    if (table < WAVE_TABLES - 1) {
      memory.copy(saw, waveTable(0, table + 1), TABLE_BYTES - WAVE_GUARD * 8);
      memory.copy(triangle, waveTable(1, table + 1), TABLE_BYTES - WAVE_GUARD * 8);
    }
    for (; harmonic <= harmonicsOf(table); harmonic++) {
      // Rising from -1 to 1 in each turn, with its jump at the turn's middle; the triangle rises through 0 at the turn's start.
      add(saw, harmonic, ((harmonic & 1 ? 2 : -2) * INVERSE_PI) / harmonic);
      if (harmonic & 1)
        add(triangle, harmonic, ((harmonic & 2 ? -8 : 8) * INVERSE_PI * INVERSE_PI) / (<f64>harmonic * harmonic));
    }
  }
  for (let table = 0; table < 2 * WAVE_TABLES; table++) guard(waveTable(0, table));
}

/** How many harmonics a table has: 512, and a third of an octave fewer in each. */
function harmonicsOf(table: i32): i32 {
  // A little more, so that powers of two are not missed by a rounding.
  return <i32>floor(MOST_HARMONICS * exp2(-table / DENSITY) + 0.000001);
}

/** The address of a table's first frame. */
export function waveTable(kind: i32, table: i32): usize {
  return WAVES + (kind * WAVE_TABLES + table) * TABLE_BYTES + WAVE_GUARD * 4;
}

/** The table that is without aliases at up to so many turns per frame. */
export function tableFor(turnsPerFrame: f64): i32 {
  const needed = <i32>ceil(DENSITY * log2(max<f64>(turnsPerFrame, 0.00001) * 2 * MOST_HARMONICS));
  return max(0, min(WAVE_TABLES - 1, needed));
}

function add(table: usize, harmonic: i32, amplitude: f64): void {
  for (let i = 0; i < WAVE_FRAMES; i++) {
    const at = table + (i << 2);
    const sine = load<f64>(SINE + (((i * harmonic) & (WAVE_FRAMES - 1)) << 3));
    store<f32>(at, <f32>(<f64>load<f32>(at) + amplitude * sine));
  }
}

/** Goes on with the turn on both sides, for reading across its ends. */
function guard(table: usize): void {
  memory.copy(table - WAVE_GUARD * 4, table + (WAVE_FRAMES - WAVE_GUARD) * 4, WAVE_GUARD * 4);
  memory.copy(table + WAVE_FRAMES * 4, table, WAVE_GUARD * 4);
}
