import { importedScore, type Import, type ImportedTrack } from '../imports/imported-score';
import { InputError } from '../input-error';
import { INSTRUMENTS } from '../instruments/instrument';
import { majorTonic, minorTonic } from '../score/key-signature-tonics';
import { PPQ, type KeyChange, type Meter, type Tempo, type TrackMix } from '../score/score';
import { readMidiEvents, type MidiFileEvent } from './midi-events';
import { DRUM_CHANNEL } from './midi-channels';

type EventOf<Kind extends MidiFileEvent['kind']> = Extract<MidiFileEvent, { kind: Kind }>;

/** Bank select belongs to the program, not to the music. */
const BANK_CONTROLLERS: readonly number[] = [0, 32];
/** Bank select for percussion on a second channel (General MIDI 2). */
const PERCUSSION_BANK = 120;
const [MIN_MILLI_BPM, MAX_MILLI_BPM] = [20_000, 400_000];

/** What a channel is set to, and where it is said. */
interface Channel {
  program: number;
  isDrums: boolean;
}

/**
 * A Standard MIDI File of format 0 or 1 as a Score: a track for each channel of each of its tracks, programs as
 * instruments, level, pan and sends at the beginning as the mix, markers as sections, the key heard where none is
 * written. What `writeMidi` wrote comes back as it was, but for chords, energies and the kinds of minor modes.
 * @throws InputError that names the byte, or `midi` with what is too much, and what is allowed.
 */
export function readMidi(bytes: Uint8Array): Import {
  const file = readMidiEvents(bytes);
  const toTicks = (tick: number) => Math.round((tick * PPQ) / file.division);
  const scaled = file.tracks.map((events) => events.map((event) => ({ ...event, tick: toTicks(event.tick) })));
  const all = scaled.flat();
  const of = <Kind extends MidiFileEvent['kind']>(kind: Kind, events: readonly MidiFileEvent[] = all) =>
    events.filter((event): event is EventOf<Kind> => event.kind === kind);
  const channels = channelsOf(all);
  const tracks = scaled.flatMap((events) => tracksOf(events, channels, of('trackName', events)[0]?.text));
  const [first = []] = scaled;
  const conductor = !first.some(({ kind }) => kind === 'noteOn') || file.format === 0;
  return importedScore('midi', {
    title: conductor ? (of('trackName', first)[0]?.text ?? '') : '',
    tempos: of('tempo').map(tempoOf),
    meters: of('meter').map(meterOf),
    keys: of('key').flatMap(keyOf),
    marks: of('marker').map(({ tick, text }) => ({ tick, name: text })),
    tracks,
    endTick: of('end').reduce((end, { tick }) => Math.max(end, tick), 0),
  });
}

/** The program of each channel: the first that is asked for. */
function channelsOf(events: readonly MidiFileEvent[]): Map<number, Channel> {
  const channels = new Map<number, Channel>();
  for (const event of events) {
    if (event.kind !== 'program' && !(event.kind === 'controller' && event.controller === 0)) continue;
    const known = channels.get(event.channel);
    const isDrums = event.kind === 'controller' && event.value === PERCUSSION_BANK;
    if (event.kind === 'program' && !(known && known.program >= 0))
      channels.set(event.channel, { program: event.program, isDrums: known?.isDrums ?? false });
    else if (isDrums) channels.set(event.channel, { program: known?.program ?? -1, isDrums });
  }
  return channels;
}

function tracksOf(
  events: readonly MidiFileEvent[],
  channels: ReadonlyMap<number, Channel>,
  name: string | undefined,
): ImportedTrack[] {
  const found = new Map<number, MidiFileEvent[]>();
  for (const event of events) {
    if (!('channel' in event)) continue;
    const own = found.get(event.channel);
    if (own) own.push(event);
    else found.set(event.channel, [event]);
  }
  return [...found].map(([channel, own]): ImportedTrack => {
    const known = channels.get(channel);
    const isDrums = channel === DRUM_CHANNEL || known?.isDrums === true;
    return { name, instrument: instrumentOf(known?.program ?? 0, isDrums), notes: notesOf(own), ...controlsOf(own) };
  });
}

function instrumentOf(program: number, isDrums: boolean): string {
  const asked = INSTRUMENTS.find((entry) => entry.isDrumKit === isDrums && entry.program === Math.max(0, program));
  return asked?.id ?? (isDrums ? 'standard-kit' : 'acoustic-grand-piano');
}

/** Notes by pairing; of equal pitches that overlap, the first that began ends first. What never ends lasts to its track's last event. */
function notesOf(events: readonly MidiFileEvent[]): ImportedTrack['notes'] {
  const open = new Map<number, { startTick: number; velocity: number }[]>();
  const notes: ImportedTrack['notes'] = [];
  const close = (pitch: number, tick: number) => {
    const start = open.get(pitch)?.shift();
    if (start) notes.push({ ...start, pitch, durationTicks: Math.max(1, tick - start.startTick) });
  };
  for (const event of events) {
    if (event.kind === 'noteOn') {
      const own = open.get(event.pitch) ?? [];
      own.push({ startTick: event.tick, velocity: event.velocity });
      open.set(event.pitch, own);
    } else if (event.kind === 'noteOff') close(event.pitch, event.tick);
  }
  const end = events.at(-1)?.tick ?? 0;
  for (const [pitch, starts] of open) while (starts.length > 0) close(pitch, end);
  return notes;
}

function controlsOf(events: readonly MidiFileEvent[]): Pick<ImportedTrack, 'controls' | 'mix'> {
  const mix: Partial<TrackMix> = {};
  const set = new Set<number>();
  const controls: ImportedTrack['controls'] = [];
  for (const event of events) {
    if (event.kind === 'bend') controls.push({ tick: event.tick, controller: -1, value: event.value });
    if (event.kind !== 'controller' || BANK_CONTROLLERS.includes(event.controller)) continue;
    const { tick, controller, value } = event;
    // What the channel begins with is its mix, what comes later is played.
    const part = tick === 0 && !set.has(controller) ? mixOf(controller, value) : undefined;
    set.add(controller);
    if (part) Object.assign(mix, part);
    else controls.push({ tick, controller, value });
  }
  return { controls, mix };
}

/** The inverse of the writer's: gain = 40 log10(value / 100) decibels, pan from 0 to 127 about 64. */
function mixOf(controller: number, value: number): Partial<TrackMix> | undefined {
  switch (controller) {
    case 7:
      return value === 0
        ? { muted: true }
        : { gainCentibels: Math.max(-600, Math.min(120, Math.round(400 * Math.log10(value / 100)))) };
    case 10:
      return { pan: Math.round(((value - 64) * 100) / (value < 64 ? 64 : 63)) };
    case 91:
      return { reverbSend: value };
    case 93:
      return { chorusSend: value };
    case 94:
      return { delaySend: value };
    default:
      return undefined;
  }
}

function tempoOf({ tick, microseconds }: EventOf<'tempo'>): Tempo {
  const milliBpm = Math.round(60_000_000_000 / microseconds);
  if (!(milliBpm >= MIN_MILLI_BPM && milliBpm <= MAX_MILLI_BPM))
    throw new InputError('midi tempo', `${milliBpm / 1000} bpm at tick ${tick}`, '20 to 400 bpm');
  return { tick, milliBpm };
}

function meterOf({ tick, numerator, denominator }: EventOf<'meter'>): Meter {
  if (numerator < 1 || numerator > 32 || ![2, 4, 8, 16].includes(denominator))
    throw new InputError('midi meter', `${numerator}/${denominator} at tick ${tick}`, '1 to 32 over 2, 4, 8 or 16');
  return { tick, numerator, denominator };
}

function keyOf({ tick, fifths, minor }: EventOf<'key'>): KeyChange[] {
  if (Math.abs(fifths) > 7) return [];
  return [{ tick, tonic: minor ? minorTonic(fifths) : majorTonic(fifths), mode: minor ? 'minor' : 'major' }];
}
