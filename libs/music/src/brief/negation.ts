import type { Reading } from './reading';

const DETERMINERS = /^(a|an|the|any|some|more|much|my|of|your|too|very|all|kind|sort)$/;
const NEGATORS = /^(no|without|minus|sans|except|excluding|exclude|omit|skip|non|zero|drop|remove|avoid|not)$/;

/** The end of a negator that starts here: `no`, `without`, `leave out`, `don't use`, `do not want`, `free of`. */
export function negatorEnd(reading: Reading, index: number): number | undefined {
  const word = reading.free(index);
  const next = reading.free(index + 1);
  if (word === 'not' && next === 'only') return undefined;
  if (/^(don't|dont|never)$/.test(word) && /^(use|want|add|include|play|need)$/.test(next)) return index + 2;
  // "exclude: drums, percussion"
  if (/^(exclude|excluding|without|omit|avoid|no|not)$/.test(word) && next === ':') return index + 2;
  if (word === 'w' && next === '/' && reading.free(index + 2) === 'o') return index + 3;
  if (word === 'leave' && next === 'out') return index + 2;
  if (word === 'free' && next === 'of') return index + 2;
  if (/^(drop|remove)$/.test(word)) return /^(the|all|any)$/.test(next) ? index + 1 : undefined;
  return NEGATORS.test(word) ? index + 1 : undefined;
}

/** Whether a negation that ends at `until` reaches the noun at `index`: across determiners and adjectives, and along "or"; in a labelled list along commas. */
export function reachesFrom(
  reading: Reading,
  until: number,
  index: number,
  { strong, list = false, chained = false }: { strong: boolean; list?: boolean; chained?: boolean },
): boolean {
  if (index - until > 4) return false;
  let listed = false;
  for (let at = until; at < index; at++) {
    const word = reading.word(at);
    if (/^(or|nor)$/.test(word)) listed = true;
    else if (/^(and|&)$/.test(word)) {
      if (!strong || /^(a|an|the|some|with)$/.test(reading.word(at + 1))) return false;
      listed = true;
    } else if (word === ',') {
      // A comma goes on only towards an "or": "no drums, piano or bass".
      if (!list && !endsInOr(reading, index)) return false;
      listed = true;
    } else if (reading.tokens[at]?.kind !== 'word' || /^(but|with|just|only|use|using|instead|then)$/.test(word))
      return false;
    else if (reading.isClaimed(at) && listed) return false;
    else if (!DETERMINERS.test(word) && index - at > 2) return false;
  }
  // After "no choir", only a list goes on.
  return listed || !chained;
}

function endsInOr(reading: Reading, from: number): boolean {
  for (let at = from + 1; at <= from + 4; at++) if (/^(or|nor)$/.test(reading.word(at))) return true;
  return false;
}

/** Where the claim of a negated noun begins: at its negator if that is near and free. */
export function negatorStart(reading: Reading, index: number): number {
  for (let at = index - 1; at >= Math.max(0, index - 4); at--) {
    if (reading.isClaimed(at) || reading.tokens[at]?.kind === 'mark') return at + 1;
    if (negatorEnd(reading, at) !== undefined) return at;
  }
  return index;
}
