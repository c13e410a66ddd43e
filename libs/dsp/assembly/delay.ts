import { EFFECT_STATE, INPUT_LEFT, INPUT_RIGHT, OUTPUT_LEFT, OUTPUT_RIGHT } from '../src/kernel/effect-layout';

let length: i32 = 1;
let feedback: f32 = 0;
let returnGain: f32 = 0;
let smoothing: f32 = 0;
let position: i32 = 0;
let dampedLeft: f32 = 0;
let dampedRight: f32 = 0;

/** @param frames of the delay; feedback and gain of what comes back; smoothing of the one-pole low-pass in the loop, 0 to 1 */
export function startDelay(frames: i32, feedbackGain: f64, gain: f64, lowPass: f64): void {
  length = frames;
  feedback = <f32>feedbackGain;
  returnGain = <f32>gain;
  smoothing = <f32>lowPass;
}

/** Adds the effect of `send` times the input to the output; the loudest that it added. */
export function delay(frames: i32, send: f32): f32 {
  const left = EFFECT_STATE;
  const right = EFFECT_STATE + (length << 2);
  let loudest: f32 = 0;
  for (let i = 0; i < frames; i++) {
    const at = position << 2;
    dampedLeft += (load<f32>(left + at) - dampedLeft) * smoothing;
    dampedRight += (load<f32>(right + at) - dampedRight) * smoothing;
    const sent: f32 = send * 0.5 * (load<f32>(INPUT_LEFT + (i << 2)) + load<f32>(INPUT_RIGHT + (i << 2)));
    // The sum enters on the left; what comes out there goes on to the right, and back again.
    store<f32>(left + at, sent + feedback * dampedRight);
    store<f32>(right + at, dampedLeft);
    loudest = max(loudest, max(abs(dampedLeft), abs(dampedRight)));
    store<f32>(OUTPUT_LEFT + (i << 2), load<f32>(OUTPUT_LEFT + (i << 2)) + returnGain * dampedLeft);
    store<f32>(OUTPUT_RIGHT + (i << 2), load<f32>(OUTPUT_RIGHT + (i << 2)) + returnGain * feedback * dampedRight);
    if (++position === length) position = 0;
  }
  return loudest;
}
