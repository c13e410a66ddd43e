import {
  DETUNE,
  FIRST_OSCILLATOR,
  INCREMENT,
  INDEX,
  INDEX_NOW,
  LEFT,
  MODULATOR_PHASE,
  NOISE,
  OSCILLATORS,
  OSCILLATOR_FIELDS,
  PHASE,
  PHASE_MODULATION,
  PULSE,
  RATIO,
  RIGHT,
  SAW,
  SINE_WAVE,
  STEP_LEFT,
  STEP_RIGHT,
  STEREO,
  STRING,
  SYNTH_STEP,
  TRIANGLE,
  WAVE,
  WHITE_NOISE,
  WIDTH,
  WIDTH_MOVED,
} from '../src/kernel/synth-layout';
import { frequencyOf } from './pitch';
import { string } from './synth-string';
import { tableFor, waveTable } from './synth-waves';
import { get, set } from './voice';

const TURN: f64 = 4294967296;
/** No oscillator turns faster, as a share of the sample rate. */
const FASTEST: f64 = 0.48;
const INVERSE_TWO_PI: f64 = 0.159154943091895336;
/** From a phase to the offset of its frame in a table. */
const PHASE_SHIFT = 20;
const FRACTION_MASK = (1 << PHASE_SHIFT) - 1;

let sampleRate: f64 = 44100;

export function setOscillatorRate(hertz: f64): void {
  sampleRate = hertz;
}

/**
 * Writes a step of all oscillators of a voice.
 * @param cents pitch at the end of the step, absolute
 * @param index radians added to phase modulations
 * @param width share of a period added to widths of pulses
 */
export function oscillate(voice: usize, cents: f64, index: f64, width: f64): void {
  memory.fill(STEP_LEFT, 0, (STEP_RIGHT - STEP_LEFT) * 2);
  const isStereo = get(voice, STEREO) !== 0;
  const count = <i32>get(voice, OSCILLATORS);
  const widthWas = get(voice, WIDTH_MOVED);
  for (let i = 0; i < count; i++) {
    const oscillator = voice + ((FIRST_OSCILLATOR + i * OSCILLATOR_FIELDS) << 3);
    const turns = min(FASTEST, frequencyOf(cents + get(oscillator, DETUNE)) / sampleRate);
    const wave = <i32>get(oscillator, WAVE);
    left = f32x4.splat(<f32>get(oscillator, LEFT));
    right = f32x4.splat(<f32>get(oscillator, RIGHT));
    if (wave === WHITE_NOISE) noise(voice, isStereo);
    else if (wave === STRING) string(oscillator, turns, <f32>get(oscillator, LEFT));
    else turn(oscillator, wave, turns, isStereo, index, widthWas, width);
  }
  set(voice, WIDTH_MOVED, width);
}

/** Levels of the oscillator at work. */
let left: v128 = f32x4.splat(0);
let right: v128 = f32x4.splat(0);

function turn(oscillator: usize, wave: i32, turns: f64, isStereo: bool, index: f64, widthWas: f64, widthIs: f64): void {
  const was = get(oscillator, INCREMENT);
  const to = turns * TURN;
  const from = was < 0 ? to : was;
  set(oscillator, INCREMENT, to);
  const first = <u32>from;
  const change = <i32>((to - from) / SYNTH_STEP);
  const start = <u32>(<u64>get(oscillator, PHASE));
  set(oscillator, PHASE, <f64>after(start, first, change));
  const phases = places(start, first, change);
  const moves = movesOf(first, change);
  const bend = i32x4.splat(16 * change);
  if (wave === SAW) lookUp(waveTable(0, tableFor(max(from, to) / TURN)), phases, moves, bend, isStereo, left, right);
  else if (wave === TRIANGLE)
    lookUp(waveTable(1, tableFor(max(from, to) / TURN)), phases, moves, bend, isStereo, left, right);
  else if (wave === PULSE) {
    // A sawtooth less another one a width later.
    const table = waveTable(0, tableFor(max(from, to) / TURN));
    const half = f32x4.splat(0.5);
    lookUp(table, phases, moves, bend, isStereo, f32x4.mul(left, half), f32x4.mul(right, half));
    const begins = widthOf(oscillator, widthWas);
    const drift = <i32>(((widthOf(oscillator, widthIs) - begins) * TURN) / SYNTH_STEP);
    const later = <u32>(<i64>(begins * TURN));
    const minus = f32x4.splat(-0.5);
    lookUp(
      table,
      places(start + later, first + drift, change),
      movesOf(first + drift, change),
      bend,
      isStereo,
      f32x4.mul(left, minus),
      f32x4.mul(right, minus),
    );
  } else if (wave === SINE_WAVE) sines(phases, moves, bend, isStereo);
  else if (wave === PHASE_MODULATION) modulated(oscillator, phases, moves, bend, isStereo, from, to, index);
}

function widthOf(oscillator: usize, moved: f64): f64 {
  return max<f64>(0.02, min<f64>(0.98, get(oscillator, WIDTH) + moved));
}

/** The phase after a step whose increment changes by `change` each frame. */
function after(phase: u32, increment: u32, change: i32): u32 {
  return phase + SYNTH_STEP * increment + ((SYNTH_STEP * (SYNTH_STEP - 1)) / 2) * change;
}

/** Phases of the first four frames. */
function places(phase: u32, increment: u32, change: i32): v128 {
  return i32x4(phase, phase + increment, phase + 2 * increment + change, phase + 3 * increment + 3 * change);
}

/** By how much each of four frames' phases moves to that four frames later. */
function movesOf(increment: u32, change: i32): v128 {
  const four = 4 * increment + 6 * change;
  return i32x4(four, four + 4 * change, four + 8 * change, four + 12 * change);
}

/** Adds a wave from its table, by cubic interpolation (Lagrange) between four of its frames. */
function lookUp(table: usize, from: v128, moves: v128, bend: v128, isStereo: bool, toLeft: v128, toRight: v128): void {
  let phases = from;
  let move = moves;
  const unit = f32x4.splat(<f32>(1.0 / <f64>(1 << PHASE_SHIFT)));
  const one = f32x4.splat(1);
  const two = f32x4.splat(2);
  const half = f32x4.splat(0.5);
  const sixth = f32x4.splat(1.0 / 6);
  const mask = i32x4.splat(FRACTION_MASK);
  const before = table - 4;
  for (let i = 0; i < SYNTH_STEP * 4; i += 16) {
    const places = i32x4.shr_u(phases, PHASE_SHIFT);
    const a = v128.load(before + ((<usize>i32x4.extract_lane(places, 0)) << 2));
    const b = v128.load(before + ((<usize>i32x4.extract_lane(places, 1)) << 2));
    const c = v128.load(before + ((<usize>i32x4.extract_lane(places, 2)) << 2));
    const d = v128.load(before + ((<usize>i32x4.extract_lane(places, 3)) << 2));
    const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
    const cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
    const abBehind = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
    const cdBehind = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
    const y0 = v128.shuffle<f32>(ab, cd, 0, 1, 4, 5);
    const y1 = v128.shuffle<f32>(ab, cd, 2, 3, 6, 7);
    const y2 = v128.shuffle<f32>(abBehind, cdBehind, 0, 1, 4, 5);
    const y3 = v128.shuffle<f32>(abBehind, cdBehind, 2, 3, 6, 7);
    const t = f32x4.mul(f32x4.convert_i32x4_s(v128.and(phases, mask)), unit);
    const t1 = f32x4.sub(t, one);
    const t2 = f32x4.sub(t, two);
    const tp = f32x4.add(t, one);
    const outer = f32x4.mul(f32x4.mul(t, t1), sixth);
    const inner = f32x4.mul(f32x4.mul(tp, t2), half);
    const y = f32x4.add(
      f32x4.mul(outer, f32x4.sub(f32x4.mul(tp, y3), f32x4.mul(t2, y0))),
      f32x4.mul(inner, f32x4.sub(f32x4.mul(t1, y1), f32x4.mul(t, y2))),
    );
    add(i, y, isStereo, toLeft, toRight);
    phases = i32x4.add(phases, move);
    move = i32x4.add(move, bend);
  }
}

function add(i: i32, y: v128, isStereo: bool, toLeft: v128, toRight: v128): void {
  v128.store(STEP_LEFT + i, f32x4.add(v128.load(STEP_LEFT + i), f32x4.mul(y, toLeft)));
  if (isStereo) v128.store(STEP_RIGHT + i, f32x4.add(v128.load(STEP_RIGHT + i), f32x4.mul(y, toRight)));
}

/** sin(2 pi turns) of four turns from -0.5 to 0.5, to 4e-9 before rounding: a Taylor series of the angle folded to a quarter turn. */
function sine(turns: v128): v128 {
  const quarter = f32x4.splat(0.25);
  const size = f32x4.abs(turns);
  const folded = f32x4.sub(quarter, f32x4.abs(f32x4.sub(size, quarter)));
  const x = f32x4.mul(folded, f32x4.splat(6.28318530717958648));
  const s = f32x4.mul(x, x);
  let series = f32x4.add(f32x4.splat(1.0 / 362880), f32x4.mul(s, f32x4.splat(-1.0 / 39916800)));
  series = f32x4.add(f32x4.splat(-1.0 / 5040), f32x4.mul(s, series));
  series = f32x4.add(f32x4.splat(1.0 / 120), f32x4.mul(s, series));
  series = f32x4.add(f32x4.splat(-1.0 / 6), f32x4.mul(s, series));
  series = f32x4.mul(x, f32x4.add(f32x4.splat(1), f32x4.mul(s, series)));
  const sign = v128.and(turns, i32x4.splat(0x80000000));
  return v128.xor(series, sign);
}

const TURNS_PER_UNIT: f32 = <f32>(1 / TURN);

function sines(from: v128, moves: v128, bend: v128, isStereo: bool): void {
  let phases = from;
  let move = moves;
  const unit = f32x4.splat(TURNS_PER_UNIT);
  for (let i = 0; i < SYNTH_STEP * 4; i += 16) {
    add(i, sine(f32x4.mul(f32x4.convert_i32x4_s(phases), unit)), isStereo, left, right);
    phases = i32x4.add(phases, move);
    move = i32x4.add(move, bend);
  }
}

/** A sine whose phase another one moves (J. Chowning, The Synthesis of Complex Audio Spectra, 1973). */
function modulated(
  oscillator: usize,
  from: v128,
  moves: v128,
  bend: v128,
  isStereo: bool,
  increment: f64,
  to: f64,
  index: f64,
): void {
  const ratio = get(oscillator, RATIO);
  const first = <u32>(<u64>min(increment * ratio, FASTEST * TURN));
  const change = <i32>((min(to * ratio, FASTEST * TURN) - min(increment * ratio, FASTEST * TURN)) / SYNTH_STEP);
  const start = <u32>(<u64>get(oscillator, MODULATOR_PHASE));
  set(oscillator, MODULATOR_PHASE, <f64>after(start, first, change));
  let modulators = places(start, first, change);
  let modulatorMove = movesOf(first, change);
  const modulatorBend = i32x4.splat(16 * change);
  const target = (get(oscillator, INDEX) + index) * INVERSE_TWO_PI;
  const begins = get(oscillator, INCREMENT) < 0 ? target : get(oscillator, INDEX_NOW);
  set(oscillator, INDEX_NOW, target);
  const slope = (target - begins) / SYNTH_STEP;
  let depth = f32x4(<f32>begins, <f32>(begins + slope), <f32>(begins + 2 * slope), <f32>(begins + 3 * slope));
  const deepening = f32x4.splat(<f32>(4 * slope));
  const unit = f32x4.splat(TURNS_PER_UNIT);
  let phases = from;
  let move = moves;
  for (let i = 0; i < SYNTH_STEP * 4; i += 16) {
    const modulator = sine(f32x4.mul(f32x4.convert_i32x4_s(modulators), unit));
    const turns = f32x4.add(f32x4.mul(f32x4.convert_i32x4_s(phases), unit), f32x4.mul(modulator, depth));
    add(i, sine(f32x4.sub(turns, f32x4.nearest(turns))), isStereo, left, right);
    phases = i32x4.add(phases, move);
    move = i32x4.add(move, bend);
    modulators = i32x4.add(modulators, modulatorMove);
    modulatorMove = i32x4.add(modulatorMove, modulatorBend);
    depth = f32x4.add(depth, deepening);
  }
}

/** White noise: four generators in a row (G. Marsaglia, Xorshift RNGs, 2003), the same for both channels. */
function noise(voice: usize, isStereo: bool): void {
  let state = v128.load(voice + (NOISE << 3));
  const unit = f32x4.splat(1.0 / 2147483648);
  for (let i = 0; i < SYNTH_STEP * 4; i += 16) {
    state = v128.xor(state, i32x4.shl(state, 13));
    state = v128.xor(state, i32x4.shr_u(state, 17));
    state = v128.xor(state, i32x4.shl(state, 5));
    add(i, f32x4.mul(f32x4.convert_i32x4_s(state), unit), isStereo, left, right);
  }
  v128.store(voice + (NOISE << 3), state);
}
