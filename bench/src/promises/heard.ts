import { Midi } from '@tonejs/midi';

/** A note as a MIDI file has it. */
export interface HeardNote {
  ticks: number;
  durationTicks: number;
  pitch: number;
  /** 0 to 1. */
  velocity: number;
  seconds: number;
  drum: boolean;
}

/** What is in a Standard MIDI File, read by a library that had no part in writing it. */
export interface Heard {
  title: string;
  ticksPerQuarter: number;
  programs: ReadonlySet<number>;
  drums: boolean;
  notes: readonly HeardNote[];
  meters: readonly (readonly [beats: number, unit: number])[];
  markers: readonly { ticks: number; text: string }[];
}

/** Percussion is channel 10, and what asks for the rhythm bank of General MIDI 2 (bank select 120). */
export function isDrums({ channel, controlChanges }: Midi['tracks'][number]): boolean {
  const bank = controlChanges[0]?.[0]?.value ?? 0;
  return channel === 9 || Math.round(bank * 127) === 120;
}

/** Reads a MIDI file; tracks without notes are not heard. */
export function hear(bytes: Uint8Array): Heard {
  const midi = new Midi(bytes);
  const sounding = midi.tracks.filter(({ notes }) => notes.length > 0);
  return {
    title: midi.header.name,
    ticksPerQuarter: midi.header.ppq,
    programs: new Set(sounding.filter((track) => !isDrums(track)).map(({ instrument }) => instrument.number)),
    drums: sounding.some(isDrums),
    notes: sounding.flatMap((track) =>
      track.notes.map((note) => ({
        ticks: note.ticks,
        durationTicks: note.durationTicks,
        pitch: note.midi,
        velocity: note.velocity,
        seconds: note.time,
        drum: isDrums(track),
      })),
    ),
    meters: midi.header.timeSignatures.map(({ timeSignature: [beats = 4, unit = 4] }) => [beats, unit] as const),
    markers: midi.header.meta.filter(({ type }) => type === 'marker').map(({ ticks, text }) => ({ ticks, text })),
  };
}
