// The voices of the synthesiser: whole steps of one voice at a time, added to the sound of its track. The memory is the
// instance's own, and the voice at work is copied in and out: nothing is remembered but the tables of waves.

import {
  AMPLIFIER,
  AMPLIFIER_STATE,
  ATTACK,
  BAND,
  BURSTS,
  BURST_STEPS,
  CURRENT_PITCH,
  CUTOFF,
  DAMPING,
  DECAY,
  DRIVE,
  FILTER_STATE,
  GAIN_LEFT,
  GAIN_RIGHT,
  GLIDE,
  HIGH,
  KEY_TRACK,
  LEVEL,
  LEVEL_LEFT,
  LEVEL_RIGHT,
  LFO_FADE,
  LFO_RATE,
  LFO_TO_CUTOFF,
  LFO_TO_LEVEL,
  LFO_TO_PITCH,
  LFO_TO_WIDTH,
  LFO_TURN,
  LOW,
  MODULATION,
  MODULATION_STATE,
  MODULATION_TO_CUTOFF,
  MODULATION_TO_INDEX,
  MODULATION_TO_PITCH,
  PITCH,
  RELEASE,
  RELEASED,
  STAGE,
  STAGES,
  STEPS,
  STEP_LEFT,
  STEP_RIGHT,
  STEREO,
  SUSTAIN,
  SYNTH_LEFT,
  SYNTH_RIGHT,
  SYNTH_STEP,
  SYNTH_VOICE,
  WARPED,
} from '../src/kernel/synth-layout';
import { exp2, log2, sinPi } from './mathematics';
import { frequencyOf } from './pitch';
import { oscillate, setOscillatorRate } from './synth-oscillators';
import { get, set } from './voice';

export { exp2, log2, sinPi };
export { writeWaves } from './synth-waves';
export { pluck } from './synth-string';

const MIDDLE_CENTS: f64 = 6000;
/** Shares of the sample rate between which a cutoff stays. */
const LOWEST_CUTOFF: f64 = 0.0003;
const HIGHEST_CUTOFF: f64 = 0.45;
/** Damping of the first of two stages: the pole pair of a Butterworth filter of fourth order that does not ring. */
const FIRST_DAMPING: f64 = 1.84775906502257351;
/** What a voice that is cut off keeps from step to step. */
const CUT: f64 = 0.25;
/** A level from which on nothing is heard: -100 dB. */
const OVER: f64 = 0.00001;
/** States below it are put to rest: what dies away must not become subnormal numbers, which are slow. */
const RESTING: f64 = 1e-15;

let sampleRate: f64 = 44100;

export function setRate(hertz: f64): void {
  sampleRate = hertz;
  setOscillatorRate(hertz);
}

/**
 * Adds the next steps of the voice to the output, from a frame of it on.
 * @returns 1 while the voice goes on, 0 once it is over
 */
export function render(frame: i32, steps: i32): i32 {
  for (let step = 0; step < steps; step++) if (renderStep((frame + step * SYNTH_STEP) << 2) === 0) return 0;
  return 1;
}

function renderStep(offset: i32): i32 {
  const voice = <usize>SYNTH_VOICE;
  const step = get(voice, STEPS);
  set(voice, STEPS, step + 1);
  const level = envelope(voice, AMPLIFIER, AMPLIFIER_STATE, step);
  const modulation = envelope(voice, MODULATION, MODULATION_STATE, -1);
  const lfo = oscillation(voice, step);

  const pitch = get(voice, CURRENT_PITCH) + (get(voice, PITCH) - get(voice, CURRENT_PITCH)) * get(voice, GLIDE);
  set(voice, CURRENT_PITCH, pitch);
  const cents = pitch + modulation * get(voice, MODULATION_TO_PITCH) + lfo * get(voice, LFO_TO_PITCH);
  oscillate(voice, cents, modulation * get(voice, MODULATION_TO_INDEX), lfo * get(voice, LFO_TO_WIDTH));

  if (get(voice, STAGES) > 0) {
    const cutoff =
      get(voice, CUTOFF) +
      (pitch - MIDDLE_CENTS) * get(voice, KEY_TRACK) +
      modulation * get(voice, MODULATION_TO_CUTOFF) +
      lfo * get(voice, LFO_TO_CUTOFF);
    filter(voice, warped(cutoff), step === 0);
  }
  const isStereo = get(voice, STEREO) !== 0;
  if (get(voice, DRIVE) > 0) {
    saturate(STEP_LEFT, <f32>get(voice, DRIVE));
    if (isStereo) saturate(STEP_RIGHT, <f32>get(voice, DRIVE));
  }
  const loudness = level * (1 + lfo * get(voice, LFO_TO_LEVEL));
  mix(voice, STEP_LEFT, SYNTH_LEFT + offset, LEVEL_LEFT, loudness * get(voice, GAIN_LEFT));
  mix(voice, isStereo ? STEP_RIGHT : STEP_LEFT, SYNTH_RIGHT + offset, LEVEL_RIGHT, loudness * get(voice, GAIN_RIGHT));
  return level < OVER && get(voice, AMPLIFIER_STATE + STAGE) > 0 ? 0 : 1;
}

/** Moves an envelope on by a step: even in its attack, then towards its levels by equal shares. */
function envelope(voice: usize, parameters: i32, state: i32, step: f64): f64 {
  let level = get(voice, state + LEVEL);
  let stage = get(voice, state + STAGE);
  const released = get(voice, RELEASED);
  if (released === 0 && step >= 0 && isBurst(voice, step)) {
    level = 0;
    stage = 0;
  }
  if (released > 0) stage = 2;
  if (stage === 0) {
    level += get(voice, parameters + ATTACK);
    if (level >= 1) {
      level = 1;
      stage = 1;
    }
  } else if (stage === 1) {
    const sustain = get(voice, parameters + SUSTAIN);
    level = sustain + (level - sustain) * get(voice, parameters + DECAY);
  } else level *= released === 2 && step >= 0 ? CUT : get(voice, parameters + RELEASE);
  set(voice, state + LEVEL, level);
  set(voice, state + STAGE, stage);
  return level;
}

function isBurst(voice: usize, step: f64): bool {
  const every = get(voice, BURST_STEPS);
  return every > 0 && step > 0 && step <= every * get(voice, BURSTS) && step % every === 0;
}

/** The LFO at the end of a step, -1 to 1, as far as it has come in. */
function oscillation(voice: usize, step: f64): f64 {
  const rate = get(voice, LFO_RATE);
  if (rate === 0) return 0;
  let turn = get(voice, LFO_TURN) + rate;
  turn -= floor(turn);
  set(voice, LFO_TURN, turn);
  const folded = turn < 0.25 ? 2 * turn : turn < 0.75 ? 1 - 2 * turn : 2 * turn - 2;
  const fade = get(voice, LFO_FADE);
  return sinPi(folded) * (step < fade ? step / fade : 1);
}

/** tan(pi f / rate) for a cutoff in absolute cents. */
function warped(cents: f64): f64 {
  const cutoff = max(LOWEST_CUTOFF, min(HIGHEST_CUTOFF, frequencyOf(cents) / sampleRate));
  return sinPi(cutoff) / sinPi(0.5 - cutoff);
}

/**
 * Puts the step through the filter: state-variable, by trapezoidal integration (V. Zavalishin, The Art of VA Filter Design,
 * 4.4), its cutoff moving evenly from where it was. Both channels at once.
 */
function filter(voice: usize, to: f64, isFirst: bool): void {
  const from = isFirst ? to : get(voice, WARPED);
  set(voice, WARPED, to);
  if (get(voice, STAGES) === 2) {
    stage(voice, 4, from, to, FIRST_DAMPING);
    stage(voice, 0, from, to, get(voice, DAMPING));
  } else stage(voice, 0, from, to, get(voice, DAMPING));
}

function stage(voice: usize, state: i32, from: f64, to: f64, damping: f64): void {
  const at = voice + ((FILTER_STATE + state) << 3);
  let s1 = v128.load(at);
  let s2 = v128.load(at, 16);
  const k = f64x2.splat(damping);
  const low = f64x2.splat(get(voice, LOW));
  const band = f64x2.splat(get(voice, BAND) * damping);
  const high = f64x2.splat(get(voice, HIGH));
  const slope = (to - from) / SYNTH_STEP;
  let g = from;
  for (let i = 0; i < SYNTH_STEP * 4; i += 4) {
    g += slope;
    const x = f64x2(<f64>load<f32>(STEP_LEFT + i), <f64>load<f32>(STEP_RIGHT + i));
    const first = 1 / (1 + g * (g + damping));
    const a1 = f64x2.splat(first);
    const a2 = f64x2.splat(g * first);
    const a3 = f64x2.splat(g * g * first);
    const v3 = f64x2.sub(x, s2);
    const v1 = f64x2.add(f64x2.mul(a1, s1), f64x2.mul(a2, v3));
    const v2 = f64x2.add(s2, f64x2.add(f64x2.mul(a2, s1), f64x2.mul(a3, v3)));
    s1 = f64x2.sub(f64x2.add(v1, v1), s1);
    s2 = f64x2.sub(f64x2.add(v2, v2), s2);
    const above = f64x2.sub(f64x2.sub(x, f64x2.mul(k, v1)), v2);
    const y = f64x2.add(f64x2.mul(low, v2), f64x2.add(f64x2.mul(band, v1), f64x2.mul(high, above)));
    store<f32>(STEP_LEFT + i, <f32>f64x2.extract_lane(y, 0));
    store<f32>(STEP_RIGHT + i, <f32>f64x2.extract_lane(y, 1));
  }
  v128.store(at, rested(s1));
  v128.store(at, rested(s2), 16);
}

function rested(state: v128): v128 {
  return v128.and(state, f64x2.ge(f64x2.abs(state), f64x2.splat(RESTING)));
}

/** The hyperbolic tangent's continued fraction, x (27 + x^2) / (27 + 9 x^2), which is 1 at 3 and is kept there beyond. */
function saturate(channel: usize, drive: f32): void {
  const gain = f32x4.splat(drive);
  const most = f32x4.splat(3);
  const least = f32x4.splat(-3);
  const c = f32x4.splat(27);
  const nine = f32x4.splat(9);
  for (let at = channel; at < channel + SYNTH_STEP * 4; at += 16) {
    const x = f32x4.max(f32x4.min(f32x4.mul(v128.load(at), gain), most), least);
    const square = f32x4.mul(x, x);
    v128.store(at, f32x4.div(f32x4.mul(x, f32x4.add(c, square)), f32x4.add(c, f32x4.mul(nine, square))));
  }
}

/** Adds a channel of the step to the output, at a gain that moves evenly from where it was. */
function mix(voice: usize, channel: usize, output: usize, field: i32, to: f64): void {
  const from = get(voice, field);
  set(voice, field, to);
  if (from === 0 && to === 0) return;
  const slope = (to - from) / SYNTH_STEP;
  let gain = f32x4(<f32>(from + slope), <f32>(from + 2 * slope), <f32>(from + 3 * slope), <f32>(from + 4 * slope));
  const change = f32x4.splat(<f32>(4 * slope));
  for (let i = 0; i < SYNTH_STEP * 4; i += 16) {
    v128.store(output + i, f32x4.add(v128.load(output + i), f32x4.mul(v128.load(channel + i), gain)));
    gain = f32x4.add(gain, change);
  }
}
