import { InputError } from '../input-error';
import { MAX_IMPORT_BYTES, MAX_IMPORT_NOTES } from '../imports/imported-score';

/** An event of a Standard MIDI File that a Score can hold something of; ticks from the track's beginning. */
export type MidiFileEvent = { tick: number } & (
  | { kind: 'noteOn' | 'noteOff'; channel: number; pitch: number; velocity: number }
  | { kind: 'controller'; channel: number; controller: number; value: number }
  | { kind: 'program'; channel: number; program: number }
  | { kind: 'bend'; channel: number; value: number }
  | { kind: 'trackName'; text: string }
  | { kind: 'marker'; text: string }
  | { kind: 'tempo'; microseconds: number }
  | { kind: 'meter'; numerator: number; denominator: number }
  | { kind: 'key'; fifths: number; minor: boolean }
  | { kind: 'end' }
);

export interface MidiFile {
  format: 0 | 1;
  /** Ticks a quarter note. */
  division: number;
  tracks: MidiFileEvent[][];
}

const UTF_8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const HEADER_BYTES = 14;
const MAX_EVENTS = 8 * MAX_IMPORT_NOTES;
const META = { text: 1, trackName: 3, marker: 6, end: 0x2f, tempo: 0x51, meter: 0x58, key: 0x59 };
/** Data bytes of channel messages by their high nibble, 8 to 14 (MIDI 1.0, table 1). */
const DATA_BYTES = [2, 2, 2, 2, 1, 1, 2];

/**
 * The events of a Standard MIDI File (RP-001, format 0 or 1), in time linear in the file.
 * @throws InputError, with the byte as field (`midi byte 14`), for what is no such file: other formats, SMPTE time, tracks
 * that end early or lack their end, data bytes out of place; and for more bytes or events than are read.
 */
export function readMidiEvents(bytes: Uint8Array): MidiFile {
  if (bytes.length > MAX_IMPORT_BYTES)
    throw new InputError('midi', `${bytes.length} bytes`, `at most ${MAX_IMPORT_BYTES} bytes`);
  const cursor = new Cursor(bytes);
  if (cursor.tag() !== 'MThd') throw cursor.refused(0, 'MThd, with which a Standard MIDI File begins');
  const headerLength = cursor.uint(4);
  if (headerLength < 6) throw cursor.refused(4, 'a header of at least 6 bytes');
  const format = cursor.uint(2);
  if (format !== 0 && format !== 1) throw cursor.refused(8, 'format 0 or 1 (format 2 holds independent patterns)');
  const count = cursor.uint(2);
  const division = cursor.uint(2);
  if (division >= 0x8000) throw cursor.refused(12, 'time in ticks a quarter note, not in SMPTE frames');
  if (division === 0) throw cursor.refused(12, 'at least 1 tick a quarter note');
  cursor.skip(headerLength - (HEADER_BYTES - 8), 'the header');
  const tracks: MidiFileEvent[][] = [];
  let events = 0;
  while (cursor.at < bytes.length && tracks.length < count) {
    const start = cursor.at;
    const tag = cursor.tag();
    const length = cursor.uint(4);
    if (length > bytes.length - cursor.at)
      throw cursor.refused(start + 4, `a chunk of at most ${bytes.length - cursor.at} bytes, as many as follow`);
    if (tag !== 'MTrk') {
      // Chunks of other kinds are to be passed over.
      cursor.skip(length, 'the chunk');
      continue;
    }
    const track = readTrack(cursor, cursor.at + length, MAX_EVENTS - events);
    events += track.length;
    tracks.push(track);
  }
  if (tracks.length < count) throw cursor.refused(10, `${tracks.length} tracks, as many as there are`);
  if (tracks.length === 0) throw cursor.refused(10, 'at least one track');
  return { format, division, tracks };
}

function readTrack(cursor: Cursor, end: number, room: number): MidiFileEvent[] {
  const events: MidiFileEvent[] = [];
  let tick = 0;
  let status = 0;
  while (cursor.at < end) {
    tick += cursor.variable(end);
    const start = cursor.at;
    let first = cursor.byte(end);
    if (first === 0xff) {
      const type = cursor.byte(end);
      const data = cursor.block(cursor.variable(end), end);
      status = 0;
      const event = metaEvent(type, data, tick);
      if (event === 'bad') throw cursor.refused(start, `the data that meta event ${type} has`);
      if (event) events.push(event);
      if (type === META.end) {
        cursor.at = end;
        return events;
      }
    } else if (first === 0xf0 || first === 0xf7) {
      cursor.block(cursor.variable(end), end);
      status = 0;
    } else {
      if (first >= 0xf0) throw cursor.refused(start, 'a channel, system exclusive or meta event');
      if (first >= 0x80) {
        status = first;
        first = cursor.byte(end);
      } else if (status === 0) throw cursor.refused(start, 'a status byte, 0x80 or more: none runs on here');
      const second = DATA_BYTES[(status >> 4) - 8] === 2 ? cursor.byte(end) : 0;
      if (first > 127 || second > 127) throw cursor.refused(start, 'data bytes of 0 to 127');
      const event = channelEvent(status, first, second, tick);
      if (event) events.push(event);
    }
    if (events.length > room) throw new InputError('midi', `more than ${MAX_EVENTS} events`, `at most ${MAX_EVENTS}`);
  }
  throw cursor.refused(end, 'the end-of-track event, with which a track ends');
}

function channelEvent(status: number, first: number, second: number, tick: number): MidiFileEvent | undefined {
  const channel = status & 0x0f;
  switch (status >> 4) {
    case 0x8:
      return { tick, kind: 'noteOff', channel, pitch: first, velocity: second };
    case 0x9:
      // A note-on without velocity is a note-off.
      return { tick, kind: second === 0 ? 'noteOff' : 'noteOn', channel, pitch: first, velocity: second };
    case 0xb:
      return { tick, kind: 'controller', channel, controller: first, value: second };
    case 0xc:
      return { tick, kind: 'program', channel, program: first };
    case 0xe:
      return { tick, kind: 'bend', channel, value: (second << 7) + first - 8192 };
    default:
      return undefined;
  }
}

function metaEvent(type: number, data: Uint8Array, tick: number): MidiFileEvent | 'bad' | undefined {
  const [a = 0, b = 0, c = 0] = data;
  switch (type) {
    case META.trackName:
      return { tick, kind: 'trackName', text: textOf(data) };
    case META.marker:
      return { tick, kind: 'marker', text: textOf(data) };
    case META.end:
      return { tick, kind: 'end' };
    case META.tempo:
      return data.length < 3 ? 'bad' : { tick, kind: 'tempo', microseconds: (a << 16) | (b << 8) | c };
    case META.meter:
      return data.length < 2 ? 'bad' : { tick, kind: 'meter', numerator: a, denominator: 2 ** b };
    case META.key:
      return data.length < 2 ? 'bad' : { tick, kind: 'key', fifths: (a << 24) >> 24, minor: b === 1 };
    default:
      return undefined;
  }
}

/** Text is UTF-8 where it can be, else Latin-1, as older files have it. */
function textOf(data: Uint8Array): string {
  try {
    return UTF_8.decode(data);
  } catch {
    return Array.from(data, (byte) => String.fromCharCode(byte)).join('');
  }
}

class Cursor {
  at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  byte(end = this.bytes.length): number {
    const value = this.at < end ? this.bytes[this.at] : undefined;
    if (value === undefined) throw this.refused(this.at, 'more bytes: the file ends within an event');
    this.at++;
    return value;
  }

  uint(length: number): number {
    let value = 0;
    for (let count = 0; count < length; count++) value = value * 256 + this.byte();
    return value;
  }

  tag(): string {
    return String.fromCharCode(this.byte(), this.byte(), this.byte(), this.byte());
  }

  /** A variable-length quantity of at most four bytes. */
  variable(end: number): number {
    const start = this.at;
    let value = 0;
    for (let count = 0; count < 4; count++) {
      const byte = this.byte(end);
      value = (value << 7) | (byte & 0x7f);
      if (byte < 0x80) return value;
    }
    throw this.refused(start, 'a variable-length quantity of at most 4 bytes');
  }

  block(length: number, end: number): Uint8Array {
    if (length > end - this.at) throw this.refused(this.at, `at most ${end - this.at} bytes of data here`);
    const block = this.bytes.subarray(this.at, this.at + length);
    this.at += length;
    return block;
  }

  skip(length: number, what: string): void {
    if (length > this.bytes.length - this.at) throw this.refused(this.at, `all of ${what}`);
    this.at += length;
  }

  refused(at: number, allowed: string): InputError {
    const found = Array.from(this.bytes.subarray(at, at + 4), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
    return new InputError(`midi byte ${at}`, found || 'the end of the file', allowed);
  }
}
