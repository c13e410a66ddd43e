import { type MidiEvent, writeMidi as encodeMidi } from 'midi-file';
import { instrument } from '../instruments/instrument';
import { keySignatureFifths } from '../score/key-signature';
import { isMinorMode } from '../score/mode';
import type { Score, Track, TrackMix } from '../score/score';
import { barStartTick, beatLengthTicks, endTick } from '../score/timeline';
import { midiChannels, SECOND_DRUM_CHANNEL } from './midi-channels';

/** An event at a tick. `order` sorts events of one tick: what ends, what is set up, what sounds. */
interface TimedEvent {
  tick: number;
  order: number;
  event: MidiEvent;
}

const ORDER = { noteOff: 0, setUp: 1, control: 2, noteOn: 3 };

/** General MIDI 2 System On (RP-024): without it a second rhythm channel is not heard as one. */
const GM2_SYSTEM_ON = [0x7e, 0x7f, 0x09, 0x03, 0xf7];

/**
 * The Score as a Standard MIDI File of type 1 (RP-001): a conductor track with title, tempos, meters, keys and a marker
 * per section, then one track per Track. Level, pan and sends become controllers 7, 10, 91 (reverb), 93 (chorus) and
 * 94 (delay, as Roland GS has it). Text is UTF-8.
 * @throws InputError where the tracks do not fit MIDI's sixteen channels.
 */
export function writeMidi(score: Score): Uint8Array {
  const channels = midiChannels(score.tracks);
  const end = endTick(score);
  const described = new Set<number>();
  const tracks = score.tracks.map((track, index) => {
    const channel = channels[index] ?? 0;
    // On a shared channel the first track's mix holds for all.
    const events = trackEvents(track, channel, !described.has(channel));
    described.add(channel);
    return withDeltas(events, end);
  });
  const conductor = conductorEvents(score, channels.includes(SECOND_DRUM_CHANNEL) && usesSecondKit(score, channels));
  const bytes = encodeMidi({
    header: { format: 1, numTracks: tracks.length + 1, ticksPerBeat: score.ppq },
    tracks: [withDeltas(conductor, end), ...tracks],
  });
  return Uint8Array.from(bytes);
}

function usesSecondKit(score: Score, channels: readonly number[]): boolean {
  return score.tracks.some(
    (track, index) => channels[index] === SECOND_DRUM_CHANNEL && instrument(track.instrument).isDrumKit,
  );
}

function conductorEvents(score: Score, gm2: boolean): TimedEvent[] {
  const setUp = (tick: number, event: MidiEvent): TimedEvent => ({ tick, order: ORDER.setUp, event });
  return [
    setUp(0, { deltaTime: 0, meta: true, type: 'trackName', text: utf8(score.title) }),
    ...(gm2 ? [setUp(0, { deltaTime: 0, type: 'sysEx', data: GM2_SYSTEM_ON })] : []),
    ...score.meters.map((meter) =>
      setUp(meter.tick, {
        deltaTime: 0,
        meta: true,
        type: 'timeSignature',
        numerator: meter.numerator,
        denominator: meter.denominator,
        // MIDI clocks (24 a quarter note) between two clicks of a metronome.
        metronome: (beatLengthTicks(meter) / score.ppq) * 24,
        thirtyseconds: 8,
      }),
    ),
    ...score.keys.map((key) =>
      setUp(key.tick, {
        deltaTime: 0,
        meta: true,
        type: 'keySignature',
        key: keySignatureFifths(key),
        scale: isMinorMode(key.mode) ? 1 : 0,
      }),
    ),
    ...score.tempos.map((tempo) =>
      setUp(tempo.tick, {
        deltaTime: 0,
        meta: true,
        type: 'setTempo',
        microsecondsPerBeat: Math.round(60_000_000_000 / tempo.milliBpm),
      }),
    ),
    ...score.sections.map((section) =>
      setUp(barStartTick(score, section.startBar), {
        deltaTime: 0,
        meta: true,
        type: 'marker',
        text: utf8(section.id),
      }),
    ),
  ];
}

function trackEvents(track: Track, channel: number, describe: boolean): TimedEvent[] {
  const { program, bank } = instrument(track.instrument);
  const controller = (controllerType: number, value: number): MidiEvent => ({
    deltaTime: 0,
    type: 'controller',
    channel,
    controllerType,
    value,
  });
  // Bank 0 is every player's own beginning; only the second kit must ask for the percussion bank.
  const setUp: MidiEvent[] = [
    ...(bank === 128 && channel === SECOND_DRUM_CHANNEL ? [controller(0, 120), controller(32, 0)] : []),
    { deltaTime: 0, type: 'programChange', channel, programNumber: program },
    ...mixControllers(track.mix).map(([type, value]) => controller(type, value)),
  ];
  return [
    { tick: 0, order: ORDER.setUp, event: { deltaTime: 0, meta: true, type: 'trackName', text: utf8(track.name) } },
    ...(describe ? setUp : []).map((event) => ({ tick: 0, order: ORDER.setUp, event })),
    ...track.controls.map(({ tick, controller: type, value }) => ({
      tick,
      order: ORDER.control,
      event: type === -1 ? ({ deltaTime: 0, type: 'pitchBend', channel, value } as const) : controller(type, value),
    })),
    ...track.notes.flatMap(({ startTick, durationTicks, pitch: noteNumber, velocity }): TimedEvent[] => [
      { tick: startTick, order: ORDER.noteOn, event: { deltaTime: 0, type: 'noteOn', channel, noteNumber, velocity } },
      {
        tick: startTick + durationTicks,
        order: ORDER.noteOff,
        event: { deltaTime: 0, type: 'noteOff', channel, noteNumber, velocity: 64 },
      },
    ]),
  ];
}

/**
 * Controllers and values for a mix. Volume follows the General MIDI developer guidelines, gain = 40 log10(value / 127),
 * with the customary 100 for 0 dB; it ends at 127, which is 4.15 dB above that.
 */
function mixControllers(mix: TrackMix): [controller: number, value: number][] {
  const volume = mix.muted ? 0 : Math.min(127, Math.round(100 * 10 ** (mix.gainCentibels / 400)));
  const pan = Math.round(64 + (mix.pan * (mix.pan < 0 ? 64 : 63)) / 100);
  return [
    [7, volume],
    [10, pan],
    [91, mix.reverbSend],
    [93, mix.chorusSend],
    [94, mix.delaySend],
  ];
}

/** Sorts the events, turns ticks into differences and ends the track at `end`. */
function withDeltas(events: TimedEvent[], end: number): MidiEvent[] {
  const sorted = [...events].sort((left, right) => left.tick - right.tick || left.order - right.order);
  let now = 0;
  const timed = sorted.map(({ tick, event }): MidiEvent => {
    const deltaTime = tick - now;
    now = tick;
    return { ...event, deltaTime };
  });
  return [...timed, { deltaTime: Math.max(0, end - now), meta: true, type: 'endOfTrack' }];
}

/** `midi-file` writes one byte per UTF-16 unit, so the text is given to it as the bytes of its UTF-8. */
function utf8(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('');
}
