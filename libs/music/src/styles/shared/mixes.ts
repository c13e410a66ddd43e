import type { StyleData } from '../style';

type Mix = StyleData['mix'];

/** The place of a role: level in tenths of a decibel, pan (-100 left to 100 right), sends to reverb, delay and chorus. */
export function placed(gainCentibels: number, pan: number, reverbSend: number, delaySend = 0, chorusSend = 0) {
  return { gainCentibels, pan, reverbSend, delaySend, chorusSend };
}

/** Drums and bass in front, chords wide, long effects on what is above them (R. Snoman, Dance Music Manual, 4th ed., part on mixing). */
export const CLUB_MIX: Mix = {
  drums: placed(-10, 0, 10),
  percussion: placed(-105, -28, 20, 8),
  bass: placed(-25, 0, 0),
  chords: placed(-60, -22, 36, 22, 36),
  pad: placed(-75, 12, 66, 0, 60),
  lead: placed(-50, 18, 42, 38, 10),
  counter: placed(-105, 34, 48, 48),
  fx: placed(-120, 0, 64, 20),
};

/** A band on a stage: little room, guitars and keys at the sides. */
export const BAND_MIX: Mix = {
  drums: placed(-15, 0, 20),
  percussion: placed(-90, 30, 20),
  bass: placed(-30, 0, 4),
  chords: placed(-65, -36, 20),
  pad: placed(-120, 22, 34, 0, 20),
  lead: placed(-30, 6, 30, 18),
  counter: placed(-80, 34, 30, 10),
  fx: placed(-140, 0, 40),
};

/** Acoustic players close together in a small room. */
export const ROOM_MIX: Mix = {
  drums: placed(-60, 8, 30),
  percussion: placed(-70, 22, 28),
  bass: placed(-30, -6, 18),
  chords: placed(-45, -30, 30),
  pad: placed(-100, 12, 40),
  lead: placed(-20, 12, 36),
  counter: placed(-65, 32, 36),
  fx: placed(-160, 0, 40),
};

/** An ensemble in a concert hall, seated from left to right. */
export const HALL_MIX: Mix = {
  drums: placed(-90, 0, 60),
  percussion: placed(-65, 10, 62),
  bass: placed(-45, 30, 50),
  chords: placed(-50, -18, 58),
  pad: placed(-80, 14, 64),
  lead: placed(-20, -20, 56),
  counter: placed(-55, 24, 58),
  fx: placed(-140, 0, 70),
};
