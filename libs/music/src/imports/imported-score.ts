import { COMPOSER_VERSION } from '../agents/composer-version';
import { roleOf } from '../brief/instrument-words';
import { DEFAULT_STYLE } from '../brief/settle-style';
import { intoRange } from '../edits/move-pitches';
import { InputError } from '../input-error';
import { instrument, type Instrument } from '../instruments/instrument';
import { findKey } from '../measures/find-key';
import { randomStream } from '../random/random-stream';
import { contentHash } from '../score/canonical-score';
import {
  PPQ,
  type Chord,
  type Control,
  type Key,
  type KeyChange,
  type Meter,
  type Note,
  type Score,
  type Section,
  type Tempo,
  type Track,
  type TrackMix,
} from '../score/score';
import { barAtTick, barLengthTicks, barStartTick } from '../score/timeline';
import { validateScore } from '../score/validate-score';

/** Most bytes of a file that is read: what an upload may have. */
export const MAX_IMPORT_BYTES = 1024 * 1024;
/** Most notes, tracks and bars of a file that is read. */
export const MAX_IMPORT_NOTES = 100_000;
export const MAX_IMPORT_TRACKS = 64;
export const MAX_IMPORT_BARS = 1024;

/** A file as a Score, and what had to be changed so that it became one. */
export interface Import {
  score: Score;
  remarks: string[];
}

/** A part of a file: notes in any order, of any pitch, overlapping as they may. */
export interface ImportedTrack {
  /** The instrument's where the file gives none. */
  name: string | undefined;
  /** Catalogue id. */
  instrument: string;
  notes: Note[];
  controls: Control[];
  mix?: Partial<TrackMix>;
}

/** What a reader found, in ticks of 480 a quarter note. */
export interface Imported {
  title: string;
  tempos: Tempo[];
  meters: Meter[];
  keys: KeyChange[];
  /** Where sections begin; by name. */
  marks: { tick: number; name: string }[];
  chords?: Chord[];
  tracks: ImportedTrack[];
  /** The file's own end; the song ends with the bar that holds it. */
  endTick: number;
}

const NEUTRAL_MIX: TrackMix = { gainCentibels: 0, pan: 0, reverbSend: 0, delaySend: 0, chorusSend: 0, muted: false };
const TONIC: Key = { tonic: 'C', mode: 'major' };

/**
 * A whole Score of what a reader found. Notes outside their instrument's range move by octaves, notes that meet another
 * one of their pitch end there, changes of meter within a bar come at a bar line, tracks without notes go; all of that is
 * remarked upon.
 * @throws InputError with the reader's name as field where there are no notes, or more of anything than a song may have.
 */
export function importedScore(source: string, found: Imported): Import {
  const remarks: string[] = [];
  const notes = found.tracks.reduce((sum, track) => sum + track.notes.length, 0);
  if (notes === 0) throw new InputError(source, 'no notes', 'a file with at least one note');
  if (notes > MAX_IMPORT_NOTES) throw new InputError(source, `${notes} notes`, `at most ${MAX_IMPORT_NOTES} notes`);
  const sounding = found.tracks.filter((track) => track.notes.length > 0);
  if (sounding.length > MAX_IMPORT_TRACKS)
    throw new InputError(source, `${sounding.length} tracks`, `at most ${MAX_IMPORT_TRACKS} tracks with notes`);
  const meters = onBarLines(found.meters, remarks);
  const last = sounding.reduce(
    (end, track) => track.notes.reduce((tick, note) => Math.max(tick, note.startTick + note.durationTicks), end),
    found.endTick,
  );
  const bars = Math.max(1, barAtTick({ meters }, Math.max(0, last - 1)) + 1);
  if (bars > MAX_IMPORT_BARS) throw new InputError(source, `${bars} bars`, `at most ${MAX_IMPORT_BARS} bars`);
  const end = barStartTick({ meters }, bars);
  const before = <T extends { tick: number }>(changes: readonly T[]) => changes.filter(({ tick }) => tick < end);
  const ids = new Set<string>();
  const tracks = sounding.map((track) => wholeTrack(track, end, ids, remarks));
  const [heard] =
    found.keys.length > 0 ? [] : [findKey(tracks.flatMap((track) => (track.role === 'drums' ? [] : track.notes)))];
  const keys = changes(before(found.keys), heard?.key ?? TONIC);
  const score: Score = {
    title: found.title.slice(0, 200) || 'Untitled',
    style: DEFAULT_STYLE,
    seed: randomStream('import', contentHash(tracks)).uint32(),
    composerVersion: COMPOSER_VERSION,
    ppq: PPQ,
    tempos: changes(before(found.tempos), { milliBpm: 120_000 }),
    meters: before(meters),
    keys,
    sections: sectionsOf(found.marks, { meters }, bars, remarks),
    chords: found.chords ?? [],
    tracks,
    master: { loudnessCentiLufs: -1400, truePeakCentiDb: -100, fadeOutTicks: 0 },
  };
  validateScore(score);
  return { score, remarks };
}

/** Changes sorted, the last of each tick, beginning at tick 0. */
function changes<T>(list: readonly (T & { tick: number })[], initial: T): (T & { tick: number })[] {
  const byTick = new Map([...list].sort((a, b) => a.tick - b.tick).map((change) => [change.tick, change]));
  const sorted = [...byTick.values()];
  return sorted[0]?.tick === 0 ? sorted : [{ ...initial, tick: 0 }, ...sorted];
}

function onBarLines(meters: readonly Meter[], remarks: string[]): Meter[] {
  const placed: Meter[] = [];
  for (const meter of changes(meters, { numerator: 4, denominator: 4 })) {
    const current = placed.at(-1);
    if (!current) {
      placed.push(meter);
      continue;
    }
    const length = barLengthTicks(current);
    const tick = current.tick + Math.round((meter.tick - current.tick) / length) * length;
    if (tick !== meter.tick)
      remarks.push(`the change to ${meter.numerator}/${meter.denominator} within a bar comes at the nearest bar line`);
    if (tick === current.tick) placed[placed.length - 1] = { ...meter, tick };
    else placed.push({ ...meter, tick });
  }
  return placed;
}

function wholeTrack(found: ImportedTrack, end: number, ids: Set<string>, remarks: string[]): Track {
  const player = instrument(found.instrument);
  const role = player.isDrumKit ? 'drums' : roleOf(player);
  let id: string = role;
  for (let number = 2; ids.has(id); number++) id = `${role}-${number}`;
  ids.add(id);
  const name = found.name?.slice(0, 200) ?? player.name;
  const { notes, moved, cut } = wholeNotes(found.notes, player, end);
  if (moved > 0) remarks.push(`${name}: ${moved} notes outside the range of ${player.name} moved by octaves`);
  if (cut > 0) remarks.push(`${name}: ${cut} notes end where another one of their pitch begins`);
  const controls = new Map(
    found.controls
      .filter(({ tick }) => tick <= end)
      .map((control) => [`${control.tick}/${control.controller}`, control]),
  );
  return {
    id,
    name,
    role,
    instrument: player.id,
    notes,
    controls: [...controls.values()].sort((a, b) => a.tick - b.tick || a.controller - b.controller),
    mix: { ...NEUTRAL_MIX, ...found.mix },
  };
}

function wholeNotes(found: readonly Note[], { lowestPitch, highestPitch }: Instrument, end: number) {
  let moved = 0;
  let cut = 0;
  const inRange = found.map((note) => {
    const pitch = intoRange(note.pitch, lowestPitch, highestPitch);
    if (pitch !== note.pitch) moved++;
    return { ...note, pitch, durationTicks: Math.max(1, Math.min(note.durationTicks, end - note.startTick)) };
  });
  const notes: Note[] = [];
  const sounding = new Map<number, number>();
  const sorted = inRange.sort(
    (a, b) => a.startTick - b.startTick || a.pitch - b.pitch || b.durationTicks - a.durationTicks,
  );
  for (const note of sorted) {
    const index = sounding.get(note.pitch);
    const before = index === undefined ? undefined : notes[index];
    if (before && index !== undefined && before.startTick + before.durationTicks > note.startTick) {
      cut++;
      // Of two that begin together the longer one stays.
      if (before.startTick === note.startTick) continue;
      notes[index] = { ...before, durationTicks: note.startTick - before.startTick };
    }
    sounding.set(note.pitch, notes.length);
    notes.push(note);
  }
  return { notes, moved, cut };
}

/** Sections as the file marks them, where its marks stand on bar lines; else the whole as one. */
function sectionsOf(
  marks: Imported['marks'],
  metered: { meters: Meter[] },
  bars: number,
  remarks: string[],
): Section[] {
  const onLines = marks
    .map(({ tick, name }) => ({
      bar: barAtTick(metered, tick),
      isOn: barStartTick(metered, barAtTick(metered, tick)) === tick,
      name,
    }))
    .filter(({ bar, isOn, name }) => isOn && bar < bars && name.trim() !== '');
  const byBar = new Map(onLines.map(({ bar, name }) => [bar, name.trim().slice(0, 90)]));
  if (byBar.size === 0) return [{ id: 'a-1', name: 'a', startBar: 0, bars, energy: 50 }];
  if (!byBar.has(0)) byBar.set(0, 'intro');
  if (onLines.length < marks.length) remarks.push('marks that stand at no bar line are left out');
  const starts = [...byBar].sort(([a], [b]) => a - b);
  const ids = new Set<string>();
  return starts.map(([startBar, text], index) => {
    const name = text.toLowerCase().replace(/[-_ ]*\d+$/, '') || text;
    let id = text;
    for (let number = 2; ids.has(id); number++) id = `${text}-${number}`;
    ids.add(id);
    return { id, name, startBar, bars: (starts[index + 1]?.[0] ?? bars) - startBar, energy: 50 };
  });
}
