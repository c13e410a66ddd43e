import type { core } from 'zod';
import { InputError } from '../input-error';
import { findInstrument } from '../instruments/instrument';
import { overlaps } from '../measures/overlaps';
import { rangeViolations } from '../measures/range-violations';
import type { Score, Track } from './score';
import { scoreSchema } from './score-schema';
import { barLengthTicks, endTick } from './timeline';

/**
 * Checks that a Score is whole: shapes and ranges, lists sorted, ids unique, sections joined from bar 0 on, meters
 * changing on bar lines, notes inside the song and their instrument's range, no overlapping equal pitches in a track.
 * @throws InputError that names the first field at fault, as a path such as `tracks[2].notes[17].pitch`.
 */
export function validateScore(score: Score): void {
  checkShape(score);
  checkSections(score);
  checkChanges(score);
  checkChords(score);
  unique(score.tracks, 'tracks');
  const end = endTick(score);
  score.tracks.forEach((track, index) => checkTrack(track, `tracks[${index}]`, end));
}

/** Reads a Score from its JSON (text or UTF-8 bytes). @throws InputError where it is no valid Score. */
export function parseScore(source: string | Uint8Array): Score {
  const text = typeof source === 'string' ? source : new TextDecoder().decode(source);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new InputError('score', text, 'JSON');
  }
  const score = checkShape(value);
  validateScore(score);
  return score;
}

function checkShape(value: unknown): Score {
  const result = scoreSchema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  if (!issue) throw result.error;
  throw new InputError(pathText(issue.path) || 'score', valueAt(value, issue.path), issueText(issue));
}

function issueText(issue: core.$ZodIssue): string {
  return issue.message.replace(/^Invalid input: /, '');
}

function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text ? `${text}.${String(part)}` : String(part);
  }, '');
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, part) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, part) : undefined),
    value,
  );
}

function unique(items: readonly { id: string }[], field: string): void {
  const seen = new Set<string>();
  items.forEach((item, index) => {
    if (seen.has(item.id)) throw new InputError(`${field}[${index}].id`, item.id, 'an id that no other has');
    seen.add(item.id);
  });
}

function checkSections(score: Score): void {
  unique(score.sections, 'sections');
  let bar = 0;
  score.sections.forEach((section, index) => {
    if (section.startBar !== bar) {
      throw new InputError(`sections[${index}].startBar`, section.startBar, `${bar}, where the section before ends`);
    }
    bar += section.bars;
  });
}

function checkChanges(score: Score): void {
  // Meters first: the end of the song can be reckoned only from sound ones.
  score.meters.forEach((meter, index) => {
    const previous = score.meters[index - 1];
    if (previous && (meter.tick - previous.tick) % barLengthTicks(previous) !== 0) {
      throw new InputError(`meters[${index}].tick`, meter.tick, 'a bar line of the meter before');
    }
  });
  const end = endTick(score);
  for (const field of ['meters', 'tempos', 'keys'] as const) {
    score[field].forEach((change, index) => {
      const previous = score[field][index - 1];
      const path = `${field}[${index}].tick`;
      if (!previous && change.tick !== 0) throw new InputError(path, change.tick, '0 for the first entry');
      if (previous && change.tick <= previous.tick) {
        throw new InputError(path, change.tick, `more than ${previous.tick}, the tick of the entry before`);
      }
      if (change.tick >= end) throw new InputError(path, change.tick, `less than ${end}, the end of the song`);
    });
  }
  if (score.master.fadeOutTicks > end) {
    throw new InputError('master.fadeOutTicks', score.master.fadeOutTicks, `at most ${end}, the length of the song`);
  }
}

function checkChords(score: Score): void {
  const end = endTick(score);
  let free = 0;
  score.chords.forEach((chord, index) => {
    const path = `chords[${index}].startTick`;
    if (chord.startTick < free)
      throw new InputError(path, chord.startTick, `at least ${free}, where the chord before ends`);
    free = chord.startTick + chord.durationTicks;
    if (free > end)
      throw new InputError(`chords[${index}].durationTicks`, chord.durationTicks, `an end by tick ${end}`);
  });
}

function checkTrack(track: Track, path: string, end: number): void {
  if (!findInstrument(track.instrument)) {
    throw new InputError(`${path}.instrument`, track.instrument, 'an id of the instrument catalogue');
  }
  track.notes.forEach((note, index) => {
    const previous = track.notes[index - 1];
    const sorted =
      !previous ||
      previous.startTick < note.startTick ||
      (previous.startTick === note.startTick && previous.pitch <= note.pitch);
    if (!sorted) throw new InputError(`${path}.notes[${index}]`, note, 'a list sorted by start, then pitch');
    if (note.startTick + note.durationTicks > end) {
      throw new InputError(`${path}.notes[${index}]`, note, `an end by tick ${end}, the end of the song`);
    }
  });
  const [outside] = rangeViolations(track);
  if (outside) {
    const allowed = `${outside.lowestPitch} to ${outside.highestPitch}, the range of ${track.instrument}`;
    throw new InputError(`${path}.notes[${outside.index}].pitch`, outside.note.pitch, allowed);
  }
  const [overlap] = overlaps(track);
  if (overlap) {
    const allowed = `a start by the end (tick ${overlap.earlier.startTick + overlap.earlier.durationTicks}) of the note of the same pitch before`;
    throw new InputError(`${path}.notes[${overlap.index}].startTick`, overlap.later.startTick, allowed);
  }
  track.controls.forEach((control, index) => {
    const previous = track.controls[index - 1];
    const sorted =
      !previous ||
      previous.tick < control.tick ||
      (previous.tick === control.tick && previous.controller < control.controller);
    if (!sorted) throw new InputError(`${path}.controls[${index}]`, control, 'a list sorted by tick, then controller');
    if (control.tick > end) throw new InputError(`${path}.controls[${index}].tick`, control.tick, `at most ${end}`);
  });
}
