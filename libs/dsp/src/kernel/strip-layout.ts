// The memory of a channel strip, in bytes. This file is compiled twice, by tsc and by asc: plain constants only.

/** Most frames that a strip takes at a time. */
export const MAX_FRAMES = 8192;
/** Frames are worked on in groups of as many: a block of another length can only be a strip's last. */
export const GROUP_FRAMES = 4;
/** What the track gives, two channels of f32; the effects are sent it. */
export const INPUT_LEFT = 0;
export const INPUT_RIGHT = 32768;
/** What the strip makes of it. */
export const OUTPUT_LEFT = 65536;
export const OUTPUT_RIGHT = 98304;
/** Rings of frames of each effect, silent at first; every ring is followed by a copy of its beginning, for reading across its end. */
export const CHORUS_STATE = 131072;
export const REVERB_STATE = 147456;
export const DELAY_STATE = 344064;
