import type { Span } from './brief';
import { sectionAt } from './read-form';
import { readNumber } from './read-number';
import type { Finding, Reading } from './reading';
import { leadsOn } from './section-lead';

/** A stretch of the prompt that speaks of one section only: "bridge in 3/4", "no drums in the intro", "bars 1-8". */
export interface Scope {
  /** The section's name, or `bars` for a range of bars. */
  section: string;
  /** Which of that kind: all, the last, or one by number, counted from 1. */
  which: 'all' | 'last' | number;
  /** The word that points to the section where that stands last (`in`, `until`, `from`). */
  pointer?: string;
  from: number;
  to: number;
  span: Span;
}

const ENDS = /^([,;.!?|\n]|but|otherwise|then|while|whereas)$/;
/** Where a scope that leads up to its section begins. */
const STARTS = /^(with|where|that|has|have|and|plus|:)$/;
const POINTERS = /^(in|for|during|at|into|on|by|from|until|throughout)$/;
const ORDINALS =
  /^(the|a|an|every|each|all|last|final|first|second|third|fourth|middle|closing|opening|my|two|of|both)$/;

/** The stretches of a prompt that speak of one section. Only the numbers of bars are claimed. */
export function sectionScopes(reading: Reading): Scope[] {
  const scopes: Scope[] = [];
  let start = 0;
  let inList = false;
  for (let index = 0; index <= reading.tokens.length; index++) {
    if (index < reading.tokens.length && !ENDS.test(reading.word(index))) continue;
    // "intro, verse, chorus in D": the last of a list speaks of the song.
    const scope = isSection(reading, start, index) || inList ? undefined : scopeOf(reading, start, index);
    inList = isSection(reading, start, index) && reading.word(index) === ',';
    if (scope) scopes.push(scope);
    start = index + 1;
  }
  return scopes;
}

/** The scope that a token lies in. */
export function scopeAt(scopes: readonly Scope[], index: number): Scope | undefined {
  return scopes.find(({ from, to }) => index >= from && index < to);
}

/** Findings that speak of the whole song, and those that speak of a section. */
export function partition<T>(findings: readonly Finding<T>[], scopes: readonly Scope[]) {
  const sectional = findings.flatMap((finding) => {
    const scope = scopeAt(scopes, finding.from);
    return scope ? [{ finding, scope }] : [];
  });
  const inScope = new Set(sectional.map(({ finding }) => finding));
  return { global: findings.filter((finding) => !inScope.has(finding)), sectional };
}

function scopeOf(reading: Reading, start: number, end: number): Scope | undefined {
  const make = (section: string, from: number, to: number, part: Partial<Scope> = {}): Scope => ({
    section,
    which: 'all',
    ...part,
    from,
    to,
    span: reading.span(from, to),
  });
  if (/^bars?$/.test(reading.word(start))) {
    const first = readNumber(reading, start + 1);
    if (first && first.to < end) {
      const second = readNumber(reading, first.to);
      reading.cover(start, second?.to ?? first.to);
      return make('bars', start, end);
    }
  }
  const places: { at: number; to: number; name: string }[] = [];
  for (let index = start; index < end; index++) {
    const section = sectionAt(reading, index);
    if (!section) continue;
    places.push({ at: index, to: section.to, name: section.value });
    index = section.to - 1;
  }
  // A list of sections is a form.
  const [place] = places;
  if (!place || places.length > 1) return undefined;
  // "from the first verse on" leads nowhere.
  const closes = reading.word(place.to) === 'on' && place.to + 1 === end;
  if (place.to < end && !closes && leadsOn(reading, place.to)) {
    const from = leadStart(reading, start, place.at);
    return make(place.name, from, end, { which: whichOf(reading, from, place.at) });
  }
  let at = place.at;
  while (at > start && ORDINALS.test(reading.word(at - 1))) at--;
  if (at > start && POINTERS.test(reading.word(at - 1)) && at - 1 > start) {
    let from = at - 1;
    while (from > start && !STARTS.test(reading.word(from - 1))) from--;
    from = listStart(reading, start, from);
    const pointer = reading.word(at - 1);
    return make(place.name, from, place.to, { pointer, which: whichOf(reading, at, place.at) });
  }
  return undefined;
}

/** "only piano and flute in the outro": where a list of players begins with what is said of all of them. */
function listStart(reading: Reading, start: number, from: number): number {
  for (let at = from - 1; at >= start && /^(and|plus)$/.test(reading.word(from - 1)); at--) {
    if (/^(only|just|no|without|nothing)$/.test(reading.word(at))) return at;
    if (/^(with|where|that|has|have|:)$/.test(reading.word(at))) break;
  }
  return from;
}

const NUMBERS: Readonly<Record<string, number | 'last'>> = {
  first: 1, opening: 1, second: 2, third: 3, fourth: 4, last: 'last', final: 'last', closing: 'last',
}; // prettier-ignore

function whichOf(reading: Reading, from: number, to: number): Scope['which'] {
  for (let at = from; at < to; at++) {
    const which = NUMBERS[reading.word(at)];
    if (which !== undefined) return which;
  }
  return 'all';
}

/** Whether a stretch is a section's name and nothing else. */
function isSection(reading: Reading, start: number, end: number): boolean {
  return sectionAt(reading, start)?.to === end;
}

function leadStart(reading: Reading, start: number, at: number): number {
  let from = at;
  while (from > start && ORDINALS.test(reading.word(from - 1))) from--;
  return from;
}
