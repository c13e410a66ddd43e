import type * as music from '@beatbot/music';
import type * as message from '../generated/beatbot/music/v1/score';
import { modeNames, roleNames } from './enum-names';
import { required } from './required';

export function keyToMessage(key: music.Key): message.Key {
  return { tonic: key.tonic, mode: modeNames.toMessage(key.mode) };
}

export function keyFromMessage(key: message.Key): music.Key {
  return { tonic: key.tonic, mode: modeNames.fromMessage(key.mode) };
}

export function scoreToMessage(score: music.Score): message.Score {
  return {
    ...score,
    keys: score.keys.map((key) => ({ tick: key.tick, ...keyToMessage(key) })),
    tracks: score.tracks.map((track) => ({ ...track, role: roleNames.toMessage(track.role) })),
  };
}

/** Throws a RangeError where a part that a Score cannot be without is missing; its figures are checked by `validateScore`. */
export function scoreFromMessage(score: message.Score): music.Score {
  return {
    title: score.title,
    style: score.style,
    seed: score.seed,
    composerVersion: score.composerVersion,
    ppq: score.ppq,
    tempos: score.tempos,
    meters: score.meters,
    keys: score.keys.map((key) => ({ tick: key.tick, ...keyFromMessage(key) })),
    sections: score.sections,
    chords: score.chords,
    tracks: score.tracks.map((track) => ({
      id: track.id,
      name: track.name,
      role: roleNames.fromMessage(track.role),
      instrument: track.instrument,
      notes: track.notes,
      controls: track.controls,
      mix: required(track.mix, `score.tracks[${track.id}].mix`),
    })),
    master: required(score.master, 'score.master'),
  };
}
