import { readKeys } from '../brief/read-key';
import { readMeters } from '../brief/read-meter';
import { readNumber } from '../brief/read-number';
import { genreEnd, readStyles } from '../brief/read-style';
import { Reading } from '../brief/reading';
import type { Feel } from '../edits/edit';
import type { Amount, Clause, Entities, PlaceWord, TrackWord } from './intent';
import { intervalAt } from './interval-words';
import { placeWordAt } from './place-words';
import { RULES } from './rules';
import { trackWordAt } from './track-words';

/** A word of a clause, or a capital that stands for what was recognised: T tracks, P place, N number (D after "by"), B bars (G after "by"), I interval, K key, S style, M meter, F feel, Q title. */
interface Item {
  text: string;
  from: number;
  to: number;
  add?: (entities: Entities) => void;
  tracks?: TrackWord[];
  places?: PlaceWord[];
}

const FEELS: Readonly<Record<string, Feel>> = {
  straight: 'straight', straighten: 'straight', straightened: 'straight',
  swing: 'swing', swung: 'swing', swinging: 'swing', swingy: 'swing', shuffle: 'shuffle', shuffled: 'shuffle',
  halftime: 'half_time', 'half time': 'half_time', doubletime: 'double_time', 'double time': 'double_time',
}; // prettier-ignore
const SEPARATORS = /^([,;.!?]|and|then|but|also|plus|&|\+)$/;
const FILLERS =
  /^(the|an|a|please|pls|could|can|would|you|i|i'd|we|like|want|need|let's|lets|let|us|just|now|really|some|my|our|this|that|kindly|maybe|there|to|be|should|so|too|also|sound|feel|sounds|going|have|few|little|bit|slightly|tad|touch|somewhat|much|lot|way|far|even|very|considerably|lots|of|by|it's|its|at|is|are|overall|whole|entire)$/;
const LITTLE = /^(bit|little|slightly|tad|touch|somewhat)$/;
const MUCH = /^(much|lot|lots|way|far|very|considerably)$/;
const PRONOUN = /^(it|them|they|those|these|song|piece|music|thing|everything|everyone|all)$/;
const SAID_BEFORE = /^(it|them|they|those|these)$/;
const PREPOSITION = /^(in|for|during|on|from|throughout|over|within|into|through|around|at)$/;

/** The clauses of an instruction, each with what a rule made of it; lexical only, in time linear in the text. */
export function readClauses(instruction: string): Clause[] {
  const reading = new Reading(instruction);
  const clauses = splitClauses(itemsOf(reading));
  const read: Clause[] = [];
  let ahead: PlaceWord[] = [];
  for (const items of clauses) {
    const clause = readClause(reading, items, read.at(-1));
    // "in the bridge, add strings": a place by itself is the next clause's.
    if (clause.intent === undefined && clause.scope.length > 0 && items.every(isPlaceOrFiller)) {
      ahead = clause.scope;
      continue;
    }
    read.push(ahead.length > 0 && clause.scope.length === 0 ? { ...clause, scope: ahead } : clause);
    ahead = [];
  }
  return read;
}

function isPlaceOrFiller({ text, places }: Item): boolean {
  return places !== undefined || PREPOSITION.test(text) || FILLERS.test(text);
}

function itemsOf(reading: Reading): Item[] {
  const items: Item[] = [];
  const found = new Map<number, Item>();
  const put = (item: Item) => {
    reading.cover(item.from, item.to);
    found.set(item.from, item);
  };
  for (let at = 0; at < reading.tokens.length; at++) {
    // "drum and bass" is a style.
    const genre = genreEnd(reading, at) ?? 0;
    const item = titleAt(reading, at) ?? (genre > at + 1 ? undefined : entityAt(reading, at));
    if (!item && genre > at + 1) at = genre - 1;
    if (!item) continue;
    put(item);
    at = item.to - 1;
  }
  for (const { from, to, value } of readKeys(reading))
    found.set(from, { text: 'K', from, to, add: ({ keys }) => void keys.push(value) });
  for (const { from, to, value } of readMeters(reading))
    found.set(from, { text: 'M', from, to, add: ({ meters }) => void meters.push(value) });
  for (const { from, to, value } of readStyles(reading))
    found.set(from, { text: 'S', from, to, add: ({ styles }) => void styles.push(value.style) });
  for (let at = 0; at < reading.tokens.length; at++) {
    const number = found.has(at) ? undefined : readNumber(reading, at);
    const item: Item = found.get(at) ??
      (number && numberItem(reading, at, number)) ?? { text: reading.word(at), from: at, to: at + 1 };
    items.push(item);
    at = item.to - 1;
  }
  return items;
}

function numberItem(reading: Reading, from: number, { value, to }: { value: number; to: number }): Item {
  const isLength = /^(bar|bars|measure|measures)$/.test(reading.free(to));
  const isChange = reading.word(from - 1) === 'by';
  return isLength
    ? { text: isChange ? 'G' : 'B', from, to: to + 1, add: ({ bars }) => void bars.push(value) }
    : { text: isChange ? 'D' : 'N', from, to, add: ({ numbers }) => void numbers.push(value) };
}

function entityAt(reading: Reading, from: number): Item | undefined {
  const interval = intervalAt(reading, from);
  const place = placeWordAt(reading, from);
  // "third chorus": the longer reading is meant.
  if (interval && interval.to >= (place?.to ?? 0))
    return { text: 'I', from, to: interval.to, add: ({ intervals }) => void intervals.push(interval.value) };
  if (place) return { text: 'P', from, to: place.to, places: [place.value] };
  const tonic = reading.tokens[from]?.text ?? '';
  // "the key to A": the reader of prompts wants more than that.
  if (
    /^[A-G]$/.test(tonic) &&
    reading.word(from - 1) === 'to' &&
    !/^(major|minor|flat|sharp|#|b|♭|♯)$/.test(reading.word(from + 1))
  )
    return { text: 'K', from, to: from + 1, add: ({ keys }) => void keys.push({ tonic }) };
  for (const length of [2, 1]) {
    const feel = FEELS[words(reading, from, length)];
    if (feel) return { text: 'F', from, to: from + length, add: ({ feels }) => void feels.push(feel) };
  }
  const tracks = trackWordAt(reading, from);
  return tracks && { text: 'T', from, to: tracks.to, tracks: [tracks.value] };
}

/** "call it Night Bus", "rename the song to "Night Bus"": from there to the end of the line, or of the quotation. */
function titleAt(reading: Reading, from: number): Item | undefined {
  const before = reading.prompt.slice(
    Math.max(0, (reading.tokens[from]?.start ?? 0) - 60),
    reading.tokens[from]?.start,
  );
  const leads =
    /(?:\b(?:call|name) (?:it|this|the song|this song)|\b(?:rename|retitle)(?: it| this| the song)?(?: to)?|\btitle(?: is| to|:)?)\s+$/i;
  if (!leads.test(before) || /^(to|is|:|it|this|the|song|from)$/.test(reading.word(from))) return undefined;
  const rest = reading.prompt.slice(reading.tokens[from]?.start);
  const quoted = /^["“'‘](.+?)["”'’](?=\s|[.,;!?]|$)/u.exec(rest);
  const plain = /^[^.,;!?\n]+/u.exec(rest);
  const title = (quoted?.[1] ?? plain?.[0] ?? '').trim();
  if (!title) return undefined;
  const end = (reading.tokens[from]?.start ?? 0) + (quoted?.[0] ?? plain?.[0] ?? '').length;
  return { text: 'Q', from, to: reading.indexAtOffset(end, from + 1), add: ({ titles }) => void titles.push(title) };
}

/** At separators; "piano and bass" and "verse and chorus" stay together. */
function splitClauses(items: readonly Item[]): Item[][] {
  const clauses: Item[][] = [[]];
  for (const [index, item] of items.entries()) {
    const clause = clauses.at(-1) ?? [];
    const next = items.slice(index + 1).find(({ text }) => !FILLERS.test(text) && !SEPARATORS.test(text));
    const last = clause.findLast(({ text }) => !FILLERS.test(text));
    if (SEPARATORS.test(item.text)) {
      const alike = next !== undefined && last !== undefined && next.text === last.text && /^[TP]$/.test(last.text);
      if (alike) continue;
      if (clause.length > 0) clauses.push([]);
      continue;
    }
    if (
      last &&
      /^[TP]$/.test(item.text) &&
      last.text === item.text &&
      items[index - 1] !== last &&
      joins(items, last, index)
    ) {
      if (item.tracks) last.tracks = [...(last.tracks ?? []), ...item.tracks];
      if (item.places) last.places = [...(last.places ?? []), ...item.places];
      last.to = item.to;
      continue;
    }
    clause.push({ ...item });
  }
  return clauses.filter((clause) => clause.some(({ text }) => !FILLERS.test(text)));
}

/** Whether only separators and fillers lie between two words of a list. */
function joins(items: readonly Item[], last: Item, index: number): boolean {
  const between = items.slice(0, index).filter(({ from }) => from >= last.to);
  return (
    between.some(({ text }) => SEPARATORS.test(text)) &&
    between.every(({ text }) => SEPARATORS.test(text) || FILLERS.test(text))
  );
}

function readClause(reading: Reading, items: readonly Item[], before: Clause | undefined): Clause {
  const from = items[0]?.from ?? 0;
  const to = items.at(-1)?.to ?? from;
  const span = reading.span(from, to);
  const clause: Clause = {
    text: span.text,
    start: span.start,
    end: span.end,
    intent: undefined,
    scope: [],
    pronoun: false,
  };
  const amount = items.some(({ text }) => LITTLE.test(text))
    ? 'little'
    : items.some(({ text }) => MUCH.test(text))
      ? 'much'
      : 'usual';
  const content = items
    .map((item) => (PRONOUN.test(item.text) ? { ...item, text: 'it' } : item))
    .filter(({ text }) => !FILLERS.test(text));
  for (const { kept, scope } of scopings(content)) {
    const intent = byRules(kept, amount, before);
    if (intent) return { ...clause, intent, scope, pronoun: items.some(({ text }) => SAID_BEFORE.test(text)) };
  }
  const places = content.filter(({ places: found }) => found !== undefined).flatMap((item) => item.places ?? []);
  return { ...clause, scope: places };
}

/** The clause as it is, and without a place at its end or beginning, or one that stands between. */
function scopings(items: readonly Item[]): { kept: Item[]; scope: PlaceWord[] }[] {
  const ways = [{ kept: [...items], scope: [] as PlaceWord[] }];
  items.forEach((item, index) => {
    if (!item.places) return;
    const lead = PREPOSITION.test(items[index - 1]?.text ?? '') ? index - 1 : index;
    ways.push({ kept: [...items.slice(0, lead), ...items.slice(index + 1)], scope: item.places });
  });
  return ways;
}

function byRules(items: readonly Item[], amount: Amount, before: Clause | undefined) {
  const entities: Entities = {
    tracks: [], places: [], numbers: [], bars: [], intervals: [], keys: [], styles: [], meters: [], feels: [], titles: [],
  }; // prettier-ignore
  for (const { add, tracks, places } of items) {
    add?.(entities);
    if (tracks) entities.tracks.push(tracks);
    if (places) entities.places.push(places);
  }
  const text = items.map((item) => item.text).join(' ');
  for (const [pattern, make] of RULES) {
    const match = pattern.exec(text);
    const intent = match && make(entities, { amount, match, before: before?.intent });
    if (intent) return intent;
  }
  return undefined;
}

function words(reading: Reading, from: number, count: number): string {
  return Array.from({ length: count }, (_, index) => reading.free(from + index)).join(' ');
}
