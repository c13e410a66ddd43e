import { instrument } from '../instruments/instrument';
import { randomStream } from '../random/random-stream';
import type { Note, Section, Track } from '../score/score';
import { type Agent, type AgentInput } from './agent';
import { counterLine } from './counter-line';
import { harmonyTimeline, type HarmonyTimeline } from './harmony-timeline';
import { isTogether, leadTurns, type LeadTurns } from './lead-turns';
import { melodicRegister, melodyLine, PHRASE_BARS } from './melody-line';
import { makeTheme } from './melody-theme';
import { withBreaths } from './one-player';
import { playableNotes, withParts } from './performance';
import { bassUnder, type BassUnder } from './bass-under';
import { plays } from './plays';
import { steadyTempos } from './steady-tempos';
import { songFrame, type SongFrame } from './song-frame';
import { withoutParallels } from './without-parallels';

/**
 * Writes the lead and the counter line. Every kind of section has a theme of its own, which returns with it; several
 * leads take turns, so that each is heard, and join in thirds where the energy is high; the counter answers or supports.
 */
export const melody: Agent = (input) => {
  const frame = songFrame(input.brief, input.plan, input.score);
  const harmony = harmonyTimeline(input.score);
  const steady = { tempos: steadyTempos(input.brief, input.plan, frame) };
  const bass = bassUnder(input.score, frame);
  const leads = input.score.tracks.filter(({ role }) => role === 'lead');
  const written = new Map<string, Note[]>();
  const turns = leadTurns(input.plan, leads);
  for (const section of input.plan.sections) {
    const playing = leads.filter((track) => plays(input.plan, track.id, section.id));
    playing.forEach((track, place) => {
      const line = leadSection({ input, frame: frame.of(section), harmony, bass, track, section, turns }, place);
      written.set(track.id, [...(written.get(track.id) ?? []), ...line]);
    });
  }
  const avoids = frame.style.harmony.parallels === 'avoided';
  const basses = input.score.tracks.filter(({ role }) => role === 'bass').map(({ notes }) => notes);
  leads.slice(avoids ? 1 : leads.length).forEach((track, index) => {
    const upper = leads.slice(0, index + 1).map(({ id }) => written.get(id) ?? []);
    const player = instrument(track.instrument);
    const led = withoutParallels(written.get(track.id) ?? [], [...upper, ...basses], { harmony, player });
    written.set(track.id, led);
  });
  const leadNotes = [...written.values()].flat().sort((a, b) => a.startTick - b.startTick);
  const tracks = withParts(input.score.tracks, (track) => {
    const player = instrument(track.instrument);
    const breathing = (line: readonly Note[]) =>
      withBreaths(playableNotes(line, player, frame.endTick), player, steady);
    if (track.role === 'lead') return { notes: breathing(written.get(track.id) ?? []) };
    if (track.role !== 'counter') return undefined;
    const notes = input.plan.sections
      .filter((section) => plays(input.plan, track.id, section.id))
      .flatMap((section) => {
        const random = randomStream(input.brief.seed.value, 'melody', input.attempt, section.id, track.id);
        return counterLine({ frame: frame.of(section), harmony, player, section, leadNotes, random });
      });
    const led = avoids ? withoutParallels(notes, [...written.values(), ...basses], { harmony, player }) : notes;
    return { notes: breathing(led) };
  });
  return { ...input.score, tracks };
};

interface LeadPart {
  input: AgentInput;
  frame: SongFrame;
  harmony: HarmonyTimeline;
  bass: BassUnder | undefined;
  track: Track;
  section: Section;
  turns: LeadTurns;
}

function leadSection({ input, frame, harmony, bass, track, section, turns }: LeadPart, place: number): Note[] {
  const { brief, attempt } = input;
  const player = instrument(track.instrument);
  // Leads that play together share the theme: it belongs to the section, not to the track.
  const themeStream = randomStream(brief.seed.value, 'melody', attempt, 'theme', section.name);
  const theme = makeTheme(
    frame.style,
    { meter: frame.meter, section: section.name, energy: section.energy },
    themeStream,
  );
  const random = randomStream(brief.seed.value, 'melody', attempt, section.id, track.id);
  const below = isTogether(section) ? 2 * place : 0;
  const register = melodicRegister(frame, player, section.energy);
  return melodyLine({
    brief,
    frame,
    harmony,
    section,
    theme,
    bass,
    register,
    random,
    degreesBelow: below,
    alone:
      turns.bars < PHRASE_BARS ||
      input.plan.tracks.filter(({ sectionIds }) => sectionIds.includes(section.id)).length === 1,
    playsBar: (bar) => turns.plays(track.id, section, bar),
  });
}
