import type { Brief, InstrumentDemand } from '../brief/brief';
import { InputError } from '../input-error';
import { instrument, isPartOf } from '../instruments/instrument';
import { randomStream, type RandomStream } from '../random/random-stream';
import { ROLES, type Role, type Section } from '../score/score';
import type { Style } from '../styles/style';
import type { PlannedTrack } from './plan';
import { sectionDemand } from './section-demands';

/** A player of the band: what, as what, and at which energies. */
interface Player {
  role: Role;
  instrument: string;
  energy: readonly [number, number];
  stated: boolean;
}

/** Roles that, with a fourth player, make a band that needs nobody else but a drummer. */
const COMPLETE: readonly Role[] = ['lead', 'chords', 'bass'];
const COMPLETE_PLAYERS = 4;
/** Names of ensembles that say how many play. */
const NUMBERED = /\b(duo|duet|trio|quartet|quintet|sextet|septet|octet)\b/i;
const ORCHESTRA = /\borchestra\b/i;

/**
 * Who plays, and in which sections: the instruments asked for first, each in its role, then the style's band for the
 * roles that are missing and not ruled out. A band that is stated whole is joined only by drums.
 * @throws InputError where nothing is left to play.
 */
export function orchestrate(brief: Brief, style: Style, sections: readonly Section[]): PlannedTrack[] {
  const random = randomStream(brief.seed.value, 'producer', 'band');
  const stated = withMelody(brief, style);
  const players = [...stated, ...missingPlayers(brief, style, stated, random)];
  if (!players.length)
    throw new InputError('excluded', brief.excluded.value, 'roles and instruments that leave somebody to play');
  players.sort((a, b) => ROLES.indexOf(a.role) - ROLES.indexOf(b.role));
  const tracks = players.map((player, index) => plannedTrack(player, players.slice(0, index), sections));
  obeySections(tracks, sections, brief);
  coverSections(tracks, sections, brief);
  return tracks;
}

/** Whether what was asked for is a whole band: an ensemble by number, or four players with all that music needs; an orchestra has room for more. */
function isComplete(demands: readonly InstrumentDemand[]): boolean {
  if (demands.some(({ asked }) => NUMBERED.test(asked))) return true;
  const covered = COMPLETE.every((role) => demands.some((demand) => demand.role === role));
  return covered && demands.length >= COMPLETE_PLAYERS && !demands.some(({ asked }) => ORCHESTRA.test(asked));
}

/** The players asked for; in a whole band without a lead, the one with the chords has the melody too. */
function withMelody(brief: Brief, style: Style): Player[] {
  const demands = brief.instruments.value;
  const hasLead = demands.some(({ role }) => role === 'lead') || brief.excluded.value.includes('lead');
  const soloist = demands.find(({ role, instrument: id }) => role === 'chords' && instrument(id).polyphonic);
  const extra = isComplete(demands) && !hasLead && soloist ? [{ ...soloist, role: 'lead' as const }] : [];
  return [...demands, ...extra].map((demand) => statedPlayer(demand, style));
}

function statedPlayer({ instrument: id, role }: InstrumentDemand, style: Style): Player {
  const usual = style.band.filter((member) => member.role === role);
  // The widest range of the style's own players in that role: what was asked for is meant to be heard.
  const energy: [number, number] = usual.length
    ? [Math.min(...usual.map((member) => member.energy[0])), 100]
    : [role === 'drums' ? 36 : 0, 100];
  return { role, instrument: id, energy, stated: true };
}

function missingPlayers(brief: Brief, style: Style, stated: readonly Player[], random: RandomStream): Player[] {
  const excluded = new Set(brief.excluded.value);
  const statedRoles = new Set(stated.map(({ role }) => role));
  const complete = isComplete(brief.instruments.value);
  const used = new Set(stated.map((player) => player.instrument));
  const players: Player[] = [];
  for (const member of style.band) {
    const joins = random.chance(member.percent);
    const favourite = random.unit();
    if (statedRoles.has(member.role) || excluded.has(member.role)) continue;
    if (complete && member.role !== 'drums') continue;
    const allowed = member.instruments.filter(
      (id) => !excluded.has(id) && !(excluded.has('drums') && instrument(id).isDrumKit),
    );
    const fresh = allowed.filter((id) => !used.has(id));
    const choices = fresh.length ? fresh : allowed;
    // Mostly the style's first choice.
    const id = favourite < 0.6 ? choices[0] : choices[Math.floor(((favourite - 0.6) / 0.4) * choices.length)];
    if (!joins || id === undefined) continue;
    used.add(id);
    players.push({ role: member.role, instrument: id, energy: member.energy, stated: false });
  }
  return players;
}

function plannedTrack(player: Player, before: readonly Player[], sections: readonly Section[]): PlannedTrack {
  const { name } = instrument(player.instrument);
  const ofRole = before.filter(({ role }) => role === player.role).length;
  const twin = before.some((other) => other.instrument === player.instrument);
  const [low, high] = player.energy;
  const within = sections.filter(({ energy }) => energy >= low && energy <= high);
  const strongest = [...sections].sort((a, b) => b.energy - a.energy).slice(0, 1);
  // In a form of one or two sections nobody waits for a later one.
  const playing =
    sections.length <= 2 && high === 100 ? sections : within.length ? within : player.stated ? strongest : [];
  return {
    id: ofRole ? `${player.role}-${ofRole + 1}` : player.role,
    name: twin ? `${name} (${player.role})` : name,
    role: player.role,
    instrument: player.instrument,
    sectionIds: playing.map(({ id }) => id),
  };
}

/** Who is asked into or out of single sections comes and goes there, whatever the energy. */
function obeySections(tracks: readonly PlannedTrack[], sections: readonly Section[], brief: Brief): void {
  for (const track of tracks) {
    const named = (targets: readonly string[] = []) => targets.some((target) => isPartOf(track, target));
    track.sectionIds = sections
      .filter((section) => {
        if (!mayPlay(track, section, sections, brief)) return false;
        const { playing, only } = sectionDemand(brief, { sections }, section);
        return named(playing) || named(only) || track.sectionIds.includes(section.id);
      })
      .map(({ id }) => id);
  }
}

/** Whether what is asked of a section leaves a track room in it. */
function mayPlay(track: PlannedTrack, section: Section, sections: readonly Section[], brief: Brief): boolean {
  const { silent = [], only } = sectionDemand(brief, { sections }, section);
  const named = (targets: readonly string[]) => targets.some((target) => isPartOf(track, target));
  return !named(silent) && (only === undefined || named(only));
}

/** Every section has somebody with pitches, and where chords were asked for somebody who plays them; the last one has harmony and bass to close on. */
function coverSections(tracks: PlannedTrack[], sections: readonly Section[], brief: Brief): void {
  const order: Role[] = ['chords', 'pad', 'lead', 'counter', 'bass', 'fx', 'percussion', 'drums'];
  const first = (roles: readonly Role[]) =>
    roles.flatMap((role) => tracks.find((track) => track.role === role) ?? [])[0];
  const add = (track: PlannedTrack | undefined, section: Section) => {
    if (!track || track.sectionIds.includes(section.id)) return;
    if (!mayPlay(track, section, sections, brief)) return;
    const wanted = new Set([...track.sectionIds, section.id]);
    track.sectionIds = sections.filter(({ id }) => wanted.has(id)).map(({ id }) => id);
  };
  for (const section of sections) {
    const present = tracks.filter((track) => track.sectionIds.includes(section.id)).map(({ role }) => role);
    if (!present.some((role) => ['chords', 'pad', 'lead', 'counter', 'bass'].includes(role)))
      add(first(order), section);
    const harmony = present.some((role) => role === 'chords' || role === 'pad');
    if (brief.progression.value.length && !harmony) add(first(['chords', 'pad']), section);
  }
  const last = sections[sections.length - 1];
  if (!last || brief.loop.value) return;
  const closing = tracks.filter((track) => track.sectionIds.includes(last.id)).map(({ role }) => role);
  if (!closing.includes('chords') && !closing.includes('pad')) add(first(['chords', 'pad']), last);
  if (!closing.includes('bass')) add(first(['bass']), last);
  // A band without chords closes on its melody.
  if (!first(['chords', 'pad'])) add(first(['lead', 'counter']), last);
}
