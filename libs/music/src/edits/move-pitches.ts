import { Chord as TonalChord, Note } from 'tonal';
import type { Brief } from '../brief/brief';
import { playableNotes } from '../agents/performance';
import { instrument } from '../instruments/instrument';
import type { Chord, Key, Track } from '../score/score';
import { endTick, keyAt as keyInForce } from '../score/timeline';
import { chordTones } from '../theory/chord-tones';
import { modulo12, pitchClass, scaleNames, scalePitchClasses } from '../theory/key';
import { isRoman, romanToSymbol, symbolToRoman } from '../theory/roman-numeral';
import { rebend } from './rebend';
import { stated, type SongState } from './song-state';

/** From one key to another: where a pitch goes (MIDI pitch to MIDI pitch), and the key that results. */
export interface PitchMove {
  pitch: (pitch: number) => number;
  key: (key: Key) => Key;
}

/**
 * Moves all that has pitch: notes of every track but drum kits, chords and keys. Notes that leave their instrument's
 * range come back by octaves. Rhythm, velocities and mix stay; the style's bends follow the notes.
 */
export function movePitches(state: SongState, move: PitchMove): SongState {
  const { brief, plan, score } = state;
  const keys = score.keys.map(({ tick, ...key }) => ({ tick, ...move.key(key) }));
  const keyAt = (tick: number) => keys.findLast((key) => key.tick <= tick) ?? move.key(brief.key.value);
  const chords = score.chords.map((chord) =>
    moveChord(chord, move, keyInForce(score, chord.startTick), keyAt(chord.startTick)),
  );
  const end = endTick(score);
  const tracks = score.tracks.map((track) => moveTrack(track, move, end));
  return rebend(state, { brief: moveBrief(brief, move), plan, score: { ...score, keys, chords, tracks } });
}

/** A pitch brought into a range by whole octaves; the nearest end where the range is under an octave. */
export function intoRange(pitch: number, lowest: number, highest: number): number {
  if (pitch < lowest) return Math.min(highest, lowest + modulo12(pitch - lowest));
  if (pitch > highest) return Math.max(lowest, highest - modulo12(highest - pitch));
  return pitch;
}

function moveTrack(track: Track, move: PitchMove, end: number): Track {
  const player = instrument(track.instrument);
  if (player.isDrumKit) return track;
  const notes = track.notes.map((note) => ({
    ...note,
    pitch: intoRange(move.pitch(note.pitch), player.lowestPitch, player.highestPitch),
  }));
  return { ...track, notes: playableNotes(notes, player, end) };
}

function moveChord(chord: Chord, move: PitchMove, from: Key, to: Key): Chord {
  if (!movesAlike(chord.symbol, move)) {
    const symbol = moveSymbol(chord.symbol, move, to);
    return { ...chord, symbol, roman: symbolToRoman(symbol, to) };
  }
  // The same numeral in another key; its symbol comes from it where it did before.
  const spelled = isRoman(chord.roman) && romanToSymbol(chord.roman, from) === chord.symbol && from.mode === to.mode;
  return { ...chord, symbol: spelled ? romanToSymbol(chord.roman, to) : moveSymbol(chord.symbol, move, to) };
}

/** Whether all tones of a chord go the same way, so that it keeps its kind. */
function movesAlike(symbol: string, move: PitchMove): boolean {
  return new Set(chordTones(symbol).tones.map((tone) => modulo12(move.pitch(60 + tone) - 60 - tone))).size === 1;
}

/** The chord on the moved tones: of the names that fit them the one on the moved root, with the bass where it is another. */
function moveSymbol(symbol: string, move: PitchMove, key: Key): string {
  const { root, bass, tones } = chordTones(symbol);
  const to = (tone: number) => nameIn(key, modulo12(move.pitch(60 + tone)));
  const suffix = symbol.replace(/^[A-G](?:#|b)*/, '').split('/')[0] ?? '';
  const slash = bass === root ? '' : `/${to(bass)}`;
  if (movesAlike(symbol, move)) return `${to(root)}${suffix}${slash}`;
  const found = TonalChord.detect(tones.map(to)).find(
    (name) => TonalChord.get(name).tonic === to(root) && !name.includes('/'),
  );
  return `${found ?? `${to(root)}${suffix}`}${slash}`;
}

/** The name of a pitch class in a key: the scale's own spelling, else sharps or flats as the key has them. */
function nameIn(key: Key, tone: number): string {
  const own = scaleNames(key)[scalePitchClasses(key).indexOf(tone)];
  if (own !== undefined) return Note.simplify(own).length < own.length ? Note.simplify(own) : own;
  const flat = scaleNames(key).some((name) => name.endsWith('b')) || key.tonic === 'F';
  return Note.pitchClass(flat ? Note.fromMidi(60 + tone) : Note.fromMidiSharps(60 + tone));
}

function moveBrief(brief: Brief, move: PitchMove): Brief {
  const key = move.key(brief.key.value);
  const progression = brief.progression.value.map((chord) => (isRoman(chord) ? chord : moveSymbol(chord, move, key)));
  return {
    ...brief,
    key: stated(key),
    form: {
      ...brief.form,
      value: brief.form.value.map((section) => ({ ...section, ...(section.key && { key: move.key(section.key) }) })),
    },
    progression: progression.length > 0 ? { ...brief.progression, value: progression } : brief.progression,
  };
}

/** The distance in semitones, -5 to 6, from one tonic to another. */
export function tonicDistance(from: string, to: string): number {
  const up = modulo12(pitchClass(to) - pitchClass(from));
  return up > 6 ? up - 12 : up;
}
