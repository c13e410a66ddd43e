import { Chord as ChordNames, ChordType, Interval, Note } from 'tonal';
import { element, plain } from './xml-element';

/** MusicXML kinds by the name that `tonal` gives the chord type; intervals beyond the kind become degrees. */
const KINDS: Record<string, string> = {
  major: 'major',
  minor: 'minor',
  augmented: 'augmented',
  diminished: 'diminished',
  fifth: 'power',
  'suspended second': 'suspended-second',
  'suspended fourth': 'suspended-fourth',
  sixth: 'major-sixth',
  'minor sixth': 'minor-sixth',
  'dominant seventh': 'dominant',
  'major seventh': 'major-seventh',
  'minor seventh': 'minor-seventh',
  'minor/major seventh': 'major-minor',
  'diminished seventh': 'diminished-seventh',
  'half-diminished': 'half-diminished',
  'augmented seventh': 'augmented-seventh',
  'dominant ninth': 'dominant-ninth',
  'major ninth': 'major-ninth',
  'minor ninth': 'minor-ninth',
  eleventh: 'dominant-11th',
  'minor eleventh': 'minor-11th',
  'dominant thirteenth': 'dominant-13th',
  'major thirteenth': 'major-13th',
  'minor thirteenth': 'minor-13th',
};

const KIND_INTERVALS = Object.entries(KINDS)
  .map(([type, kind]) => ({ type, kind, intervals: ChordType.get(type).intervals }))
  .sort((left, right) => right.intervals.length - left.intervals.length);

/**
 * The harmony element of a chord symbol, `offset` divisions into the bar; a symbol that names no known chord becomes
 * a direction with its words.
 */
export function harmonyElement(symbol: string, offset: number): string {
  const chord = ChordNames.get(symbol);
  const place = offset === 0 ? undefined : plain('offset', offset);
  if (chord.empty || !chord.tonic) {
    const words = plain('direction-type', [plain('words', symbol)]);
    return element('direction', { placement: 'above' }, [words, place]);
  }
  // A slash chord lists its bass in front of the chord's own intervals.
  const own = ChordType.get(chord.aliases[0] ?? '').intervals;
  const exact = KIND_INTERVALS.find(({ type }) => type === chord.type);
  const kind = exact ?? KIND_INTERVALS.find(({ intervals }) => intervals.every((interval) => own.includes(interval)));
  const text = symbol.slice(chord.tonic.length).replace(/\/[A-G](#|b)*$/, '');
  return element('harmony', { 'print-frame': 'no' }, [
    plain('root', noteParts('root', chord.tonic)),
    element('kind', { text }, kind?.kind ?? 'other'),
    chord.bass ? plain('bass', noteParts('bass', chord.bass)) : undefined,
    ...own.filter((interval) => kind && !kind.intervals.includes(interval)).map(degree),
    place,
  ]);
}

function noteParts(part: 'root' | 'bass', name: string): (string | undefined)[] {
  const { letter, alt } = Note.get(name);
  return [plain(`${part}-step`, letter), alt === 0 ? undefined : plain(`${part}-alter`, alt)];
}

/** An added degree; its alteration counts from the major or perfect interval, for the seventh from the minor. */
function degree(interval: string): string {
  const { num, alt } = Interval.get(interval);
  // The kind's text shows the whole symbol already.
  return element('degree', { 'print-object': 'no' }, [
    plain('degree-value', num),
    plain('degree-alter', num === 7 ? alt + 1 : alt),
    plain('degree-type', 'add'),
  ]);
}
