import type { DrumMachine, Preset } from './patch';
import { PRESET_LEVELS } from './preset-levels';
import { BASSES } from './presets/basses';
import { TR_808, TR_909 } from './presets/drum-machines';
import { LEADS } from './presets/leads';
import { PADS } from './presets/pads';
import { PLUCKS } from './presets/plucks';

/** By instrument id. */
export const PRESETS: Readonly<Record<string, Preset>> = { ...LEADS, ...PADS, ...BASSES, ...PLUCKS };
export const DRUM_MACHINES: Readonly<Record<string, DrumMachine>> = { 'tr-808-kit': TR_808, 'tr-909-kit': TR_909 };

/** What an instrument is played by, and at which level (dB). */
export type SynthSound = { decibels: number } & ({ preset: Preset } | { machine: DrumMachine });

/** The sound of a synthesised instrument. @throws RangeError where there is none of that id */
export function synthSound(id: string): SynthSound {
  const decibels = PRESET_LEVELS[id];
  const preset = PRESETS[id];
  const machine = DRUM_MACHINES[id];
  if (decibels !== undefined && preset) return { decibels, preset };
  if (decibels !== undefined && machine) return { decibels, machine };
  throw new RangeError(`no synthesiser preset is called ${id}`);
}
