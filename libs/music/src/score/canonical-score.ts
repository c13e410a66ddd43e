import { createHash } from 'node:crypto';
import { InputError } from '../input-error';
import type { Score, Section, Track } from './score';
import { sectionRange } from './timeline';

/**
 * Canonical JSON of a value made of objects, lists, strings, booleans and integers: keys in code-unit order, no white
 * space, lists in their own order, fields that are undefined left out. Equal values give equal text on any machine.
 * @throws InputError for a number that is not a safe integer.
 */
export function canonicalJson(value: unknown, field = 'value'): string {
  if (Array.isArray(value)) {
    return `[${value.map((item, index) => canonicalJson(item, `${field}[${index}]`)).join(',')}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .sort(([left], [right]) => (left < right ? -1 : 1));
    return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item, `${field}.${key}`)}`).join(',')}}`;
  }
  if (typeof value === 'number' && !Number.isSafeInteger(value)) throw new InputError(field, value, 'an integer');
  // JSON writes -0 as 0, so both have the same text.
  return JSON.stringify(value);
}

/** Lower-case hex SHA-256 (64 characters) of the canonical JSON of an integer-only value. */
export function contentHash(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value), 'utf8').digest('hex');
}

/** The bytes of a Score: its canonical JSON in UTF-8. Equal scores have equal bytes. */
export function canonicalBytes(score: Score): Uint8Array {
  return new TextEncoder().encode(canonicalJson(score, 'score'));
}

/** Lower-case hex SHA-256 of the canonical bytes. */
export function scoreHash(score: Score): string {
  return contentHash(score);
}

/** Lower-case hex SHA-256 of one track: notes, controls, instrument and mix. Tempo and form are not part of it. */
export function trackHash(track: Track): string {
  return contentHash(track);
}

/**
 * Lower-case hex SHA-256 of what lies in a section: chords, and by track id the notes and controls that start there,
 * with ticks counted from the section's start. A section that only moved keeps its hash.
 */
export function sectionHash(score: Score, section: Section): string {
  const { startTick, endTick } = sectionRange(score, section);
  const inside = (tick: number) => startTick <= tick && tick < endTick;
  const moveStart = <T extends { startTick: number }>(items: readonly T[]) =>
    items.filter((item) => inside(item.startTick)).map((item) => ({ ...item, startTick: item.startTick - startTick }));
  return contentHash({
    chords: moveStart(score.chords),
    tracks: score.tracks.map((track) => ({
      id: track.id,
      notes: moveStart(track.notes),
      controls: track.controls
        .filter((control) => inside(control.tick))
        .map((control) => ({ ...control, tick: control.tick - startTick })),
    })),
  });
}
