import {
  MODULATION_ATTACK_END,
  MODULATION_DECAY,
  MODULATION_DELAY_END,
  MODULATION_HOLD_END,
  MODULATION_RELEASE,
  MODULATION_SUSTAIN,
  RELEASED_AT,
  RELEASED_CENTIBELS,
  RELEASED_MODULATION,
  SILENT_CENTIBELS,
  VOLUME_ATTACK_END,
  VOLUME_DECAY,
  VOLUME_DELAY_END,
  VOLUME_HOLD_END,
  VOLUME_RELEASE,
  VOLUME_SUSTAIN,
} from '../src/kernel/voice-layout';
import { log2 } from './mathematics';
import { get } from './voice';

/** 200 log10(2): powers of two to centibels. */
const CENTIBELS_PER_OCTAVE: f64 = 60.205999132796239;

/**
 * The volume envelope at a time: its attenuation in centibels, or, during the attack, the share of it that has passed as a
 * negative number (SoundFont 2.04, 8.1.2, generators 33 to 38).
 */
export function volumeAt(voice: usize, time: f64): f64 {
  const releasedAt = get(voice, RELEASED_AT);
  if (releasedAt !== 0) return get(voice, RELEASED_CENTIBELS) + (time - releasedAt) * get(voice, VOLUME_RELEASE);
  const delayEnd = get(voice, VOLUME_DELAY_END);
  if (time <= delayEnd) return 0;
  const attackEnd = get(voice, VOLUME_ATTACK_END);
  if (time < attackEnd) return -(time - delayEnd) / (attackEnd - delayEnd);
  const holdEnd = get(voice, VOLUME_HOLD_END);
  if (time <= holdEnd) return 0;
  return min((time - holdEnd) * get(voice, VOLUME_DECAY), get(voice, VOLUME_SUSTAIN));
}

/** Where a release at a time begins, in centibels. */
export function releasedCentibels(voice: usize, time: f64): f64 {
  if (time <= get(voice, VOLUME_DELAY_END)) return SILENT_CENTIBELS;
  const volume = volumeAt(voice, time);
  return volume < 0 ? min<f64>(-log2(-volume) * CENTIBELS_PER_OCTAVE, SILENT_CENTIBELS) : volume;
}

/** The modulation envelope at a time, 0 to 1: the attack is convex, all else straight (8.1.2, generators 25 to 30). */
export function modulationAt(voice: usize, time: f64): f64 {
  const releasedAt = get(voice, RELEASED_AT);
  if (releasedAt !== 0)
    return max<f64>(0, get(voice, RELEASED_MODULATION) - (time - releasedAt) * get(voice, MODULATION_RELEASE));
  const delayEnd = get(voice, MODULATION_DELAY_END);
  if (time <= delayEnd) return 0;
  const attackEnd = get(voice, MODULATION_ATTACK_END);
  if (time < attackEnd) {
    const share = (time - delayEnd) / (attackEnd - delayEnd);
    // 1 + 400 log10(share) / 960, the convex curve of 8.2.4 and 9.1.
    return max<f64>(0, 1 + (log2(share) * 2 * CENTIBELS_PER_OCTAVE) / SILENT_CENTIBELS);
  }
  const holdEnd = get(voice, MODULATION_HOLD_END);
  if (time <= holdEnd) return 1;
  return max(1 - (time - holdEnd) * get(voice, MODULATION_DECAY), get(voice, MODULATION_SUSTAIN));
}
