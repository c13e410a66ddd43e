import type { Brief } from '../brief/brief';
import type { Instrument } from '../instruments/instrument';
import type { Plan } from '../plan/plan';
import type { RandomStream } from '../random/random-stream';
import type { Key, Section } from '../score/score';
import type { HarmonyTimeline } from './harmony-timeline';
import type { SongFrame } from './song-frame';

/** One section of one track, for the writers of chords, pads and effects. */
export interface ArrangedSection {
  brief: Brief;
  plan: Plan;
  frame: SongFrame;
  /** The key of the section. */
  key: Key;
  harmony: HarmonyTimeline;
  player: Instrument;
  section: Section;
  /** Which of the tracks of its role it is, from 0. */
  place: number;
  random: RandomStream;
  /** The stream that all sections of one kind share. */
  kind: RandomStream;
}
