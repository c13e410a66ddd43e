import { InputError } from '../input-error';
import { instrument } from '../instruments/instrument';
import { keySignatureFifths } from '../score/key-signature';
import { PPQ, type Score, type Track } from '../score/score';
import { barStartTick, beatLengthTicks, keyAt } from '../score/timeline';
import { beams } from './beams';
import { clefElement } from './clef-element';
import { harmonyElement } from './harmony-element';
import { notateBar } from './notate-bar';
import { DIVISIONS, type GridBar, notationGrid, quantise } from './notation-grid';
import { noteElements, scorePart } from './note-elements';
import { element, plain } from './xml-element';

const TICKS_PER_DIVISION = PPQ / DIVISIONS;

/**
 * The Score as sheet music: MusicXML 4.0, score-partwise, one part per track with sounding pitches, the performance
 * quantised to sixteenths and triplet eighths. Chord symbols stand over the lead, section names and tempos over the
 * first part.
 * @throws InputError for a Score without tracks: MusicXML knows none without parts.
 */
export function writeMusicXml(score: Score): string {
  if (score.tracks.length === 0) throw new InputError('tracks', score.tracks, 'at least one track for sheet music');
  const ids = score.tracks.map((_, index) => `P${index + 1}`);
  const melodic = score.tracks.filter((track) => !instrument(track.instrument).isDrumKit);
  const chordTrack = melodic.find((track) => track.role === 'lead') ?? melodic[0] ?? score.tracks[0];
  const document = element('score-partwise', { version: '4.0' }, [
    plain('work', [plain('work-title', score.title)]),
    plain('identification', [plain('encoding', [plain('software', `BeatBot ${score.composerVersion}`)])]),
    plain(
      'part-list',
      score.tracks.map((track, index) => scorePart(track, ids[index] ?? '')),
    ),
    ...score.tracks.map((track, index) =>
      part(score, track, { id: ids[index] ?? '', leads: index === 0, showsChords: track === chordTrack }),
    ),
  ]);
  return [
    '<?xml version="1.0" encoding="UTF-8" standalone="no"?>',
    '<!DOCTYPE score-partwise PUBLIC "-//Recordare//DTD MusicXML 4.0 Partwise//EN" "http://www.musicxml.org/dtds/partwise.dtd">',
    document,
    '',
  ].join('\n');
}

interface PartPlace {
  id: string;
  /** The first part, over which section names and tempos stand. */
  leads: boolean;
  showsChords: boolean;
}

function part(score: Score, track: Track, place: PartPlace): string {
  const { isDrumKit } = instrument(track.instrument);
  const bars = notationGrid(score, track.notes);
  const chords = quantise(score, bars, track.notes, isDrumKit);
  const measures = bars.map((bar, index) => {
    const values = notateBar(bar, chords);
    const joined = beams(values, beatLengthTicks(bar.meter) / TICKS_PER_DIVISION);
    const altered = new Map<string, number>();
    const keyFifths = keySignatureFifths(keyAt(score, barStartTick(score, index)));
    return element('measure', { number: index + 1 }, [
      attributes(score, track, index, bars),
      ...(place.leads ? directions(score, bar, index) : []),
      ...(place.showsChords ? harmonies(score, bar) : []),
      ...values.flatMap((value, at) =>
        noteElements(value, joined[at] ?? [], {
          partId: place.id,
          percussion: isDrumKit,
          onsetFifths: keySignatureFifths(keyAt(score, value.onset * TICKS_PER_DIVISION)),
          chordSymbol: chordAt(score, value.onset * TICKS_PER_DIVISION),
          keyFifths,
          altered,
        }),
      ),
      index === bars.length - 1
        ? element('barline', { location: 'right' }, [plain('bar-style', 'light-heavy')])
        : undefined,
    ]);
  });
  return element('part', { id: place.id }, measures);
}

function chordAt(score: Score, tick: number): string | undefined {
  return score.chords.find((chord) => chord.startTick <= tick && tick < chord.startTick + chord.durationTicks)?.symbol;
}

function inBar<T extends { tick: number }>(entries: readonly T[], bar: GridBar): T[] {
  return entries.filter(({ tick }) => bar.start * TICKS_PER_DIVISION <= tick && tick < bar.end * TICKS_PER_DIVISION);
}

/** Divisions, key, meter and clef where they begin or change. */
function attributes(score: Score, track: Track, index: number, bars: readonly GridBar[]): string | undefined {
  const bar = bars[index];
  if (!bar) return undefined;
  const { isDrumKit } = instrument(track.instrument);
  const key = keyAt(score, barStartTick(score, index));
  const before = index > 0 ? keyAt(score, barStartTick(score, index - 1)) : undefined;
  const children = [
    index === 0 ? plain('divisions', DIVISIONS) : undefined,
    key === before || isDrumKit
      ? undefined
      : plain('key', [plain('fifths', keySignatureFifths(key)), plain('mode', key.mode)]),
    bars[index - 1]?.meter === bar.meter
      ? undefined
      : plain('time', [plain('beats', bar.meter.numerator), plain('beat-type', bar.meter.denominator)]),
    index === 0 ? clefElement(track) : undefined,
  ].filter((child) => child !== undefined);
  return children.length > 0 ? plain('attributes', children) : undefined;
}

/** Section names and tempos of a bar. */
function directions(score: Score, bar: GridBar, index: number): string[] {
  const above = (children: (string | undefined)[]) => element('direction', { placement: 'above' }, children);
  return [
    ...score.sections
      .filter((section) => section.startBar === index)
      .map((section) => above([plain('direction-type', [plain('rehearsal', section.id)])])),
    ...inBar(score.tempos, bar).map(({ tick, milliBpm }) => {
      const offset = Math.round(tick / TICKS_PER_DIVISION) - bar.start;
      const perMinute = plain('metronome', [plain('beat-unit', 'quarter'), plain('per-minute', milliBpm / 1000)]);
      return above([
        plain('direction-type', [perMinute]),
        offset === 0 ? undefined : plain('offset', offset),
        element('sound', { tempo: milliBpm / 1000 }),
      ]);
    }),
  ];
}

function harmonies(score: Score, bar: GridBar): string[] {
  const starts = score.chords.map(({ startTick, symbol }) => ({ tick: startTick, symbol }));
  return inBar(starts, bar).map(({ tick, symbol }) =>
    harmonyElement(symbol, Math.round(tick / TICKS_PER_DIVISION) - bar.start),
  );
}
