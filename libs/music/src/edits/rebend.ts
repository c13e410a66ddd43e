import { bendControls, byTick } from '../agents/bends';
import { songFrame } from '../agents/song-frame';
import type { Track } from '../score/score';
import type { SongState } from './song-state';

/** Pitch bend, and the registered parameter that sets its range (data entry, parameter number low and high byte). */
const BENDING: readonly number[] = [-1, 6, 100, 101];

/**
 * The song with every track bent as its notes ask for now. A track whose bends did not come from the style, before or
 * after (an upload's), keeps its own.
 */
export function rebend(before: SongState, after: SongState): SongState {
  const [oldFrame, frame] = [songFrame(before.brief, before.plan), songFrame(after.brief, after.plan)];
  const bent = (track: Track): Track => {
    const old = before.score.tracks.find(({ id }) => id === track.id);
    if (old === track) return track;
    const bends = bendControls(after.score, frame, track);
    if (bends.length === 0 && (!old || bendControls(before.score, oldFrame, old).length === 0)) return track;
    const others = track.controls.filter(({ controller }) => !BENDING.includes(controller));
    return { ...track, controls: byTick([...others, ...bends]) };
  };
  return { ...after, score: { ...after.score, tracks: after.score.tracks.map(bent) } };
}
