import { instrument as instrumentById, INSTRUMENTS, type Instrument } from '../instruments/instrument';
import { ROLES, type Role } from '../score/score';
import type { Style } from '../styles/style';
import type { Contradiction, Field, InstrumentDemand, Span } from './brief';
import { FAMILY_WORDS, roleOf, type Generic } from './instrument-words';
import type { InstrumentMention } from './read-instruments';
import type { Finding } from './reading';

export interface InstrumentChoice {
  instruments: Field<InstrumentDemand[]>;
  excluded: Field<string[]>;
}

interface Asked {
  demand: InstrumentDemand;
  /** Undefined for a control. */
  span?: Span;
}

interface Excluded {
  /** Roles or instrument ids. */
  targets: string[];
  asked: string;
  span?: Span;
  /** True for "no guitars": a whole family, of which a named member may still be asked for. */
  wide: boolean;
}

/**
 * What shall sound and what must not. Controls beat the prompt role by role; where an instrument is asked for and
 * ruled out, the first said wins. "solo piano" rules out every other part.
 */
export function settleInstruments(
  contradictions: Contradiction[],
  mentions: readonly Finding<InstrumentMention>[],
  style: Style,
  controls: { instruments: readonly string[]; exclude: readonly string[] },
): InstrumentChoice {
  const wanted: Asked[] = controls.instruments.map((id) => ({ demand: demandOf(id) }));
  const excluded: Excluded[] = controls.exclude.map((target) => ({ targets: [target], asked: target, wide: false }));
  const taken = new Set<Role>(wanted.map(({ demand }) => demand.role));
  for (const { value, span } of mentions) {
    if (value.negated) {
      const targets = targetsOf(value);
      const clash = wanted.find(({ demand }) =>
        hits({ targets, asked: '', wide: Boolean(value.generic && !value.generic.role) }, demand),
      );
      if (clash) contradict(contradictions, 'excluded', [clash.demand.asked, span.text], clash.demand.instrument);
      else
        excluded.push({
          targets,
          asked: value.asked,
          span,
          wide: isWide(value, targets),
        });
      continue;
    }
    if (isCovered(value, mentions)) continue;
    const demands = demandsOf(value, style).filter(
      ({ role }, seat) => value.seats?.[seat]?.instrument !== undefined || !value.seats || !isTaken(role, mentions),
    );
    const count = value.count ?? 1;
    if (count > demands.length && demands[0] && !value.seats) {
      const word = demands.length === 1 ? 'one' : 'two';
      contradict(contradictions, 'instruments', [span.text], `${word} of them`);
    }
    for (const demand of demands) {
      const ban = excluded.find((entry) => hits(entry, demand));
      const control = wanted.find((entry) => !entry.span && entry.demand.role === demand.role);
      if (ban) contradict(contradictions, 'instruments', [ban.asked, value.asked], `no ${ban.asked}`);
      else if (control && taken.has(demand.role) && control.demand.instrument !== demand.instrument) {
        contradict(contradictions, 'instruments', [value.asked, control.demand.instrument], control.demand.instrument);
      } else if (!control && !wanted.some((entry) => value.seats === undefined && same(entry.demand, demand))) {
        wanted.push({ demand, span });
      }
    }
  }
  excludeAllBut(mentions, wanted, excluded);
  const asked = new Set(wanted.map(({ demand }) => demand.instrument));
  return {
    instruments: fieldOf(
      wanted.map(({ demand }) => demand),
      wanted,
    ),
    // "no strings, but a violin": the rest of them.
    excluded: fieldOf(
      [...new Set(excluded.flatMap(({ targets, wide }) => targets.filter((target) => !wide || !asked.has(target))))],
      excluded,
    ),
  };
}

/** "808s and a drum pattern", "walking bass ... the bass": a bare role word adds nothing where an instrument has that role. */
function isCovered({ generic, role }: InstrumentMention, mentions: readonly Finding<InstrumentMention>[]): boolean {
  if (!generic || generic.families || generic.instruments) return false;
  return mentions.some(({ value }) => !value.negated && value.instrument !== undefined && value.role === role);
}

/** Whether a part that an ensemble leaves to the style is given to a named instrument. */
function isTaken(role: Role, mentions: readonly Finding<InstrumentMention>[]): boolean {
  return mentions.some(({ value }) => !value.negated && value.instrument !== undefined && value.role === role);
}

/** Whether a ban is of a family, of which a named member may still be asked for. */
function isWide({ generic, seats }: InstrumentMention, targets: readonly string[]): boolean {
  return (
    seats !== undefined ||
    (generic === undefined ? targets.length > 2 : generic.role === undefined || targets.length > 1)
  );
}

/** The style's instrument for a role, or undefined. */
export function styleInstrument(style: Style, role: Role): string | undefined {
  return style.band.find((member) => member.role === role)?.instruments[0];
}

function demandOf(id: string): InstrumentDemand {
  return { instrument: id, role: roleOf(instrumentById(id)), asked: id, standIn: false };
}

function demandsOf(mention: InstrumentMention, style: Style): InstrumentDemand[] {
  const { asked, standIn, role, instrument, generic, seats } = mention;
  if (seats) {
    return seats.map((seat) => ({
      instrument:
        seat.instrument ?? styleInstrument(style, seat.role) ?? FALLBACKS[seat.role] ?? 'acoustic-grand-piano',
      role: seat.role,
      asked,
      standIn: false,
    }));
  }
  const id = instrument ?? (generic && genericInstrument(generic, role, style));
  if (id === undefined) return [];
  return rolesOf(mention, instrumentById(id)).map((part) => ({ instrument: id, role: part, asked, standIn }));
}

/** What a mention has sound: its instruments, or the role alone where it names no more. */
export function soundingTargets(mention: InstrumentMention, style: Style): string[] {
  const { generic, instrument, role, seats } = mention;
  const bare = generic !== undefined && !generic.families && !generic.instruments;
  if (bare && instrument === undefined && !seats) return [role];
  return [...new Set(demandsOf(mention, style).map((demand) => demand.instrument))];
}

/** A lone chord instrument plays the melody too; of several alike, the first keeps the role and the others add to it. */
function rolesOf({ role, alone, count = 1 }: InstrumentMention, { polyphonic }: Instrument): Role[] {
  const pair: Role[] = role === 'chords' || role === 'pad' ? [role, 'lead', 'counter'] : [role, 'counter'];
  if (alone && polyphonic && (role === 'chords' || role === 'pad')) return pair.slice(0, 2);
  return role === 'drums' || role === 'percussion' || role === 'bass' ? [role] : pair.slice(0, count);
}

const FALLBACKS: Partial<Record<Role, string>> = { bass: 'electric-bass-finger', drums: 'standard-kit' };

/** Of what a generic word covers, the style's choice for the role, else its choice for any, else the usual one. */
function genericInstrument(generic: Generic, role: Role, style: Style): string {
  const members = [...style.band].sort((a, b) => Number(b.role === role) - Number(a.role === role));
  for (const member of members) {
    const free = generic.families === undefined && generic.instruments === undefined;
    if (free && member.role !== role) continue;
    const found = member.instruments.find((id) => covers(generic, id));
    if (found) return found;
  }
  return generic.fallback;
}

/** Whether a generic word means an instrument; a mere role means any. */
function covers({ families, instruments }: Generic, id: string): boolean {
  if (!families && !instruments) return true;
  return Boolean(instruments?.includes(id) || families?.includes(instrumentById(id).family));
}

/** What a negated mention rules out: a role, the ids a family word covers, or the instrument with its nearest kin. */
export function targetsOf({ asked, instrument, generic, role, seats }: InstrumentMention): string[] {
  if (seats) return [...new Set(seats.flatMap((seat) => seat.instrument ?? []))];
  if (generic?.families || generic?.instruments) {
    if (role === 'pad' && generic.families?.includes('synth-pad')) return ['pad'];
    return INSTRUMENTS.map(({ id }) => id).filter((id) => covers(generic, id) || generic.alsoExcludes?.includes(id));
  }
  if (instrument === undefined) return [role];
  const family = FAMILY_WORDS.get(asked.toLowerCase());
  if (family)
    return INSTRUMENTS.filter((entry) => family.includes(entry.family) || family.includes(entry.id)).map(
      ({ id }) => id,
    );
  if (instrument === 'acoustic-grand-piano') return ['acoustic-grand-piano', 'bright-acoustic-piano'];
  return instrumentById(instrument).isDrumKit && instrument === 'standard-kit' ? ['drums'] : [instrument];
}

function hits({ targets, wide }: Pick<Excluded, 'targets' | 'asked' | 'wide'>, demand: InstrumentDemand): boolean {
  // "no synths, but a saw lead": the named one of a family stays.
  if (wide && targets.includes(demand.instrument) && !ROLES.some((role) => targets.includes(role)))
    return targets.length === 1;
  return targets.includes(demand.instrument) || targets.includes(demand.role);
}

function same(a: InstrumentDemand, b: InstrumentDemand): boolean {
  return a.instrument === b.instrument && a.role === b.role;
}

function excludeAllBut(
  mentions: readonly Finding<InstrumentMention>[],
  wanted: readonly Asked[],
  excluded: Excluded[],
): void {
  const sounding = mentions.filter(({ value }) => !value.negated);
  const alone = sounding.find(
    ({ value }) => value.alone === 'only' || (value.alone === 'solo' && sounding.length === 1),
  );
  if (!alone) return;
  const roles = new Set(wanted.map(({ demand }) => demand.role));
  const targets = ROLES.filter((role) => !roles.has(role));
  excluded.push({ targets, asked: `all but ${alone.value.asked}`, span: alone.span, wide: false });
}

function contradict(contradictions: Contradiction[], field: string, asked: string[], chosen: string): void {
  contradictions.push({ field, asked, chosen });
}

function fieldOf<T>(value: T[], sources: readonly { span?: Span }[]): Field<T[]> {
  const spans = [...new Set(sources.flatMap(({ span }) => span ?? []))];
  return { value, provenance: value.length > 0 ? 'stated' : 'default', spans };
}
