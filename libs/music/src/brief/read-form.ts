import { InputError } from '../input-error';
import { PhraseBook } from './phrase-book';
import { isBarWord, MAX_BARS } from './read-length';
import { readNumber } from './read-number';
import { leadsOn } from './section-lead';
import type { Finding, Reading } from './reading';

/** A section named in the prompt; `bars` where its length is said. */
export interface NamedSection {
  name: string;
  bars?: number;
}

/**
 * What the prompt says of the form. `whole`: the sections in order make the piece ("AABA", "intro, verse, chorus").
 * `part`: a section that must occur. `without`: sections that must not. `blues`: choruses of twelve bars.
 */
export type FormDemand = { kind: 'whole' | 'part' | 'without'; sections: NamedSection[] } | { kind: 'blues' };

/** Section kinds and what people call them. */
const SECTION_NAMES = {
  intro: ['intro', 'introduction'],
  verse: ['verse'],
  'pre-chorus': ['pre chorus', 'prechorus'],
  chorus: ['chorus', 'refrain', 'hook'],
  bridge: ['bridge', 'middle eight', 'middle 8'],
  solo: ['solo section'],
  head: ['head'],
  theme: ['main theme'],
  development: ['development'],
  climax: ['climax'],
  break: ['breakdown', 'break down', 'break section'],
  build: ['build up', 'buildup', 'build', 'riser'],
  drop: ['drop', 'beat drop'],
  interlude: ['interlude'],
  coda: ['coda'],
  outro: ['outro'],
};

/** Words with other meanings too, which name a section only in a list or with a length. */
const LISTED = new PhraseBook<string>(
  ['solo', 'theme', 'break', 'tag'].map((name) => [name, name === 'tag' ? 'outro' : name] as const),
);

const SECTIONS = new PhraseBook<string>(
  Object.entries(SECTION_NAMES).flatMap(([name, words]) => words.map((word) => [word, name] as const)),
);

/** Forms by name, section by section. */
const NAMED_FORMS = new PhraseBook<string>([
  ['binary form', 'aabb'],
  ['ternary form', 'aba'],
  ['rounded binary', 'aaba'],
  ['rounded binary form', 'aaba'],
  ['da capo form', 'aba'],
  ['rondo', 'abaca'],
  ['rondo form', 'abaca'],
]);

const BLUES = new PhraseBook([
  ['12 bar blues', true],
  ['twelve bar blues', true],
  ['12 bar form', true],
  ['12 bar blues form', true],
] as const);

/** Forms: `AABA`, `A-B-A form`, `verse-chorus`, `12-bar blues`, `intro 4 bars, verse 8 bars`. @throws InputError for section lengths outside 1 to 1024 bars. */
export function readForms(reading: Reading): Finding<FormDemand>[] {
  const findings: Finding<FormDemand>[] = [];
  for (let index = 0; index < reading.tokens.length; index++) {
    const found =
      blues(reading, index) ??
      namedForm(reading, index) ??
      letters(reading, index) ??
      without(reading, index) ??
      namedSections(reading, index);
    if (!found) continue;
    const to = /^(form|structure|structured)$/.test(reading.free(found.to)) ? found.to + 1 : found.to;
    findings.push(reading.claim(found.from, to, found.value));
    index = to - 1;
  }
  return findings;
}

interface FormMatch {
  value: FormDemand;
  from: number;
  to: number;
}

function blues(reading: Reading, from: number): FormMatch | undefined {
  const match = BLUES.longestAt(reading, from);
  if (!match) return undefined;
  // Taken here, the word "blues" names a genre only where no other is named.
  return { value: { kind: 'blues' }, from, to: match.to };
}

/** "binary form"; before a colon the letters that follow say it better. */
function namedForm(reading: Reading, from: number): FormMatch | undefined {
  const match = NAMED_FORMS.longestAt(reading, from);
  if (!match) return undefined;
  return { value: { kind: 'whole', sections: [...match.value].map((name) => ({ name })) }, from, to: match.to };
}

/** "no intro", "without a bridge". */
function without(reading: Reading, from: number): FormMatch | undefined {
  if (!/^(no|without|skip|omit|sans)$/.test(reading.free(from))) return undefined;
  const section = SECTIONS.longestAt(reading, /^(a|an|the|any)$/.test(reading.free(from + 1)) ? from + 2 : from + 1);
  return section && { value: { kind: 'without', sections: [{ name: section.value }] }, from, to: section.to };
}

/** The kind of section whose name stands at a token. */
export function sectionAt(reading: Reading, from: number) {
  // "it builds to the chorus" is a verb, a bluegrass breakdown a dance.
  const dance = reading.word(from) === 'breakdown' && /^(bluegrass|banjo|fiddle)$/.test(reading.word(from - 1));
  const rhythm = reading.word(from) === 'drop' && reading.word(from - 1) === 'one';
  return reading.word(from) === 'builds' || dance || rhythm ? undefined : SECTIONS.longestAt(reading, from);
}

function letters(reading: Reading, from: number): FormMatch | undefined {
  const token = reading.tokens[from];
  if (!token || reading.isClaimed(from) || !/^[A-F]{1,16}$/.test(token.text)) return undefined;
  const before = reading.word(from - 1) === ':' ? reading.word(from - 2) : reading.word(from - 1);
  const announced = /^(form|structure)$/.test(before);
  let [text, to] = [token.text, from + 1];
  // "A-B-A", "A A B A" and, after "form:", "A, A, B, A".
  while (token.text.length === 1 && text.length < 16) {
    const at = announced && reading.word(to) === ',' ? to + 1 : to;
    const next = reading.tokens[at]?.text ?? '';
    if (!/^[A-F]$/.test(next) || reading.isClaimed(at)) break;
    [text, to] = [text + next, at + 1];
  }
  const said = announced || /^(form|structure)$/.test(reading.free(to));
  const likely = token.text.length >= 3 && !/^(like|by|of)$/.test(reading.word(from - 1));
  if (text.length < 2 || !inOrder(text) || !(said || likely)) return undefined;
  return { value: { kind: 'whole', sections: [...text.toLowerCase()].map((name) => ({ name })) }, from, to };
}

/** A form introduces its letters in order: ABAC does, BAD and CAFE do not. */
function inOrder(text: string): boolean {
  let next = 'A'.charCodeAt(0);
  for (const letter of text) {
    if (letter.charCodeAt(0) > next) return false;
    if (letter.charCodeAt(0) === next) next++;
  }
  return true;
}

function namedSections(reading: Reading, from: number): FormMatch | undefined {
  const sections: NamedSection[] = [];
  let [index, to] = [from, from];
  for (;;) {
    const section = namedSection(reading, index, sections.length > 0);
    if (!section) break;
    // "intro 4, verse 8, intro without drums": the last one speaks of a section that the list has.
    const known = section.sections.every(
      ({ name, bars }) => bars === undefined && sections.some((other) => other.name === name && other.bars),
    );
    if (sections.length > 1 && known && leadsOn(reading, section.to)) break;
    sections.push(...section.sections);
    to = section.to;
    index = skipLink(reading, to);
  }
  const first = sections[0];
  if (!first) return undefined;
  // "verse 8, chorus 8, twice"
  const at = reading.free(to) === ',' ? to + 1 : to;
  if (sections.length > 1 && reading.free(at) === 'twice') {
    sections.push(...sections);
    to = at + 1;
  }
  const pair = first.name === 'verse' && sections[1]?.name === 'chorus';
  const said = /^(form|structure|structured)$/.test(reading.free(to));
  const whole = sections.length > 2 || (sections.length === 2 && (pair || said || sections.every(({ bars }) => bars)));
  return { value: { kind: whole ? 'whole' : 'part', sections }, from, to };
}

/** `verse`, `verse 8 bars`, `8-bar verse`, `verse (8 bars)`, `verse 16`, `chorus x2`, `two verses`. */
function namedSection(
  reading: Reading,
  from: number,
  inList: boolean,
): { sections: NamedSection[]; to: number } | undefined {
  let at = /^(a|an|the)$/.test(reading.tokens[from]?.text ?? '') ? from + 1 : from;
  const before = readNumber(reading, at);
  let bars: number | undefined;
  let times = 1;
  if (before && isBarWord(reading.free(before.to))) {
    bars = before.value;
    at = before.to + 1;
    if (reading.free(at) === 'of') at++;
  } else if (before && before.value >= 2 && before.value <= 8) {
    times = before.value;
    at = before.to;
  }
  const match =
    sectionAt(reading, at) ??
    (inList ? letter(reading, at) : undefined) ??
    listed(reading, at, inList || bars !== undefined);
  if (!match || (match.value === 'drop' && /^[A-G]$/.test(reading.tokens[match.to]?.text ?? ''))) return undefined;
  let to = match.to;
  let next = to;
  while (/^(\(|:|of|for|is|=|is|lasts|lasting|,)$/.test(reading.free(next)) && next - to < 2) next++;
  const after = bars === undefined ? readNumber(reading, next) : undefined;
  if (after && isBarWord(reading.free(after.to))) {
    bars = after.value;
    to = after.to + 1;
  } else if (after && next > to && reading.free(to) !== ',' && reading.free(after.to) !== 'bpm') {
    bars = after.value;
    to = after.to;
  } else if (after && next === to && after.value <= 64 && isListEnd(reading, after.to)) {
    // "verse 1, chorus, verse 2" numbers its sections, "verse 16, chorus 8" measures them.
    if (after.value >= 4) bars = after.value;
    to = after.to;
  }
  if (bars !== undefined && reading.free(to) === ')') to++;
  const repeat = /^(x|×|times)$/.test(reading.free(to)) ? readNumber(reading, to + 1) : undefined;
  if (repeat && repeat.value >= 2 && repeat.value <= 8) [times, to] = [repeat.value, repeat.to];
  if (bars !== undefined && !(Number.isInteger(bars) && bars >= 1 && bars <= MAX_BARS)) {
    throw new InputError('prompt.form', `${match.value} of ${bars} bars`, `1 to ${MAX_BARS} bars a section`);
  }
  const section: NamedSection = bars === undefined ? { name: match.value } : { name: match.value, bars };
  return { sections: Array.from({ length: times }, () => section), to };
}

/** "intro, A, A, B, outro". */
function letter(reading: Reading, from: number) {
  const text = reading.tokens[from]?.text ?? '';
  const next = reading.tokens[from + 1];
  const ends = !next || /^[,;.)|A-F-]$/.test(next.text) || SECTIONS.longestAt(reading, from + 1);
  // After a comma, an arrow or another letter: "drop D" is a tuning.
  const linked = /^(?:[,;>→–—-]|then|and|[a-f])$/.test(reading.word(from - 1));
  const isLetter = /^[A-F]$/.test(text) && linked && !reading.isClaimed(from);
  return isLetter && ends ? { value: text.toLowerCase(), from, to: from + 1 } : undefined;
}

function listed(reading: Reading, from: number, known: boolean) {
  const match = LISTED.longestAt(reading, from);
  if (!match) return undefined;
  const measured = readNumber(reading, match.to);
  const bare = match.to >= reading.tokens.length || reading.tokens[match.to]?.kind === 'mark';
  return (known && bare) || (measured && (known || isBarWord(reading.free(measured.to)))) ? match : undefined;
}

function isListEnd(reading: Reading, at: number): boolean {
  return (
    at >= reading.tokens.length ||
    /^(,|;|\.|and|then|-|>|→|–|\+|\/|\|)$/.test(reading.word(at)) ||
    Boolean(SECTIONS.longestAt(reading, at))
  );
}

/** Skips what links sections: commas, arrows, "and then a". A capital A is a section, not an article. */
function skipLink(reading: Reading, from: number): number {
  let at = from;
  const links = (text: string) =>
    /^(,|;|\+|→|>|-|–|—|\/|\||and|then|followed|by|to|into|the|a|an|again|&|And|Then)$/.test(text);
  while (at - from < 4 && links(reading.tokens[at]?.text ?? '')) at++;
  return at;
}
