import type { Instrument } from '../instruments/instrument';
import type { RandomStream } from '../random/random-stream';
import type { Note, Track } from '../score/score';

/** A velocity for a level (1 to 127, as at full energy) played at an energy of 0 to 100, give or take `spread`. */
export function playedVelocity(level: number, energy: number, random: RandomStream, spread = 4): number {
  const scaled = level * (0.6 + 0.42 * (energy / 100)) + random.integer(-spread, spread);
  return Math.max(1, Math.min(127, Math.round(scaled)));
}

/** A tick moved by up to `loose` either way, never before `earliest`: what belongs to a bar stays in it. */
export function playedTick(tick: number, loose: number, earliest: number, random: RandomStream): number {
  return Math.max(earliest, tick + random.integer(-loose, loose));
}

/**
 * Notes in order and fit to be played: within the instrument's range, no two equal pitches at once, one note at a time
 * where the instrument has one voice, none sounding past `endTick`; an earlier note gives way to a later one.
 */
export function playableNotes(notes: readonly Note[], instrument: Instrument, endTick: number): Note[] {
  const oneVoice = !instrument.polyphonic;
  const sorted = notes
    .filter(({ pitch }) => pitch >= instrument.lowestPitch && pitch <= instrument.highestPitch)
    .map((note) => ({ ...note, durationTicks: Math.min(note.durationTicks, endTick - note.startTick) }))
    .filter(({ durationTicks }) => durationTicks > 0)
    // Of two notes of one voice that begin together, the louder one stays; of equal pitches, the longer.
    .sort((a, b) => a.startTick - b.startTick || a.pitch - b.pitch || b.durationTicks - a.durationTicks);
  const kept: Note[] = [];
  const sounding = new Map<number, number>();
  for (const note of sorted) {
    const voice = oneVoice ? -1 : note.pitch;
    const index = sounding.get(voice);
    const before = index === undefined ? undefined : kept[index];
    if (before && index !== undefined && before.startTick + before.durationTicks > note.startTick) {
      if (before.startTick === note.startTick) {
        if (oneVoice && note.velocity > before.velocity) kept[index] = note;
        continue;
      }
      kept[index] = { ...before, durationTicks: note.startTick - before.startTick };
    }
    sounding.set(voice, kept.length);
    kept.push(note);
  }
  return kept;
}

/** The tracks with `notes` (and `controls`) of those that `write` answers for; the others are the same objects. */
export function withParts(
  tracks: readonly Track[],
  write: (track: Track) => Partial<Pick<Track, 'notes' | 'controls' | 'mix'>> | undefined,
): Track[] {
  return tracks.map((track) => {
    const part = write(track);
    return part ? { ...track, ...part } : track;
  });
}
