import { InputError } from '../input-error';
import { DRUM_KIT_ROWS, SYNTH_KITS } from './drum-kits';
import { MELODIC_FAMILIES } from './melodic-instruments';
import { SYNTH_ROWS } from './synth-instruments';

/** An instrument that a track can name. */
export interface Instrument {
  /** Kebab-case of the General MIDI name, or of its own. */
  id: string;
  name: string;
  /** 0 to 127; of a synthesised instrument, that of the General MIDI instrument that stands in for it elsewhere. */
  program: number;
  /** 0, or 128 for drum kits (the SoundFont percussion bank). */
  bank: number;
  isDrumKit: boolean;
  /** Whether the renderer synthesises it, rather than playing the program of a SoundFont. */
  isSynth: boolean;
  /** General MIDI family, or `drums`. */
  family: string;
  /** Sounding range in MIDI pitches, both ends included; for a drum kit its percussion keys. */
  lowestPitch: number;
  highestPitch: number;
  /** False where the instrument plays one line (winds, basses, solo strings). */
  polyphonic: boolean;
  /** What people call it, lower case; no two instruments share one. */
  aliases: string[];
}

const melodic = MELODIC_FAMILIES.flatMap(({ family, rows }) => rows.map((row) => ({ family, row }))).map(
  ({ family, row: [id, name, lowestPitch, highestPitch, voices, aliases] }, program): Instrument => ({
    id,
    name,
    program,
    bank: 0,
    isDrumKit: false,
    isSynth: false,
    family,
    lowestPitch,
    highestPitch,
    polyphonic: voices === 'poly',
    aliases: [...aliases],
  }),
);

const synths = SYNTH_ROWS.map(([id, name, standIn, voices, aliases]): Instrument => {
  const like = melodic.find((entry) => entry.id === standIn);
  if (!like) throw new RangeError(`no General MIDI instrument is called ${standIn}`);
  return { ...like, id, name, isSynth: true, polyphonic: voices === 'poly', aliases: [...aliases] };
});

const kits = DRUM_KIT_ROWS.map(([id, name, program, aliases]): Instrument => ({
  id,
  name,
  program,
  bank: 128,
  isDrumKit: true,
  isSynth: SYNTH_KITS.includes(id),
  family: 'drums',
  lowestPitch: 27,
  highestPitch: 87,
  polyphonic: true,
  aliases: [...aliases],
}));

/** The catalogue: the 128 General MIDI programs in their order, synthesised instruments, then the drum kits. */
export const INSTRUMENTS: readonly Instrument[] = [...melodic, ...synths, ...kits];

const BY_ID = new Map(INSTRUMENTS.map((entry) => [entry.id, entry]));

/** The instrument of that id, or undefined. */
export function findInstrument(id: string): Instrument | undefined {
  return BY_ID.get(id);
}

/** The instrument of that id. @throws InputError where the catalogue has none. */
export function instrument(id: string): Instrument {
  const found = findInstrument(id);
  if (!found)
    throw new InputError(
      'instrument',
      id,
      'an id of the instrument catalogue, such as electric-piano-1 or standard-kit',
    );
  return found;
}

/** Whether a track is what a role or an instrument id names; "drums" are any kit, in whatever role. */
export function isPartOf(track: { role: string; instrument: string }, target: string): boolean {
  const { isDrumKit } = instrument(track.instrument);
  return track.role === target || track.instrument === target || (target === 'drums' && isDrumKit);
}
