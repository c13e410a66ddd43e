// The inner loops of the sampler: whole steps of one voice at a time, added to the sound of its track. All memory is given
// by the caller; nothing is allocated here, and nothing but the address of the work space is remembered between calls.

import {
  AMPLITUDE,
  AMPLITUDE_CENTIBELS,
  ATTENUATION_CENTIBELS,
  CUTOFF_CENTS,
  DAMPING,
  FILTERED,
  FILTER_CUTOFF_CENTS,
  FILTER_DAMPING,
  FILTER_GAIN,
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
import { PHASE_BITS, writeTable } from './interpolation';
import { exp2, log2, sinPi } from './mathematics';
import { play, setBuffer } from './signal';
import { get, set } from './voice';

export { exp2, log2, setBuffer, setSampleRate, sinPi, writeTable };

/** 1 / 1200, and 1 / (200 log10(2)): cents and centibels to powers of two. */
const OCTAVES_PER_CENT: f64 = 1.0 / 1200;
const OCTAVES_PER_CENTIBEL: f64 = 0.0166096404744368117;
/** A place between samples within a row of the table. */
const REST_BITS = 32 - PHASE_BITS;
/** Highest speed through a sample; loops are made longer than that. */
const MAX_INCREMENT: f64 = 64;

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

  let startsFilter = false;
  if (get(voice, FILTERED) !== 0) {
    const cutoff =
      get(voice, CUTOFF_CENTS) + modulationLfo * get(voice, MODULATION_LFO_TO_CUTOFF) + envelope * toCutoff;
    startsFilter = before > 0 && isNaN(get(voice, FILTER_CUTOFF_CENTS));
    if (cutoff !== get(voice, FILTER_CUTOFF_CENTS) || get(voice, DAMPING) !== get(voice, FILTER_DAMPING))
      setFilter(voice, cutoff);
    const gain = get(voice, FILTER_GAIN);
    levelLeft *= gain;
    levelRight *= gain;
  }
  const ended = play(voice, left, right, skip, levelLeft, levelRight, startsFilter);
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
