import type { Role, TrackMix } from '../score/score';
import type { Style } from '../styles/style';
import type { Agent } from './agent';
import { withParts } from './performance';
import { style } from '../styles/style-catalogue';

const NEUTRAL: Omit<TrackMix, 'muted'> = { gainCentibels: -80, pan: 0, reverbSend: 30, delaySend: 0, chorusSend: 0 };
/** Loudness that streaming services play at (AES TD1008, 2021), and room for lossy encoders below full scale. */
const LOUDNESS_CENTI_LUFS = -1400;
const TRUE_PEAK_CENTI_DB = -100;

/** Sets every track in its place by role as the style does; tracks of one role stand apart from each other, each a little softer. */
export const mixer: Agent = ({ brief, score }) => {
  const { mix } = style(brief.style.value);
  const tracks = withParts(score.tracks, (track) => {
    const ofRole = score.tracks.filter(({ role }) => role === track.role);
    return { mix: placedMix(mix, track.role, ofRole.indexOf(track), ofRole.length) };
  });
  const master = { ...score.master, loudnessCentiLufs: LOUDNESS_CENTI_LUFS, truePeakCentiDb: TRUE_PEAK_CENTI_DB };
  return { ...score, tracks, master };
};

function placedMix(mix: Style['mix'], role: Role, place: number, count: number): TrackMix {
  const usual = mix[role] ?? NEUTRAL;
  // Alternately on both sides, further out with each pair; low parts stay in the middle.
  const width = role === 'bass' || role === 'drums' ? 0 : 28 + 14 * Math.floor(place / 2);
  const side = place % 2 === 0 ? -1 : 1;
  const spread = count > 1 ? Math.abs(usual.pan) : 0;
  const pan = count > 1 ? side * Math.max(spread, width) : usual.pan;
  return {
    ...usual,
    pan: Math.max(-100, Math.min(100, pan)),
    gainCentibels: usual.gainCentibels - 15 * Math.min(4, count - 1),
    muted: false,
  };
}
