/** Ticks per quarter note of every Score. */
export const PPQ = 480;

/** Major, minor and the church modes; `major` is Ionian and `minor` is Aeolian. */
export const MODES = ['major', 'minor', 'dorian', 'phrygian', 'lydian', 'mixolydian', 'locrian'] as const;
export type Mode = (typeof MODES)[number];

/** The part a track plays in the music. */
export const ROLES = ['drums', 'percussion', 'bass', 'chords', 'pad', 'lead', 'counter', 'fx'] as const;
export type Role = (typeof ROLES)[number];

/** A tempo from `tick` on; `milliBpm` counts quarter notes per minute, times 1000 (20_000 to 400_000). */
export interface Tempo {
  tick: number;
  milliBpm: number;
}

/** A time signature from `tick` on; `denominator` is 2, 4, 8 or 16. */
export interface Meter {
  tick: number;
  numerator: number;
  denominator: number;
}

/** A tonal centre: `tonic` is a note name without octave (`C`, `F#`, `Bb`). */
export interface Key {
  tonic: string;
  mode: Mode;
}

/** A key from `tick` on. */
export interface KeyChange extends Key {
  tick: number;
}

/** A stretch of the form. `startBar` counts from 0; `energy` is 0 to 100. `id` is unique (`verse-1`), `name` is the kind (`verse`). */
export interface Section {
  id: string;
  name: string;
  startBar: number;
  bars: number;
  energy: number;
}

/** A harmony: `symbol` as a lead sheet writes it (`Dm7`), `roman` in the key then in force (`i7`). */
export interface Chord {
  startTick: number;
  durationTicks: number;
  symbol: string;
  roman: string;
}

/** One note: MIDI `pitch` 0-127, `velocity` 1-127. For drums, `pitch` is the General MIDI percussion key. */
export interface Note {
  startTick: number;
  durationTicks: number;
  pitch: number;
  velocity: number;
}

/** A MIDI controller change (`controller` 0-127, `value` 0-127) or, with `controller` -1, a pitch bend (`value` -8192 to 8191). */
export interface Control {
  tick: number;
  controller: number;
  value: number;
}

/** How a track sits in the mix. Sends are 0 to 127. `pan` is -100 (left) to 100 (right), `gainCentibels` -600 to 120 (tenths of a decibel). */
export interface TrackMix {
  gainCentibels: number;
  pan: number;
  reverbSend: number;
  delaySend: number;
  chorusSend: number;
  muted: boolean;
}

/** One instrument's part. `instrument` is an id of the instrument catalogue (`electric-piano-1`, `acoustic-bass`, `standard-kit`). `id` is unique in the Score. */
export interface Track {
  id: string;
  name: string;
  role: Role;
  instrument: string;
  notes: Note[];
  controls: Control[];
  mix: TrackMix;
}

/** What the mastered mix aims at: integrated loudness in hundredths of LUFS, true peak in hundredths of dBTP, and the length of a closing fade (0 for none). */
export interface Master {
  loudnessCentiLufs: number;
  truePeakCentiDb: number;
  fadeOutTicks: number;
}

/**
 * The symbolic music of a revision, and the single source of truth for all that is derived from it.
 * Integers only, so that equal inputs give equal bytes everywhere; `seed` is 0 to 2^32-1.
 * Lists are sorted: by tick, then pitch or controller. The first tempo, meter and key stand at tick 0.
 */
export interface Score {
  title: string;
  style: string;
  seed: number;
  composerVersion: string;
  ppq: number;
  tempos: Tempo[];
  meters: Meter[];
  keys: KeyChange[];
  sections: Section[];
  chords: Chord[];
  tracks: Track[];
  master: Master;
}
