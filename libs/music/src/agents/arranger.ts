import { instrument } from '../instruments/instrument';
import { randomStream } from '../random/random-stream';
import type { Control, Tempo } from '../score/score';
import { STEP_TICKS } from '../theory/meter-grid';
import type { Agent, AgentInput } from './agent';
import { bendControls } from './bends';
import { compingSection } from './comping';
import { effectSection } from './effects';
import { expressionControls } from './expression';
import { harmonyTimeline } from './harmony-timeline';
import { padSection } from './pads';
import { playableNotes, withParts } from './performance';
import { plays } from './plays';
import { songFrame, type SongFrame } from './song-frame';

/**
 * Lays out the harmony among chords, pads and effects, section by section, shapes the dynamics of every pitched track,
 * and slows down or fades at the end as the style does.
 */
export const arranger: Agent = (input) => {
  const { brief, plan, score, attempt } = input;
  const frame = songFrame(brief, plan);
  const harmony = harmonyTimeline(score);
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
        return write({ brief, plan, frame, harmony, player, section, place, random, kind });
      });
    return { notes: playableNotes(notes, player, frame.endTick), controls };
  });
  return {
    ...score,
    tracks,
    tempos: tempoMap(input, frame),
    master: { ...score.master, fadeOutTicks: fadeOut(input, frame) },
  };
};

function byTick(controls: readonly Control[]): Control[] {
  return [...controls].sort((a, b) => a.tick - b.tick || a.controller - b.controller);
}

/** The stated tempo; where the style slows down at its end, four steps down through the last two bars, to 72 %. */
function tempoMap({ brief }: AgentInput, frame: SongFrame): Tempo[] {
  const milliBpm = brief.tempoMilliBpm.value;
  const steady: Tempo[] = [{ tick: 0, milliBpm }];
  if (brief.loop.value || frame.style.ending !== 'ritardando' || frame.totalBars < 8) return steady;
  const beats = frame.beats.map((step) => (frame.totalBars - 2) * frame.barTicks + step * STEP_TICKS);
  const slowing = beats.map((tick, index) => ({
    tick,
    milliBpm: Math.max(20_000, Math.round(milliBpm * (1 - (0.2 * (index + 1)) / beats.length))),
  }));
  const held = {
    tick: (frame.totalBars - 1) * frame.barTicks,
    milliBpm: Math.max(20_000, Math.round(milliBpm * 0.72)),
  };
  return [...steady, ...slowing, held];
}

/** Length of the closing fade in ticks: the last four bars, at most a quarter of the song. */
function fadeOut({ brief }: AgentInput, frame: SongFrame): number {
  if (brief.loop.value || frame.style.ending !== 'fade') return 0;
  return Math.max(1, Math.min(4, Math.floor(frame.totalBars / 4))) * frame.barTicks;
}
