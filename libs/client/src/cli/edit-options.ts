import { type Command, InvalidArgumentError } from 'commander';
import type { Edit } from '../api-types';
import { number } from './parse-option';

const MODES = ['major', 'minor', 'dorian', 'phrygian', 'lydian', 'mixolydian', 'locrian'] as const;
const FEELS = ['straight', 'swing', 'shuffle', 'halfTime', 'doubleTime'] as const;
const REWORKS = {
  simplify: 'make a scope plainer',
  intensify: 'make a scope bigger',
  humanise: 'loosen the timing and touch of a scope',
  revoice: 'turn the chords of a scope to their next inversion',
} as const;
const ROLES = ['drums', 'percussion', 'bass', 'chords', 'pad', 'lead', 'counter', 'fx'] as const;

/** Adds an option for each structured edit; the list that is given back fills in the order of the command line. */
export function addEditOptions(command: Command): Edit[] {
  const edits: Edit[] = [];
  const option = (flags: string, description: string, read: (text: string) => Edit): void => {
    command.option(flags, description, (text: string) => void edits.push(read(text)));
  };
  const flag = (flags: string, description: string, edit: Edit): void => {
    command.option(flags, description, () => void edits.push(edit));
  };
  option('--transpose <semitones>', 'move all pitched tracks, -24 to 24', (text) => ({
    type: 'transpose',
    semitones: number(-24, 24)(text),
  }));
  option('--key <key>', 'move the music into another key: "D minor"', (text) => ({
    type: 'setKey',
    key: readKey(text),
  }));
  option('--tempo <bpm>', 'scale the tempo, 20 to 400', (text) => ({
    type: 'setTempo',
    tempoBpm: number(20, 400, { whole: false })(text),
  }));
  option('--title <title>', 'rename the music', (title) => ({ type: 'setTitle', title }));
  option('--mute <track>', 'silence a track', (trackId) => ({ type: 'muteTrack', trackId, muted: true }));
  option('--unmute <track>', 'let a track sound again', (trackId) => ({ type: 'muteTrack', trackId, muted: false }));
  option('--remove <track>', 'take a track out', (trackId) => ({ type: 'removeTrack', trackId }));
  option('--replace <track=instrument>', 'give a track to another instrument', (text) => {
    const [trackId, instrument] = pair(text, 'track=instrument');
    return { type: 'replaceInstrument', trackId, instrument };
  });
  option('--add <role=instrument>', `engage a further instrument; roles: ${ROLES.join(', ')}`, (text) => {
    const [role, instrument] = pair(text, 'role=instrument');
    return { type: 'addTrack', role: oneOf(ROLES, role), instrument };
  });
  option('--gain <track=db>', 'level of a track, -60 to 12 dB', (text) =>
    mix(text, (value) => ({ gainDb: number(-60, 12, { whole: false })(value) })),
  );
  option('--pan <track=pan>', 'place of a track, -100 (left) to 100 (right)', (text) =>
    mix(text, (value) => ({ pan: number(-100, 100)(value) })),
  );
  option('--reverb <track=send>', 'reverb of a track, 0 to 127', (text) =>
    mix(text, (value) => ({ reverbSend: number(0, 127)(value) })),
  );
  option(
    '--regenerate <track[:from-to]>',
    'compose a track anew, or its bars from-to (from 1, both included); "all" for every track',
    (text) => ({ type: 'regenerate', ...readScope(text) }),
  );
  for (const [type, description] of Object.entries(REWORKS) as [keyof typeof REWORKS, string][]) {
    option(`--${type} <track[:from-to]>`, `${description}, which is given as for --regenerate`, (text) => ({
      type,
      ...readScope(text),
    }));
  }
  option('--reharmonise <section>', 'other chords under the melody of a section; "all" for the song', (sectionId) => ({
    type: 'reharmonise',
    ...(sectionId === 'all' ? {} : { sectionId }),
  }));
  option('--meter <meter>', 'another time signature: 6/8', readMeter);
  option('--feel <feel>', `another feel: ${FEELS.join(', ')}`, (text) => ({
    type: 'setFeel',
    feel: oneOf(FEELS, text),
  }));
  option('--style <style>', 'the same song in another style', (style) => ({ type: 'setStyle', style }));
  option('--regenerate-section <section>', 'compose a section anew', (sectionId) => ({
    type: 'regenerate',
    sectionId,
  }));
  option('--repeat-section <section>', 'play a section twice', (sectionId) => ({ type: 'repeatSection', sectionId }));
  option('--remove-section <section>', 'take a section out', (sectionId) => ({ type: 'removeSection', sectionId }));
  option('--resize-section <section=bars>', 'make a section longer or shorter', (text) => {
    const [sectionId, bars] = pair(text, 'section=bars');
    return { type: 'resizeSection', sectionId, bars: number(1, 1024)(bars) };
  });
  option('--insert-section <name=bars[@section]>', 'compose a section, first or after another one', (text) => {
    const [name, place] = pair(text, 'name=bars or name=bars@section');
    const [bars = '', afterSectionId] = place.split('@');
    return { type: 'insertSection', name, bars: number(1, 1024)(bars), ...(afterSectionId && { afterSectionId }) };
  });
  option('--move-section <section[@section]>', 'play a section first or after another one', (text) => {
    const [sectionId = '', afterSectionId] = text.split('@');
    return { type: 'moveSection', sectionId, ...(afterSectionId && { afterSectionId }) };
  });
  option('--fade-out <bars>', 'fade the end out; 0 takes a fade away', (text) => ({
    type: 'fadeOut',
    bars: number(0, 1024)(text),
  }));
  flag('--hard-ending', "end on the last bar's first beat", { type: 'hardEnding' });
  flag('--undo', 'take back the changes of the revision; by itself', { type: 'undo' });
  return edits;
}

function readKey(text: string): { tonic: string; mode: (typeof MODES)[number] } {
  const [, tonic, mode] = /^\s*([A-Ga-g](?:#|b)?)\s+(\w+)\s*$/.exec(text) ?? [];
  const known = MODES.find((candidate) => candidate === mode?.toLowerCase());
  if (tonic === undefined || known === undefined)
    throw new InvalidArgumentError(`It must be a note and a mode, such as "D minor"; modes: ${MODES.join(', ')}.`);
  return { tonic: tonic.charAt(0).toUpperCase() + tonic.slice(1), mode: known };
}

function readMeter(text: string): Edit {
  const [, numerator = '', over] = /^(\d+)\/(\d+)$/.exec(text) ?? [];
  const denominator = ([2, 4, 8, 16] as const).find((value) => String(value) === over);
  if (denominator === undefined) throw new InvalidArgumentError('It must be a meter over 2, 4, 8 or 16, such as 6/8.');
  return { type: 'setMeter', numerator: number(1, 16)(numerator), denominator };
}

function readScope(text: string): { trackId?: string; fromBar?: number; toBar?: number } {
  const [, track = '', from, to] = /^([^:]+)(?::(\d+)-(\d+))?$/.exec(text) ?? [];
  if (track === '') throw new InvalidArgumentError('It must be track or track:from-to, such as bass:5-8.');
  const scope = track === 'all' ? {} : { trackId: track };
  if (from === undefined || to === undefined) return scope;
  const [fromBar, toBar] = [number(1, 1024)(from) - 1, number(1, 1024)(to)];
  if (fromBar >= toBar) throw new InvalidArgumentError('Its last bar must not come before its first.');
  return { ...scope, fromBar, toBar };
}

function mix(text: string, read: (value: string) => object): Edit {
  const [trackId, value] = pair(text, 'track=value');
  return { type: 'setMix', trackId, ...read(value) };
}

function pair(text: string, shape: string): [string, string] {
  const at = text.indexOf('=');
  if (at < 1 || at === text.length - 1) throw new InvalidArgumentError(`It must be ${shape}.`);
  return [text.slice(0, at), text.slice(at + 1)];
}

function oneOf<Word extends string>(words: readonly Word[], text: string): Word {
  const word = words.find((candidate) => candidate === text);
  if (word === undefined) throw new InvalidArgumentError(`It must be one of ${words.join(', ')}.`);
  return word;
}
