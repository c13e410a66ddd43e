import { InputError } from '@beatbot/music/score';

/** Refuses the note that would be one voice too many in its track. @throws InputError that names the note */
export function assertRoom(voices: number, most: number, key: number, frame: number): void {
  if (voices >= most)
    throw new InputError(
      'tracks.notes',
      `a note of key ${key} at frame ${frame}`,
      `at most ${most} voices at a time in a track`,
    );
}
