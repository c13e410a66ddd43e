import { DRUM_CHANNEL } from '../midi/midi-channels';
import { instrument } from '../instruments/instrument';
import { drumKeyName } from '../instruments/drum-key';
import type { Track } from '../score/score';
import type { Beam } from './beams';
import type { NotatedValue } from './notate-bar';
import { percussionPlace } from './percussion-staff';
import { alterInKey, spellPitch } from './pitch-spelling';
import { element, plain } from './xml-element';

const ACCIDENTALS: Record<number, string> = {
  [-2]: 'flat-flat',
  [-1]: 'flat',
  0: 'natural',
  1: 'sharp',
  2: 'double-sharp',
};

/** How pitches are spelled where a value begins, and which accidentals stand in its bar. */
export interface NotationContext {
  partId: string;
  percussion: boolean;
  /** Signature and chord at the onset. */
  onsetFifths: number;
  chordSymbol: string | undefined;
  /** Signature of the bar. */
  keyFifths: number;
  /** Alteration now in force by step and octave; begins empty in each bar. */
  altered: Map<string, number>;
}

/** The note elements of one value: one for a rest, one per pitch of a chord. */
export function noteElements(value: NotatedValue, beams: readonly Beam[], context: NotationContext): string[] {
  if (value.pitches.length === 0) {
    const rest = element('rest', { measure: value.type ? undefined : 'yes' });
    return [
      plain('note', [
        rest,
        plain('duration', value.divisions),
        plain('voice', 1),
        ...typeElements(value),
        notations(value),
      ]),
    ];
  }
  return value.pitches.map((pitch, index) => {
    const printed = context.percussion ? unpitched(pitch, context.partId) : pitched(pitch, value, context);
    return plain('note', [
      index > 0 ? plain('chord') : undefined,
      printed.pitch,
      plain('duration', value.divisions),
      value.tiedFromBefore ? element('tie', { type: 'stop' }) : undefined,
      value.tiedToNext ? element('tie', { type: 'start' }) : undefined,
      printed.instrument,
      plain('voice', 1),
      ...typeElements(value, printed.accidental),
      printed.notehead,
      ...(index === 0 ? beams.map((beam, level) => element('beam', { number: level + 1 }, beam)) : []),
      notations(value, index === 0),
    ]);
  });
}

interface PrintedPitch {
  pitch: string;
  instrument?: string;
  accidental?: string;
  notehead?: string;
}

function pitched(pitch: number, value: NotatedValue, context: NotationContext): PrintedPitch {
  const { step, alter, octave } = spellPitch(pitch, context.onsetFifths, context.chordSymbol);
  const place = `${step}${octave}`;
  const inForce = context.altered.get(place) ?? alterInKey(context.keyFifths, step);
  const accidental =
    alter !== inForce && !value.tiedFromBefore ? plain('accidental', ACCIDENTALS[alter] ?? 'other') : undefined;
  if (accidental) context.altered.set(place, alter);
  return {
    pitch: plain('pitch', [
      plain('step', step),
      alter === 0 ? undefined : plain('alter', alter),
      plain('octave', octave),
    ]),
    accidental,
  };
}

function unpitched(key: number, partId: string): PrintedPitch {
  const { step, octave, notehead } = percussionPlace(key);
  return {
    pitch: plain('unpitched', [plain('display-step', step), plain('display-octave', octave)]),
    instrument: element('instrument', { id: `${partId}-I${key}` }),
    notehead: notehead === 'normal' ? undefined : plain('notehead', notehead),
  };
}

function typeElements(value: NotatedValue, accidental?: string): (string | undefined)[] {
  if (!value.type) return [];
  return [
    plain('type', value.type),
    ...Array.from({ length: value.dots }, () => plain('dot')),
    accidental,
    value.triplet
      ? plain('time-modification', [plain('actual-notes', 3), plain('normal-notes', 2), plain('normal-type', 'eighth')])
      : undefined,
  ];
}

function notations(value: NotatedValue, first = true): string | undefined {
  const tuplet = first && (value.triplet === 'start' || value.triplet === 'stop') ? value.triplet : undefined;
  const children = [
    value.tiedFromBefore ? element('tied', { type: 'stop' }) : undefined,
    value.tiedToNext ? element('tied', { type: 'start' }) : undefined,
    tuplet && element('tuplet', { type: tuplet, bracket: tuplet === 'start' ? 'yes' : undefined }),
  ].filter((child) => child !== undefined);
  return children.length > 0 ? plain('notations', children) : undefined;
}

/** The score-part element of a track; a kit declares one instrument per key it plays. */
export function scorePart(track: Track, partId: string): string {
  const { isDrumKit, name, program } = instrument(track.instrument);
  const sounds = isDrumKit
    ? [...new Set(track.notes.map((note) => note.pitch))]
        .sort((left, right) => left - right)
        .map((key) => ({ id: `${partId}-I${key}`, name: drumKeyName(key) ?? `key ${key}`, key }))
    : [{ id: `${partId}-I1`, name, key: undefined }];
  return element('score-part', { id: partId }, [
    plain('part-name', track.name),
    ...sounds.map((sound) => element('score-instrument', { id: sound.id }, [plain('instrument-name', sound.name)])),
    ...sounds.map((sound) =>
      // MusicXML counts channels, programs and percussion keys from 1.
      element('midi-instrument', { id: sound.id }, [
        isDrumKit ? plain('midi-channel', DRUM_CHANNEL + 1) : undefined,
        plain('midi-program', program + 1),
        sound.key === undefined ? undefined : plain('midi-unpitched', sound.key + 1),
      ]),
    ),
  ]);
}
