import { InputError } from '../input-error';
import { instrument } from '../instruments/instrument';
import type { Track } from '../score/score';

/** General MIDI plays percussion on channel 10; on the wire channels count from 0. */
export const DRUM_CHANNEL = 9;
/** General MIDI 2 lets channel 11 be a second rhythm channel, by bank select 120 (GM2 specification, RP-024). */
export const SECOND_DRUM_CHANNEL = 10;

/**
 * A MIDI channel (0-15) for each track, in order. Drum tracks of one kit share channel 10, those of a second kit
 * channel 11. Each melodic track has a channel of its own while they last; then tracks of equal program share one.
 * @throws InputError for more than two kits, or more programs than channels are left.
 */
export function midiChannels(tracks: readonly Pick<Track, 'instrument'>[]): number[] {
  const instruments = tracks.map((track) => instrument(track.instrument));
  const kits = [...new Set(instruments.filter((entry) => entry.isDrumKit).map((entry) => entry.program))];
  if (kits.length > 2) throw new InputError('tracks', kits, 'at most 2 different drum kits in a MIDI file');

  const free = [...Array(16).keys()].filter(
    (channel) => channel !== DRUM_CHANNEL && (kits.length < 2 || channel !== SECOND_DRUM_CHANNEL),
  );
  const melodic = instruments.filter((entry) => !entry.isDrumKit).map((entry) => entry.program);
  const programs = [...new Set(melodic)];
  const shared = melodic.length > free.length;
  if (shared && programs.length > free.length) {
    throw new InputError(
      'tracks',
      programs.length,
      `at most ${free.length} different melodic instruments in a MIDI file`,
    );
  }

  let next = 0;
  return instruments.map((entry) => {
    if (entry.isDrumKit) return entry.program === kits[0] ? DRUM_CHANNEL : SECOND_DRUM_CHANNEL;
    const index = shared ? programs.indexOf(entry.program) : next++;
    return free[index] ?? DRUM_CHANNEL;
  });
}
