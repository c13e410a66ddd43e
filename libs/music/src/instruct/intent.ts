import type { Feel } from '../edits/edit';
import type { KeyDemand } from '../brief/read-key';
import type { TimeSignature } from '../brief/read-meter';
import type { Role, Track } from '../score/score';

/** A track, or several, as a sentence names them. */
export interface TrackWord {
  asked: string;
  /** True where every track is meant. */
  all?: true;
  /** Catalogue id of a named instrument. */
  instrument?: string;
  /** The part that a role word means, or that the instrument usually plays. */
  role: Role;
  /** Whether a track of the song is meant, closest meaning first. */
  means: ((track: Track) => boolean)[];
}

/** Where in the song, as a sentence says it. Bars count from 1, both ends included. */
export type PlaceWord =
  | { kind: 'bars'; first: number; last: number }
  | { kind: 'firstBars' | 'lastBars'; count: number }
  /** `which` is 1, 2, ... from the beginning, -1 for the last, 0 for every one; undefined where nothing is said. */
  | { kind: 'section'; name: string; which: number | undefined; asked: string };

/** How much of a change: "a bit", nothing said, "much". */
export type Amount = 'little' | 'usual' | 'much';

/** What the words of a clause stand for, in their order. */
export interface Entities {
  tracks: TrackWord[][];
  places: PlaceWord[][];
  numbers: number[];
  bars: number[];
  intervals: number[];
  keys: KeyDemand[];
  styles: string[];
  meters: TimeSignature[];
  feels: Feel[];
  titles: string[];
}

export type TrackAction =
  | { do: 'add' }
  | { do: 'remove' }
  | { do: 'mute' }
  | { do: 'unmute' }
  | { do: 'gain'; byDb: number }
  | { do: 'pan'; to: number }
  | { do: 'send'; send: 'reverbSend' | 'delaySend'; change: 'more' | 'less' | 'none' };

export type Rework = 'simplify' | 'intensify' | 'humanise' | 'revoice' | 'regenerate';

/** What a clause asks for, before the song is looked at. */
export type Intent =
  | { kind: 'undo' }
  | { kind: 'transpose'; semitones: number }
  | { kind: 'key'; key: KeyDemand }
  | { kind: 'tempo'; bpm?: number; byBpm?: number; factor?: number }
  | { kind: 'meter'; meter: TimeSignature }
  | { kind: 'feel'; feel: Feel }
  | { kind: 'style'; style: string }
  | { kind: 'title'; title: string }
  | { kind: 'track'; tracks: TrackWord[]; action: TrackAction }
  | { kind: 'replace'; tracks: TrackWord[]; by: TrackWord[] }
  | { kind: 'rework'; how: Rework; tracks?: TrackWord[]; places?: PlaceWord[] }
  | { kind: 'reharmonise'; places?: PlaceWord[] }
  | { kind: 'repeat'; places: PlaceWord[]; times: number }
  | { kind: 'removePlaces'; places: PlaceWord[] }
  | { kind: 'resize'; places: PlaceWord[]; bars?: number; byBars?: number; factor?: number }
  | { kind: 'insert'; section: PlaceWord[]; bars?: number; side: Side; beside?: PlaceWord[] }
  | { kind: 'move'; places: PlaceWord[]; side: Side; beside?: PlaceWord[] }
  | { kind: 'fade'; bars?: number }
  | { kind: 'noFade' }
  | { kind: 'hardEnding' };

export type Side = 'before' | 'after' | 'start' | 'end';

/** An intent with its words: the clause, and where it counts. */
export interface Clause {
  text: string;
  start: number;
  end: number;
  /** Undefined where no rule understood the clause. */
  intent: Intent | undefined;
  /** "in the bridge": where the intent counts, beside what it is about. */
  scope: PlaceWord[];
  /** True where the clause says "it". */
  pronoun: boolean;
}
