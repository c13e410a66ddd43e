// The memory of an effect, in bytes. This file is compiled twice, by tsc and by asc: plain constants only.

/** Most frames that an effect takes at a time. */
export const MAX_FRAMES = 8192;
/** What is sent to the effect, two channels of f32. */
export const INPUT_LEFT = 0;
export const INPUT_RIGHT = 32768;
/** What the effect adds to. */
export const OUTPUT_LEFT = 65536;
export const OUTPUT_RIGHT = 98304;
/** From here on an effect's own memory, silent at first. */
export const EFFECT_STATE = 131072;
