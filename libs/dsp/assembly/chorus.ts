import { EFFECT_STATE, INPUT_LEFT, INPUT_RIGHT, OUTPUT_LEFT, OUTPUT_RIGHT } from '../src/kernel/effect-layout';
import { sinPi } from './mathematics';

/** The oscillator is looked at every so many frames, and moves evenly in between. */
const GRID: i32 = 64;

let length: i32 = 0;
let centre: f64 = 0;
let depth: f64 = 0;
let turnsPerFrame: f64 = 0;
let returnGain: f32 = 0;
let position: i32 = 0;
let frame: i32 = 0;

/** @param centreFrames, depthFrames the delay and how far it swings; turns of the oscillator per frame; gain of what comes back */
export function startChorus(centreFrames: f64, depthFrames: f64, turns: f64, gain: f64): void {
  centre = centreFrames;
  depth = depthFrames;
  turnsPerFrame = turns;
  returnGain = <f32>gain;
  length = <i32>ceil(centreFrames + depthFrames) + 2;
}

/** Lets silence pass through an empty ring: only the oscillator moves. */
export function restChorus(frames: i32): void {
  frame += frames;
}

/** Adds the effect of `send` times the input to the output. */
export function chorus(frames: i32, send: f32): void {
  const left = EFFECT_STATE;
  const right = EFFECT_STATE + (length << 2);
  for (let done = 0; done < frames;) {
    const count = min(frames - done, GRID - (frame & (GRID - 1)));
    const first = frame & ~(GRID - 1);
    const inGrid = <f64>(frame - first);
    let swingLeft = sine(<f64>first * turnsPerFrame);
    let swingRight = -sine(<f64>first * turnsPerFrame + 0.25);
    const stepLeft = (sine(<f64>(first + GRID) * turnsPerFrame) - swingLeft) / GRID;
    const stepRight = (-sine(<f64>(first + GRID) * turnsPerFrame + 0.25) - swingRight) / GRID;
    swingLeft += inGrid * stepLeft;
    swingRight += inGrid * stepRight;
    for (let i = done; i < done + count; i++) {
      store<f32>(left + (position << 2), load<f32>(INPUT_LEFT + (i << 2)) * send);
      store<f32>(right + (position << 2), load<f32>(INPUT_RIGHT + (i << 2)) * send);
      addTo(OUTPUT_LEFT + (i << 2), read(left, swingLeft));
      addTo(OUTPUT_RIGHT + (i << 2), read(right, swingRight));
      swingLeft += stepLeft;
      swingRight += stepRight;
      if (++position === length) position = 0;
    }
    done += count;
    frame += count;
  }
}

/** The sample that lies `centre + depth * swing` back, between two by a straight line. */
function read(ring: usize, swing: f64): f32 {
  let at = <f64>position - centre - depth * swing;
  if (at < 0) at += <f64>length;
  const index = <i32>at;
  const fraction = <f32>(at - <f64>index);
  const next = index + 1 === length ? 0 : index + 1;
  const here = load<f32>(ring + (index << 2));
  return returnGain * (here + fraction * (load<f32>(ring + (next << 2)) - here));
}

function addTo(address: usize, value: f32): void {
  store<f32>(address, load<f32>(address) + value);
}

/** sin of a number of turns. */
function sine(turns: f64): f64 {
  const halves = 2 * turns;
  const whole = floor(halves + 0.5);
  return sinPi(halves - whole) * (((<i64>whole) & 1) !== 0 ? -1.0 : 1.0);
}
