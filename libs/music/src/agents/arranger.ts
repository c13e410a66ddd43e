import { instrument } from '../instruments/instrument';
import { randomStream } from '../random/random-stream';
import type { Tempo } from '../score/score';
import { keyAt } from '../score/timeline';
import { STEP_TICKS } from '../theory/meter-grid';
import type { Agent, AgentInput } from './agent';
import { bendControls, byTick } from './bends';
import { compingSection } from './comping';
import { effectSection } from './effects';
import { expressionControls } from './expression';
import { harmonyTimeline } from './harmony-timeline';
import { heldByOnePlayer, withBreaths } from './one-player';
import { padSection } from './pads';
import { playableNotes, withParts } from './performance';
import { plays } from './plays';
import { songFrame, type SongFrame } from './song-frame';
import { steadyTempos } from './steady-tempos';

/**
 * Lays out the harmony among chords, pads and effects, section by section, shapes the dynamics of every pitched track,
 * and slows down or fades at the end as the style does.
 */
export const arranger: Agent = (input) => {
  const { brief, plan, score, attempt } = input;
  const frame = songFrame(brief, plan, score);
  const harmony = harmonyTimeline(score);
  const steady = { tempos: steadyTempos(brief, plan, frame) };
  const tracks = withParts(score.tracks, (track) => {
    const player = instrument(track.instrument);
    const controls = player.isDrumKit
      ? []
      : byTick([...expressionControls(plan, frame, track), ...bendControls(score, frame, track)]);
    const place = score.tracks.filter(({ role }) => role === track.role).indexOf(track);
    const write = { chords: compingSection, pad: padSection, fx: effectSection }[track.role as 'chords' | 'pad' | 'fx'];
    if (!write) return { controls };
    const notes = plan.sections
      .filter((section) => plays(plan, track.id, section.id))
      .flatMap((section) => {
        const random = randomStream(brief.seed.value, 'arranger', attempt, section.id, track.id);
        const kind = randomStream(brief.seed.value, 'arranger', attempt, 'kind', section.name, track.id);
        const own = frame.of(section);
        const key = keyAt(score, frame.barStart(section.startBar));
        return write({ brief, plan, frame: own, key, harmony, player, section, place, random, kind });
      });
    const line = score.tracks
      .filter(({ role, instrument: id }) => (role === 'lead' || role === 'counter') && id === track.instrument)
      .flatMap((other) => other.notes);
    const held = heldByOnePlayer(playableNotes(notes, player, frame.endTick), player, line);
    return { notes: withBreaths(playableNotes(held, player, frame.endTick), player, steady), controls };
  });
  return {
    ...score,
    tracks,
    tempos: tempoMap(input, frame),
    master: { ...score.master, fadeOutTicks: fadeOut(input, frame) },
  };
};

/** The tempo of the song and of its sections; where the style slows down at its end, four steps down through the last two bars, to 72 %. */
function tempoMap({ brief, plan }: AgentInput, frame: SongFrame): Tempo[] {
  const steady = steadyTempos(brief, plan, frame);
  if (brief.loop.value || frame.style.ending !== 'ritardando' || frame.totalBars < 8) return steady;
  const slows = frame.barStart(frame.totalBars - 2);
  const milliBpm = steady.findLast(({ tick }) => tick <= slows)?.milliBpm ?? brief.tempoMilliBpm.value;
  const { beats: steps } = frame.at(slows);
  const beats = steps.map((step) => frame.barStart(frame.totalBars - 2) + step * STEP_TICKS);
  const slowing = beats.map((tick, index) => ({
    tick,
    milliBpm: Math.max(20_000, Math.round(milliBpm * (1 - (0.2 * (index + 1)) / beats.length))),
  }));
  const held = {
    tick: frame.barStart(frame.totalBars - 1),
    milliBpm: Math.max(20_000, Math.round(milliBpm * 0.72)),
  };
  return [...steady.filter(({ tick }) => tick < slows || tick === 0), ...slowing, held];
}

/** Length of the closing fade in ticks: the last four bars, at most a quarter of the song. */
function fadeOut({ brief }: AgentInput, frame: SongFrame): number {
  if (brief.loop.value || frame.style.ending !== 'fade') return 0;
  const bars = Math.max(1, Math.min(4, Math.floor(frame.totalBars / 4)));
  return frame.endTick - frame.barStart(frame.totalBars - bars);
}
