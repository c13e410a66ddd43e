import type { Instrument } from '@beatbot/music';
import { centsBetween, NoteMeasures } from './note-measures';
import { SAMPLE_RATE } from './synthesizers';

/** What a note of ours differs by from a peer's. */
export interface Difference {
  instrument: string;
  pitch: number;
  velocity: number;
  levelDb: number;
  attackSeconds: number;
  peerAttackSeconds: number;
  releaseSeconds?: number;
  peerReleaseSeconds?: number;
  centroidRatio: number;
  cents?: number;
}

export interface Comparison {
  font: string;
  peer: string;
  differences: Difference[];
}

/** Quieter notes than this are no measure of anything, in dBFS. */
const SILENT_DB = -75;

export function compareNotes(
  { id, isDrumKit }: Instrument,
  notes: { pitch: number; velocity: number }[],
  ours: NoteMeasures[],
  theirs: NoteMeasures[],
): Difference[] {
  return notes.flatMap(({ pitch, velocity }, index) => {
    const [own, peer] = [ours[index]!, theirs[index]!];
    if (own.levelDb < SILENT_DB && peer.levelDb < SILENT_DB) return [];
    return [
      {
        instrument: id,
        pitch,
        velocity,
        levelDb: own.levelDb - peer.levelDb,
        attackSeconds: own.attackSeconds,
        peerAttackSeconds: peer.attackSeconds,
        releaseSeconds: own.releaseSeconds,
        peerReleaseSeconds: peer.releaseSeconds,
        centroidRatio: own.centroidHz / peer.centroidHz,
        cents: isDrumKit ? undefined : centsBetween(own, peer, SAMPLE_RATE),
      },
    ];
  });
}
