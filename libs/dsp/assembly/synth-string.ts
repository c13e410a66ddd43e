import {
  FIRST_OSCILLATOR,
  INCREMENT,
  INDEX,
  LINE,
  LINE_FRAMES,
  MODULATOR_PHASE,
  PHASE,
  STEP_LEFT,
  SYNTH_STEP,
  SYNTH_VOICE,
  WIDTH,
} from '../src/kernel/synth-layout';
import { get, set } from './voice';

const MASK = LINE_FRAMES - 1;
/** Periods between which a string can be read from its line. */
const SHORTEST: f64 = 4;
/** Twice as many frames fit between the line and what follows it, where a pluck is made. */
const LONGEST: f64 = 1500;
/** What circulates below it is taken for silence. */
const RESTING: f32 = 1e-15;
/** Frames behind the newest at which the interpolated frame and its last neighbour lie. */
const LAST = 11;

/**
 * Fills the line of the voice's first oscillator with one pluck: noise, softened by `softness` (0 to 1) and plucked at a share of
 * the string, of mean 0 and of the same loudness whatever came of the draw (D. Jaffe and J. Smith, Extensions of the
 * Karplus-Strong Plucked-String Algorithm, 1983).
 */
export function pluck(seed: u32, period: f64, softness: f64, place: f64): void {
  const oscillator = <usize>SYNTH_VOICE + (FIRST_OSCILLATOR << 3);
  memory.fill(LINE, 0, LINE_FRAMES * 4);
  const length = <i32>max(SHORTEST, min(LONGEST, period));
  const gap = <i32>max<f64>(1, <f64>length * place);
  let state = seed | 1;
  let soft: f64 = 0;
  // Twice around, so that the low-pass has come to where it would begin.
  for (let i = 0; i < 2 * length; i++) {
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    soft += (<f64>(<i32>state) / 2147483648 - soft) * (1 - softness);
    store<f32>(LINE + ((i % length) << 2), <f32>soft);
  }
  // The comb of the place where it is plucked, within the period, takes the mean away with it.
  let energy: f64 = 0;
  for (let i = 0; i < length; i++) {
    const combed = load<f32>(LINE + (i << 2)) - load<f32>(LINE + (((i + gap) % length) << 2));
    store<f32>(LINE + ((length + i) << 2), combed);
    energy += <f64>combed * combed;
  }
  const scale = energy > 0 ? <f32>(0.25 / sqrt(energy / length)) : 0;
  for (let i = 0; i < length; i++) store<f32>(LINE + (i << 2), load<f32>(LINE + ((length + i) << 2)) * scale);
  memory.fill(LINE + (length << 2), 0, (LINE_FRAMES - length) << 2);
  set(oscillator, PHASE, length);
  set(oscillator, MODULATOR_PHASE, 0);
  set(oscillator, LAST, 0);
}

/** Adds a step of a string, whose length moves evenly from where it was to that of the pitch. */
export function string(oscillator: usize, turns: f64, level: f32): void {
  // The damping delays by one frame at all frequencies.
  const to = max(SHORTEST, min(LONGEST, 1 / turns - 1));
  const was = get(oscillator, INCREMENT);
  const from = was < 0 ? to : was;
  set(oscillator, INCREMENT, to);
  const slope = (to - from) / SYNTH_STEP;
  const side = <f32>(get(oscillator, WIDTH) / 2);
  const middle: f32 = <f32>1 - <f32>2 * side;
  const kept = <f32>get(oscillator, INDEX);
  let next = <i32>get(oscillator, PHASE);
  let last = <f32>get(oscillator, MODULATOR_PHASE);
  let beforeLast = <f32>get(oscillator, LAST);
  let length = from;
  for (let i = 0; i < SYNTH_STEP * 4; i += 4) {
    length += slope;
    const behind = ceil(length);
    const t = <f32>(behind - length);
    const at = next - <i32>behind;
    const y0 = frame(at - 1);
    const y1 = frame(at);
    const y2 = frame(at + 1);
    const y3 = frame(at + 2);
    // Lagrange, between the second and the third.
    const read = (t * (t - 1) * ((t + 1) * y3 - (t - 2) * y0)) / 6 + ((t + 1) * (t - 2) * ((t - 1) * y1 - t * y2)) / 2;
    const y = (middle * last + side * (read + beforeLast)) * kept;
    beforeLast = last;
    last = read;
    store<f32>(LINE + ((next & MASK) << 2), abs(y) < RESTING ? 0 : y);
    next++;
    store<f32>(STEP_LEFT + i, load<f32>(STEP_LEFT + i) + y * level);
  }
  set(oscillator, PHASE, <f64>(next & MASK));
  set(oscillator, MODULATOR_PHASE, <f64>last);
  set(oscillator, LAST, <f64>beforeLast);
}

function frame(at: i32): f32 {
  return load<f32>(LINE + ((at & MASK) << 2));
}
