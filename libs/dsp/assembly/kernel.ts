// The inner loops of the sampler: whole steps of one voice at a time, added to the sound of its track. All memory is given
// by the caller; nothing is allocated here, and nothing but the two addresses below is remembered between calls.

import {
  AMPLITUDE,
  AMPLITUDE_CENTIBELS,
  ATTENUATION_CENTIBELS,
  CUTOFF_CENTS,
  DAMPING,
  FILTERED,
  FILTER_COEFFICIENTS,
  FILTER_CUTOFF_CENTS,
  FILTER_DAMPING,
  FILTER_GAIN,
  FILTER_STATE,
  GAIN_LEFT,
  GAIN_RIGHT,
  INCREMENT,
  INCREMENT_CENTS,
  LEVEL_LEFT,
  LEVEL_RIGHT,
  LIMIT,
  MODULATION_ENVELOPE_TO_CUTOFF,
  MODULATION_ENVELOPE_TO_PITCH,
  MODULATION_LFO_DELAY,
  MODULATION_LFO_RATE,
  MODULATION_LFO_TO_CUTOFF,
  MODULATION_LFO_TO_PITCH,
  MODULATION_LFO_TO_VOLUME,
  MODULATION_LFO_TURN,
  PITCH_CENTS,
  POSITION,
  RATE,
  RELEASED_AT,
  RELEASED_CENTIBELS,
  RELEASED_MODULATION,
  RELEASE_FRAME,
  SAMPLE,
  STATE,
  STEP_FRAMES,
  TAIL_LIMIT,
  TAIL_SAMPLE,
  TIME,
  VIBRATO_LFO_DELAY,
  VIBRATO_LFO_RATE,
  VIBRATO_LFO_TO_PITCH,
  VIBRATO_LFO_TURN,
  VOICE_FIELDS,
  VOLUME_DELAY_END,
  VOLUME_END,
  WRAP,
} from '../src/kernel/voice-layout';
import { modulationAt, releasedCentibels, volumeAt } from './envelope';
import { setFilter, setSampleRate } from './filter';
import { PHASE_BITS, ROW_BITS, writeTable } from './interpolation';
import { exp2, log2, sinPi } from './mathematics';
import { get, set } from './voice';

export { exp2, log2, setSampleRate, sinPi, writeTable };

/** 1 / 1200, and 1 / (200 log10(2)): cents and centibels to powers of two. */
const OCTAVES_PER_CENT: f64 = 1.0 / 1200;
const OCTAVES_PER_CENTIBEL: f64 = 0.0166096404744368117;
/** A place between samples within a row of the table. */
const REST_BITS = 32 - PHASE_BITS;
/** Highest speed through a sample; loops are made longer than that. */
const MAX_INCREMENT: f64 = 64;

let table: usize = 0;
/** A step of one voice before its gain: STEP_FRAMES of f32. */
let buffer: usize = 0;

/** Sets the addresses of the interpolation table and of 256 bytes of work space; 16 must divide both. */
export function setMemory(tableAddress: usize, bufferAddress: usize): void {
  table = tableAddress;
  buffer = bufferAddress;
}

/** Begins a voice whose fields before STATE are written, at a frame of its sample. */
export function start(voice: usize, position: f64): void {
  memory.fill(voice + (STATE << 3), 0, (VOICE_FIELDS - STATE) << 3);
  // Half a row ahead, so that cutting off rounds to the nearest row.
  store<u64>(voice + (POSITION << 3), <u64>(position * 4294967296.0) + (1 << (REST_BITS - 1)));
  set(voice, INCREMENT_CENTS, NaN);
  set(voice, AMPLITUDE_CENTIBELS, NaN);
  set(voice, FILTER_CUTOFF_CENTS, NaN);
}

/**
 * Adds the next steps of a voice to a track.
 * @param left, right addresses of the first step's samples (f32)
 * @param frame of the track at which the first step begins
 * @param skip frames of the first step before the voice begins, 0 to STEP_FRAMES - 1
 * @returns 1 while the voice goes on, 0 once it is over
 */
export function render(voice: usize, left: usize, right: usize, frame: i32, steps: i32, skip: i32): i32 {
  for (let step = 0; step < steps; step++) {
    if (get(voice, RELEASED_AT) === 0 && <f64>frame >= get(voice, RELEASE_FRAME)) release(voice);
    if (renderStep(voice, left, right, skip) === 0) return 0;
    skip = 0;
    frame += STEP_FRAMES;
    left += STEP_FRAMES * 4;
    right += STEP_FRAMES * 4;
  }
  return 1;
}

function release(voice: usize): void {
  const time = get(voice, TIME);
  set(voice, RELEASED_CENTIBELS, releasedCentibels(voice, time));
  set(voice, RELEASED_MODULATION, modulationAt(voice, time));
  // The first frame has no time before it: a release there is one frame late.
  set(voice, RELEASED_AT, max<f64>(time, 1));
  const tail = get(voice, TAIL_SAMPLE);
  if (tail !== 0) {
    // A place behind the end of the loop is still one within it.
    const end = (<u64>(get(voice, LIMIT) - 3)) << 32;
    const position = load<u64>(voice + (POSITION << 3));
    if (position >= end) store<u64>(voice + (POSITION << 3), position - ((<u64>get(voice, WRAP)) << 32));
    set(voice, SAMPLE, tail);
    set(voice, LIMIT, get(voice, TAIL_LIMIT));
    set(voice, WRAP, 0);
  }
}

function renderStep(voice: usize, left: usize, right: usize, skip: i32): i32 {
  const frames = <f64>(STEP_FRAMES - skip);
  const before = get(voice, TIME);
  const time = before + frames;
  set(voice, TIME, time);
  const modulationLfo = triangle(
    advance(
      voice,
      MODULATION_LFO_TURN,
      before,
      time,
      get(voice, MODULATION_LFO_DELAY),
      get(voice, MODULATION_LFO_RATE),
    ),
  );
  const vibratoLfo = triangle(
    advance(voice, VIBRATO_LFO_TURN, before, time, get(voice, VIBRATO_LFO_DELAY), get(voice, VIBRATO_LFO_RATE)),
  );
  const toPitch = get(voice, MODULATION_ENVELOPE_TO_PITCH);
  const toCutoff = get(voice, MODULATION_ENVELOPE_TO_CUTOFF);
  const envelope = toPitch !== 0 || toCutoff !== 0 ? modulationAt(voice, time) : 0;

  // How loud at the end of the step. The attack rises evenly in amplitude, all else falls evenly in decibels.
  const volume = volumeAt(voice, time);
  const over = volume >= get(voice, VOLUME_END);
  let levelLeft: f64 = 0;
  let levelRight: f64 = 0;
  if (!over && time > get(voice, VOLUME_DELAY_END)) {
    // A negative value is the share of the attack that has passed.
    const rising = volume < 0;
    const centibels =
      get(voice, ATTENUATION_CENTIBELS) - modulationLfo * get(voice, MODULATION_LFO_TO_VOLUME) + (rising ? 0 : volume);
    if (centibels !== get(voice, AMPLITUDE_CENTIBELS)) {
      set(voice, AMPLITUDE_CENTIBELS, centibels);
      set(voice, AMPLITUDE, exp2(-centibels * OCTAVES_PER_CENTIBEL));
    }
    const level = rising ? -volume * get(voice, AMPLITUDE) : get(voice, AMPLITUDE);
    levelLeft = level * get(voice, GAIN_LEFT);
    levelRight = level * get(voice, GAIN_RIGHT);
  }

  const cents =
    get(voice, PITCH_CENTS) +
    modulationLfo * get(voice, MODULATION_LFO_TO_PITCH) +
    vibratoLfo * get(voice, VIBRATO_LFO_TO_PITCH) +
    envelope * toPitch;
  if (cents !== get(voice, INCREMENT_CENTS)) {
    set(voice, INCREMENT_CENTS, cents);
    const increment = min(get(voice, RATE) * exp2(cents * OCTAVES_PER_CENT), MAX_INCREMENT);
    store<u64>(voice + (INCREMENT << 3), <u64>(increment * 4294967296.0));
  }

  const ended = resample(voice, skip);

  let gain: f64 = 1;
  if (get(voice, FILTERED) !== 0) {
    const cutoff =
      get(voice, CUTOFF_CENTS) + modulationLfo * get(voice, MODULATION_LFO_TO_CUTOFF) + envelope * toCutoff;
    // A filter that a playing voice gets begins where the sound is.
    if (before > 0 && isNaN(get(voice, FILTER_CUTOFF_CENTS)))
      store<f32>(voice + (FILTER_STATE << 3) + 4, load<f32>(buffer));
    if (cutoff !== get(voice, FILTER_CUTOFF_CENTS) || get(voice, DAMPING) !== get(voice, FILTER_DAMPING))
      setFilter(voice, cutoff);
    filter(voice, skip & ~3);
    gain = get(voice, FILTER_GAIN);
  }
  levelLeft *= gain;
  levelRight *= gain;
  mix(left, skip, get(voice, LEVEL_LEFT), levelLeft);
  mix(right, skip, get(voice, LEVEL_RIGHT), levelRight);
  set(voice, LEVEL_LEFT, levelLeft);
  set(voice, LEVEL_RIGHT, levelRight);
  return over || ended ? 0 : 1;
}

/** Moves an oscillator on by the time behind its delay; the turn it has come to, 0 to 1. */
function advance(voice: usize, field: i32, before: f64, time: f64, delay: f64, rate: f64): f64 {
  let turn = get(voice, field);
  if (time > delay) {
    turn += rate * (time - max(before, delay));
    turn -= floor(turn);
    set(voice, field, turn);
  }
  return turn;
}

/** A triangle that starts at 0 and rises: 1 after a quarter of a turn, -1 after three. */
function triangle(turn: f64): f64 {
  return turn < 0.25 ? 4 * turn : turn < 0.75 ? 2 - 4 * turn : 4 * turn - 4;
}

/** Fills the buffer from `skip` on, with zeros up to there in the group of four; 1 where the sample has come to its end. */
function resample(voice: usize, skip: i32): i32 {
  const sample = <usize>get(voice, SAMPLE) - 12;
  const increment = load<u64>(voice + (INCREMENT << 3));
  const limit = (<u64>get(voice, LIMIT)) << 32;
  const wrap = (<u64>get(voice, WRAP)) << 32;
  let position = load<u64>(voice + (POSITION << 3));
  let ended = 0;
  let at = skip & ~3;
  if (at !== skip) v128.store(buffer + (at << 2), f32x4.splat(0));
  at = skip;
  // A group of four where none but the last step can pass the end, else one by one.
  const ahead = increment * 3;
  while (at < STEP_FRAMES) {
    if ((at & 3) === 0 && position + ahead < limit) {
      const a = taps(sample, position);
      const b = taps(sample, position + increment);
      const c = taps(sample, position + increment * 2);
      const d = taps(sample, position + ahead);
      position += increment * 4;
      const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7));
      const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 4, 1, 5), v128.shuffle<f32>(c, d, 2, 6, 3, 7));
      v128.store(
        buffer + (at << 2),
        f32x4.add(v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), v128.shuffle<f32>(ab, cd, 2, 3, 6, 7)),
      );
      at += 4;
    } else {
      const a = taps(sample, position);
      position += increment;
      // In the order in which the groups of four add up.
      store<f32>(
        buffer + (at << 2),
        f32x4.extract_lane(a, 0) + f32x4.extract_lane(a, 2) + (f32x4.extract_lane(a, 1) + f32x4.extract_lane(a, 3)),
      );
      at++;
    }
    if (position >= limit) {
      if (wrap === 0) {
        ended = 1;
        position = limit;
      } else position -= wrap;
    }
  }
  store<u64>(voice + (POSITION << 3), position);
  return ended;
}

/** The products of 8 samples around a position with the taps for its place between them, in four partial sums. */
function taps(sample: usize, position: u64): v128 {
  const at = sample + ((<usize>(position >> 32)) << 2);
  const row = table + ((<usize>((<u32>position) >> REST_BITS)) << ROW_BITS);
  return f32x4.add(f32x4.mul(v128.load(at), v128.load(row)), f32x4.mul(v128.load(at, 16), v128.load(row, 16)));
}

/** Puts the buffer through the filter, four frames at a time: see setFilter. */
function filter(voice: usize, from: i32): void {
  const coefficients = voice + (FILTER_COEFFICIENTS << 3);
  const y0 = v128.load(coefficients);
  const y1 = v128.load(coefficients, 16);
  const y2 = v128.load(coefficients, 32);
  const y3 = v128.load(coefficients, 48);
  const ya = v128.load(coefficients, 64);
  const yb = v128.load(coefficients, 80);
  const s0 = v128.load(coefficients, 96);
  const s1 = v128.load(coefficients, 112);
  const s2 = v128.load(coefficients, 128);
  const s3 = v128.load(coefficients, 144);
  const sa = v128.load(coefficients, 160);
  const sb = v128.load(coefficients, 176);
  let state = v128.load(voice + (FILTER_STATE << 3));
  for (let at = from; at < STEP_FRAMES; at += 4) {
    const x = v128.load(buffer + (at << 2));
    const x0 = v128.shuffle<f32>(x, x, 0, 0, 0, 0);
    const x1 = v128.shuffle<f32>(x, x, 1, 1, 1, 1);
    const x2 = v128.shuffle<f32>(x, x, 2, 2, 2, 2);
    const x3 = v128.shuffle<f32>(x, x, 3, 3, 3, 3);
    const a = v128.shuffle<f32>(state, state, 0, 0, 0, 0);
    const b = v128.shuffle<f32>(state, state, 1, 1, 1, 1);
    const fed = f32x4.add(
      f32x4.add(f32x4.mul(s0, x0), f32x4.mul(s1, x1)),
      f32x4.add(f32x4.mul(s2, x2), f32x4.mul(s3, x3)),
    );
    const driven = f32x4.add(
      f32x4.add(f32x4.mul(y0, x0), f32x4.mul(y1, x1)),
      f32x4.add(f32x4.mul(y2, x2), f32x4.mul(y3, x3)),
    );
    state = f32x4.add(fed, f32x4.add(f32x4.mul(sa, a), f32x4.mul(sb, b)));
    v128.store(buffer + (at << 2), f32x4.add(driven, f32x4.add(f32x4.mul(ya, a), f32x4.mul(yb, b))));
  }
  // What dies away must not become subnormal numbers, which are slow.
  const loudest = max(abs(f32x4.extract_lane(state, 0)), abs(f32x4.extract_lane(state, 1)));
  v128.store(voice + (FILTER_STATE << 3), loudest < 1e-15 ? f32x4.splat(0) : state);
}

/** Adds the buffer from `skip` on to a channel, at a gain that moves evenly from one level to another. */
function mix(output: usize, skip: i32, from: f64, to: f64): void {
  if (from === 0 && to === 0) return;
  const slope = (to - from) / <f64>(STEP_FRAMES - skip);
  let at = skip;
  const single = (skip + 3) & ~3;
  for (; at < single; at++) {
    const place = output + (at << 2);
    store<f32>(place, load<f32>(place) + load<f32>(buffer + (at << 2)) * <f32>(from + slope * <f64>(at + 1 - skip)));
  }
  const first = from + slope * <f64>(at + 1 - skip);
  let gain = f32x4(<f32>first, <f32>(first + slope), <f32>(first + 2 * slope), <f32>(first + 3 * slope));
  const change = f32x4.splat(<f32>(4 * slope));
  for (; at < STEP_FRAMES; at += 4) {
    const place = output + (at << 2);
    v128.store(place, f32x4.add(v128.load(place), f32x4.mul(v128.load(buffer + (at << 2)), gain)));
    gain = f32x4.add(gain, change);
  }
}
