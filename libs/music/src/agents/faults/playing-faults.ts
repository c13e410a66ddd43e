import { breathOf, fitsDrummer, fitsSixStrings, fitsTwoHands, isAcousticKit } from '../../instruments/playing-limits';
import { instrument } from '../../instruments/instrument';
import type { Note, Track } from '../../score/score';
import { tempoAt, tickToSeconds } from '../../score/timeline';
import { DRUM_TOGETHER_TICKS, TOGETHER_TICKS } from '../one-player';
import { AGENT_OF_ROLE, barsText, type Fault, type Review } from './fault';

/** What players cannot do: chords beyond two hands or six strings, more strokes than a drummer has sticks, a line without breath. */
export function playingFaults(review: Review): Fault[] {
  return [...keyboardFaults(review), ...guitarFaults(review), ...drummerFaults(review), ...breathFaults(review)];
}

/** A fifth of a chord's notes may be let go late, in ticks. */
const LEGATO_TICKS = 30;

/** All tracks of one keyboard are one player's. */
function keyboardFaults(review: Review): Fault[] {
  const tracks = review.score.tracks.filter(({ instrument: id }) => instrument(id).family === 'piano');
  return [...new Set(tracks.map((track) => track.instrument))].flatMap((id) => {
    const own = tracks.filter((track) => track.instrument === id);
    const chords = own.find(({ role }) => role === 'chords' || role === 'pad') ?? own[0];
    return chords ? heldFault(review, chords, own, fitsTwoHands, 'two hands cannot hold') : [];
  });
}

function guitarFaults(review: Review): Fault[] {
  return review.score.tracks
    .filter(({ instrument: id }) => instrument(id).family === 'guitar')
    .flatMap((track) => heldFault(review, track, [track], fitsSixStrings, 'six strings cannot hold'));
}

function heldFault(
  { frame }: Review,
  { id, role }: Track,
  tracks: readonly Track[],
  fits: (pitches: readonly number[]) => boolean,
  name: string,
): Fault[] {
  const notes = tracks.flatMap((track) => track.notes).sort((a, b) => a.startTick - b.startTick);
  let sounding: Note[] = [];
  for (let from = 0; from < notes.length;) {
    const tick = notes[from]?.startTick ?? 0;
    sounding = sounding.filter((note) => note.startTick + note.durationTicks > tick + TOGETHER_TICKS + LEGATO_TICKS);
    while ((notes[from]?.startTick ?? Infinity) - tick < TOGETHER_TICKS) sounding.push(...notes.slice(from, ++from));
    const pitches = [...new Set(sounding.map(({ pitch }) => pitch))].sort((a, b) => a - b);
    if (!fits(pitches))
      return [
        { agent: AGENT_OF_ROLE[role], fault: `${name} ${pitches.join(' ')}`, bars: barsText(frame.barAt(tick)), trackId: id },
      ];
  }
  return [];
} // prettier-ignore

function drummerFaults({ score, frame }: Review): Fault[] {
  const kits = score.tracks.filter(({ role, instrument: id }) => role === 'drums' && isAcousticKit({ id }));
  return kits.flatMap(({ id, notes }): Fault[] => {
    for (let from = 0; from < notes.length;) {
      const tick = notes[from]?.startTick ?? 0;
      const keys: number[] = [];
      while ((notes[from]?.startTick ?? Infinity) - tick < DRUM_TOGETHER_TICKS) keys.push(notes[from++]?.pitch ?? 0);
      if (!fitsDrummer(keys))
        return [
          { agent: 'rhythm', fault: `one drummer cannot strike ${keys.join(' ')} at once`, bars: barsText(frame.barAt(tick)), trackId: id },
        ];
    }
    return [];
  });
} // prettier-ignore

/** What the closing ritardando stretches is allowed for. */
const SLOWED = 1.4;

function breathFaults({ score, frame }: Review): Fault[] {
  return score.tracks.flatMap(({ id, role, notes, instrument: name }): Fault[] => {
    const breath = breathOf(instrument(name));
    if (!breath) return [];
    let since = notes[0]?.startTick ?? 0;
    for (const [index, note] of notes.entries()) {
      const before = notes[index - 1];
      const pause = (breath.pauseSeconds * tempoAt(score, note.startTick).milliBpm * 480) / 60_000;
      if (before && note.startTick - before.startTick - before.durationTicks >= Math.floor(pause)) since = note.startTick;
      const seconds = tickToSeconds(score, note.startTick + note.durationTicks) - tickToSeconds(score, since);
      if (seconds > breath.seconds * SLOWED)
        return [
          { agent: AGENT_OF_ROLE[role], fault: `${name} has no breath for ${Math.round(seconds)} seconds`, bars: barsText(frame.barAt(since), frame.barAt(note.startTick)), trackId: id },
        ];
    }
    return [];
  });
} // prettier-ignore
