import { withBends } from '../agents/bends';
import { AGENTS } from '../agents/compose';
import { songFrame } from '../agents/song-frame';
import { instrumentId } from '../brief/check-controls';
import { InputError } from '../input-error';
import { instrument } from '../instruments/instrument';
import type { PlannedTrack } from '../plan/plan';
import type { Track } from '../score/score';
import { style } from '../styles/style-catalogue';
import type { EditOf } from './edit';
import { playsAt } from './plays-at';
import { findSection, stated, type SongState } from './song-state';
import { writeTrack } from './write-track';

/**
 * One more track: it joins in the sections named, or in those whose energy the style gives to that role, hears what is
 * there, and takes its place in the mix; the tracks there are stay as they are.
 * @throws InputError for an unknown instrument, one that cannot play the role, or a role with nothing to play.
 */
export function addTrack(state: SongState, edit: EditOf<'add_track'>, field: string): SongState {
  const { role } = edit;
  const player = instrument(instrumentId(`${field}.instrument`, edit.instrument));
  const needsKit = role === 'drums';
  if (player.isDrumKit ? !needsKit && role !== 'percussion' : needsKit) {
    throw new InputError(
      `${field}.instrument`,
      edit.instrument,
      needsKit ? 'a drum kit' : 'an instrument with pitches',
    );
  }
  const asked = edit.sectionIds?.map((id, index) => findSection(state.score, id, `${field}.sectionIds[${index}]`).id);
  if (asked?.length === 0) throw new InputError(`${field}.sectionIds`, asked, 'at least one section, or none given');
  const ids = new Set(state.score.tracks.map(({ id }) => id));
  let id: string = role;
  for (let number = 2; ids.has(id); number++) id = `${role}-${number}`;
  const usual: PlannedTrack = {
    id,
    name: player.name,
    role,
    instrument: player.id,
    sectionIds: asked ?? sectionsFor(state, role),
  };
  const silent: Track = {
    id,
    name: player.name,
    role,
    instrument: player.id,
    notes: [],
    controls: [],
    mix: { gainCentibels: 0, pan: 0, reverbSend: 0, delaySend: 0, chorusSend: 0, muted: false },
  };
  const joined = { ...state.score, tracks: [...state.score.tracks, silent] };
  // Where its usual sections leave it nothing to play, it may join in all of them.
  const everywhere = { ...usual, sectionIds: state.score.sections.map((section) => section.id) };
  const attempts = (asked ? [usual] : [usual, everywhere]).map((planned) => {
    const plan = { ...state.plan, tracks: [...state.plan.tracks, planned] };
    return { plan, notes: writeTrack(state.brief, plan, joined, silent).notes };
  });
  const found = attempts.find(({ notes }) => notes.length > 0);
  if (!found) throw new InputError(`${field}.role`, role, 'a role that this song leaves something to play');
  const { plan, notes } = found;
  // Expression is the arranger's and the place in the mix the mixer's, whoever writes the notes.
  const agentInput = { brief: state.brief, plan, attempt: 0 };
  const expressed = AGENTS.arranger({ ...agentInput, score: joined }).tracks.at(-1) ?? silent;
  const mixed = AGENTS.mixer({ ...agentInput, score: joined }).tracks.at(-1) ?? silent;
  const written = { ...silent, notes, controls: expressed.controls, mix: mixed.mix };
  const track = withBends(state.score, songFrame(state.brief, plan), written);
  const demand = { instrument: player.id, role, asked: edit.instrument, standIn: false };
  return {
    brief: { ...state.brief, instruments: stated([...state.brief.instruments.value, demand]) },
    plan,
    score: { ...state.score, tracks: [...state.score.tracks, track] },
  };
}

function sectionsFor({ brief, score }: SongState, role: Track['role']): string[] {
  const own = style(brief.style.value);
  const fitting = score.sections.filter(({ energy }) => playsAt(own, role, energy));
  return (fitting.length > 0 ? fitting : score.sections).map(({ id }) => id);
}
