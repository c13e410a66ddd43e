import type { Key } from '../score/score';
import { transposeKey } from '../theory/key';
import type { Style } from '../styles/style';
import type { Contradiction, SectionDemand } from './brief';
import { spellKey, type KeyDemand } from './read-key';
import type { InstrumentMention } from './read-instruments';
import { readInterval, readTempoRatio, type LimitField } from './read-limits';
import type { TimeSignature } from './read-meter';
import { MAX_TEMPO_BPM, MIN_TEMPO_BPM } from './read-tempo';
import type { Finding } from './reading';
import { partition, scopeAt, type Scope } from './section-scopes';
import { soundingTargets, targetsOf } from './settle-instruments';

/** What is asked of one section: a value, a relation to the song's own, or who plays. */
type Change =
  | { key: KeyDemand }
  | { semitones: number }
  | { tempoMilliBpm: number }
  | { tempoRatio: number }
  | { meter: TimeSignature }
  | { players: InstrumentMention; manner: Manner };
/** `enters` and `until` also speak of the sections before, `exclusive` of all others. */
type Manner = 'playing' | 'silent' | 'only' | 'enters' | 'until' | 'exclusive';

interface Wish {
  field: string;
  scope: Scope;
  change: Change;
}

/** What holds for the whole song, against which the sections' demands are reckoned. */
export interface WholeSong {
  key: Key;
  tempoMilliBpm: number;
  meter: TimeSignature;
  style: Style;
}

const ENTERS = /\b(enters?|entering|comes? in|coming in|joins?|joining|starts?|kicks? in|arrives?)\b/i;

/** Findings sorted into what holds for the whole song, what is asked of one section, and contradictions for what cannot be had of one. */
export class SectionDemands {
  private readonly named = new Map<string, Contradiction>();
  private readonly wishes: Wish[] = [];

  constructor(private readonly scopes: readonly Scope[]) {}

  /** The keys asked of the whole song; where none is, the verse's serves for it, or else the first of a section's. */
  keys(findings: readonly Finding<KeyDemand>[]): Finding<KeyDemand>[] {
    return this.wholeSong('key', findings, { first: true, change: (key) => ({ key }) });
  }

  /** The tempos asked of the whole song; where none is, the verse's serves for it. */
  tempos(findings: readonly Finding<number>[]): Finding<number>[] {
    return this.wholeSong('tempo', findings, { first: false, change: (tempoMilliBpm) => ({ tempoMilliBpm }) });
  }

  /** The meters asked of the whole song; where none is, the verse's serves for it. */
  meters(findings: readonly Finding<TimeSignature>[]): Finding<TimeSignature>[] {
    return this.wholeSong('meter', findings, { first: false, change: (meter) => ({ meter }) });
  }

  /** Progressions cannot be had of one section: the verse's, or else the first, serves for the song. */
  progressions<T>(findings: readonly Finding<T>[]): Finding<T>[] {
    return this.wholeSong('progression', findings, { first: true, change: () => undefined });
  }

  /** Instruments of one section belong to the song; what is ruled out of one section stays in it. */
  instruments(mentions: readonly Finding<InstrumentMention>[], wordAt: (index: number) => string) {
    return mentions.flatMap((mention): Finding<InstrumentMention>[] => {
      const scope = scopeAt(this.scopes, mention.from);
      if (!scope) return [mention];
      const { negated } = mention.value;
      const field = negated ? 'excluded' : 'instruments';
      if (scope.section === 'bars') this.note(field, scope.span.text);
      else this.wishes.push({ field, scope, change: { players: mention.value, manner: mannerOf(mention, scope, wordAt) } });
      const { alone: _, ...rest } = mention.value;
      return negated ? [] : [{ ...mention, value: rest }];
    }); // prettier-ignore
  }

  /** Demands on key and tempo in relation to the song's, and what no song can keep. */
  limits(limits: readonly Finding<LimitField>[]): void {
    const wishes = this.wishes.length;
    for (const { value, from, span } of limits) {
      const scope = scopeAt(this.scopes, from);
      const change = scope && scope.section !== 'bars' ? relation(value, span.text) : undefined;
      if (scope && change) this.wishes.push({ field: value, scope, change });
    }
    // "gear change: up a semitone in the last chorus" says it twice.
    const related = new Set(this.wishes.slice(wishes).map(({ field }) => field));
    for (const { value, from, span } of limits) {
      const scope = scopeAt(this.scopes, from);
      if (!related.has(value)) this.note(value, scope?.span.text ?? span.text);
    }
  }

  /** A form whose sections carry what is asked of them; what speaks of a section that it has not is a contradiction. */
  settle(form: readonly SectionDemand[], whole: WholeSong): SectionDemand[] {
    const sections = form.map((section) => ({ ...section }));
    for (const wish of this.wishes.filter(({ change }) => !('players' in change))) this.grant(wish, sections, whole);
    // What plays alone settles what need not be ruled out.
    const players = this.wishes.flatMap((wish) => ('players' in wish.change ? [{ ...wish, change: wish.change }] : []));
    const first = players.filter(({ change }) => change.manner === 'only');
    for (const wish of [...first, ...players.filter((each) => !first.includes(each))])
      this.grant(wish, sections, whole);
    return sections;
  }

  /** What cannot be had, each with what is done instead; `whole` writes out what a field is throughout the song. */
  contradictions(whole: Readonly<Record<string, string>>): Contradiction[] {
    return [...this.named.values()].map((entry) => ({ ...entry, chosen: whole[entry.field] ?? entry.chosen }));
  }

  private wholeSong<T>(
    field: string,
    findings: readonly Finding<T>[],
    { first, change }: { first: boolean; change: (value: T) => Change | undefined },
  ): Finding<T>[] {
    const { global, sectional } = partition(findings, this.scopes);
    for (const { finding, scope } of sectional) {
      const wanted = scope.section === 'bars' ? undefined : change(finding.value);
      if (wanted) this.wishes.push({ field, scope, change: wanted });
      else this.note(field, scope.span.text);
    }
    if (global.length > 0 || sectional.length === 0) return global;
    const verse = sectional.find(({ scope }) => scope.section === 'verse' && scope.which === 'all');
    const serving = verse ?? (first || sectional[0]?.scope.section === 'bars' ? sectional[0] : undefined);
    return serving ? [serving.finding] : [];
  }

  private grant({ field, scope, change }: Wish, sections: SectionDemand[], whole: WholeSong): void {
    const meant = sectionsMeant(sections, scope);
    const [start] = meant;
    const granted = start !== undefined && ('players' in change
      ? this.engage(change, meant, sections, whole)
      : apply(change, reached(change, meant, sections, scope), whole)); // prettier-ignore
    if (!granted) this.note(field, scope.span.text);
  }

  private engage(
    { players, manner }: { players: InstrumentMention; manner: Manner },
    meant: readonly SectionDemand[],
    sections: readonly SectionDemand[],
    { style }: WholeSong,
  ): boolean {
    const targets = manner === 'silent' || manner === 'until' ? targetsOf(players) : soundingTargets(players, style);
    const add = (field: 'playing' | 'silent' | 'only', within: readonly SectionDemand[]) => {
      for (const section of within) {
        const ruledOut =
          field === 'silent' && section.only && !targets.some((target) => section.only?.includes(target));
        if (!ruledOut) section[field] = [...new Set([...(section[field] ?? []), ...targets])];
      }
    };
    const before = sections.slice(0, meant[0] ? sections.indexOf(meant[0]) : 0);
    const others = sections.filter((section) => !meant.includes(section));
    if (manner === 'until') add('silent', before);
    else if (manner === 'silent' || manner === 'only') add(manner, meant);
    else {
      add('playing', manner === 'enters' ? meant.slice(0, 1) : meant);
      if (manner === 'enters') add('silent', before);
      if (manner === 'exclusive') add('silent', others);
    }
    return targets.length > 0;
  }

  private note(field: string, asked: string): void {
    const known = this.named.get(`${field} ${asked}`);
    if (!known) this.named.set(`${field} ${asked}`, { field, asked: [asked], chosen: 'what serves the whole song' });
  }
}

function mannerOf({ value, to }: Finding<InstrumentMention>, { span, pointer }: Scope, wordAt: (index: number) => string): Manner {
  if (value.negated) return pointer === 'until' ? 'until' : 'silent';
  // "strings only in the chorus"; before the noun the word means that section.
  if (value.alone && wordAt(to - 1) === 'only') return 'exclusive';
  if (value.alone === 'only' || /\b(only|just)\b/i.test(span.text)) return 'only';
  return pointer === 'from' || (pointer !== undefined && ENTERS.test(span.text)) ? 'enters' : 'playing';
} // prettier-ignore

function relation(field: LimitField, text: string): Change | undefined {
  const semitones = field === 'key' ? readInterval(text) : undefined;
  const tempoRatio = field === 'tempo' ? readTempoRatio(text) : undefined;
  if (semitones !== undefined) return { semitones };
  return tempoRatio === undefined ? undefined : { tempoRatio };
}

function sectionsMeant(sections: readonly SectionDemand[], { section, which }: Scope): SectionDemand[] {
  const kind = sections.filter(({ name }) => name === section);
  if (which === 'all') return kind;
  const one = which === 'last' ? kind.at(-1) : kind[which - 1];
  return one ? [one] : [];
}

/** A song that modulates for its last chorus stays up. */
function reached(change: Change, meant: SectionDemand[], sections: readonly SectionDemand[], { which }: Scope) {
  const [start] = meant;
  return 'semitones' in change && which === 'last' && start ? sections.slice(sections.indexOf(start)) : meant;
}

/** Gives sections what is asked of them, as far as it differs from the song's; whether it can be had. */
function apply(change: Exclude<Change, { players: unknown }>, meant: readonly SectionDemand[], whole: WholeSong): boolean {
  const { key, tempoMilliBpm, meter } = whole;
  if ('meter' in change) {
    const same = change.meter.numerator === meter.numerator && change.meter.denominator === meter.denominator;
    if (!same) for (const section of meant) section.meter = change.meter;
    return true;
  }
  if ('tempoMilliBpm' in change || 'tempoRatio' in change) {
    const asked = 'tempoRatio' in change ? Math.round(tempoMilliBpm * change.tempoRatio) : change.tempoMilliBpm;
    if (asked < MIN_TEMPO_BPM * 1000 || asked > MAX_TEMPO_BPM * 1000) return false;
    if (asked !== tempoMilliBpm) for (const section of meant) section.tempoMilliBpm = asked;
    return true;
  }
  const wanted =
    'semitones' in change
      ? transposeKey(key, change.semitones)
      : spellKey({ tonic: change.key.tonic ?? key.tonic, mode: change.key.mode ?? (change.key.tonic ? 'major' : key.mode) });
  if (wanted.tonic !== key.tonic || wanted.mode !== key.mode) for (const section of meant) section.key = wanted;
  return true;
} // prettier-ignore
