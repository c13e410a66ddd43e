import {
  importedScore,
  MAX_IMPORT_BYTES,
  MAX_IMPORT_NOTES,
  type Import,
  type ImportedTrack,
} from '../imports/imported-score';
import { symbolsToChords, type TimedSymbol } from '../imports/symbols-to-chords';
import { InputError } from '../input-error';
import { INSTRUMENTS } from '../instruments/instrument';
import { majorTonic, minorTonic } from '../score/key-signature-tonics';
import { MODES, PPQ, type Key, type KeyChange, type Meter, type Mode, type Note, type Tempo } from '../score/score';
import { barLengthTicks } from '../score/timeline';
import { child, childrenOf, numberAt, readXml, textAt, type XmlNode } from './xml-tree';

/** Velocity of a note whose dynamics the file does not give, as MusicXML has it: 90 is forte. */
const FORTE = 90;
const USUAL_VELOCITY = 80;
const STEP_CLASSES: Readonly<Record<string, number>> = { C: 0, D: 2, E: 4, F: 5, G: 7, A: 9, B: 11 };
const DRUM_CHANNEL = 10;
/** Suffixes of chord symbols by MusicXML's kinds, for files that give no text. */
const SUFFIXES: Readonly<Record<string, string>> = {
  major: '', minor: 'm', augmented: 'aug', diminished: 'dim', dominant: '7', 'major-seventh': 'maj7', 'minor-seventh': 'm7',
  'diminished-seventh': 'dim7', 'augmented-seventh': 'aug7', 'half-diminished': 'm7b5', 'major-minor': 'mMaj7',
  'major-sixth': '6', 'minor-sixth': 'm6', 'dominant-ninth': '9', 'major-ninth': 'maj9', 'minor-ninth': 'm9',
  'dominant-11th': '11', 'minor-11th': 'm11', 'dominant-13th': '13', 'major-13th': 'maj13', 'minor-13th': 'm13',
  'suspended-second': 'sus2', 'suspended-fourth': 'sus4', power: '5',
}; // prettier-ignore

/** What the parts of a score have in common. */
interface Found {
  tempos: Tempo[];
  meters: Meter[];
  keys: KeyChange[];
  marks: { tick: number; name: string }[];
  symbols: TimedSymbol[];
  remarks: Set<string>;
  notes: number;
}

/**
 * A MusicXML document (partwise, 3.1 or 4.0) as a Score: a track for each part, sounding pitches, ties joined, rehearsal
 * marks as sections, chord symbols as chords. A first bar that is not full is a pick-up and stands at the end of its bar;
 * repeats are played once, grace notes are left out, and both are remarked upon.
 * @throws InputError, with the line as field (`musicxml line 12`), for what is not well-formed, not partwise, or not music
 * that fits its bars; and for more than is read. Entities and DTDs are not read.
 */
export function readMusicXml(source: string | Uint8Array): Import {
  const size = source.length;
  if (size > MAX_IMPORT_BYTES) throw new InputError('musicxml', `${size} bytes`, `at most ${MAX_IMPORT_BYTES} bytes`);
  const root = readXml(typeof source === 'string' ? source : new TextDecoder().decode(source));
  if (root.name !== 'score-partwise')
    throw new InputError(`musicxml line ${root.line}`, root.name, 'score-partwise as root element');
  const found: Found = { tempos: [], meters: [], keys: [], marks: [], symbols: [], remarks: new Set(), notes: 0 };
  const declared = new Map(
    childrenOf(child(root, 'part-list'), 'score-part').map((part) => [part.attributes['id'] ?? '', part]),
  );
  const parts = childrenOf(root, 'part').map((part, index) =>
    readPart(part, declared.get(part.attributes['id'] ?? ''), found, index === 0),
  );
  const { remarks, symbols, ...common } = found;
  const end = Math.max(0, ...parts.map(({ endTick }) => endTick));
  const imported = importedScore('musicxml', {
    title: textAt(root, 'work', 'work-title') ?? textAt(root, 'movement-title') ?? '',
    ...common,
    chords: symbolsToChords(symbols, common.keys, end),
    tracks: parts.map(({ track }) => track),
    endTick: end,
  });
  return { score: imported.score, remarks: [...remarks, ...imported.remarks] };
}

function readPart(part: XmlNode, declared: XmlNode | undefined, found: Found, first: boolean) {
  const state = new PartState(found, first, drumKeys(declared));
  for (const [index, measure] of childrenOf(part, 'measure').entries()) state.read(measure, index);
  const track: ImportedTrack = {
    name: textAt(declared, 'part-name'),
    instrument: instrumentOf(declared, state.unpitched),
    notes: state.notes,
    controls: [],
  };
  return { track, endTick: state.barStart };
}

/** Percussion keys by the ids of a part's instruments. */
function drumKeys(declared: XmlNode | undefined): Map<string, number> {
  return new Map(
    childrenOf(declared, 'midi-instrument').flatMap((each) => {
      const key = numberAt(each, ['midi-unpitched'], 1, 128);
      return key === undefined ? [] : [[each.attributes['id'] ?? '', key - 1] as const];
    }),
  );
}

function instrumentOf(declared: XmlNode | undefined, unpitched: boolean): string {
  const midi = child(declared, 'midi-instrument');
  const isDrumKit = unpitched || numberAt(midi, ['midi-channel'], 1, 16) === DRUM_CHANNEL;
  const program = (numberAt(midi, ['midi-program'], 1, 128) ?? 1) - 1;
  const asked = INSTRUMENTS.find((entry) => entry.isDrumKit === isDrumKit && entry.program === program);
  const names = [textAt(declared, 'part-name'), textAt(declared, 'score-instrument', 'instrument-name')];
  const named = INSTRUMENTS.find(
    ({ name, isDrumKit: kit }) => kit === isDrumKit && names.some((each) => each?.toLowerCase() === name.toLowerCase()),
  );
  if (midi && asked) return asked.id;
  return named?.id ?? (isDrumKit ? 'standard-kit' : 'acoustic-grand-piano');
}

/** A part on the way through its bars; all times in ticks. */
class PartState {
  readonly notes: Note[] = [];
  unpitched = false;
  barStart = 0;
  private divisions = 1;
  private meter = { numerator: 4, denominator: 4 };
  private transposition = 0;
  private cursor = 0;
  private chordStart = 0;
  /** Notes that a tie goes on from, by pitch. */
  private readonly tied = new Map<number, Note>();

  constructor(
    private readonly found: Found,
    private readonly first: boolean,
    private readonly keys: ReadonlyMap<string, number>,
  ) {}

  read(measure: XmlNode, index: number): void {
    [this.cursor, this.chordStart] = [0, 0];
    let furthest = 0;
    const begun = this.notes.length;
    const symbolsBegun = this.found.symbols.length;
    for (const node of measure.children) {
      this.element(node);
      furthest = Math.max(furthest, this.cursor);
    }
    const length = barLengthTicks(this.meter);
    // Tuplets of odd divisions may come out a little long.
    if (furthest > length + 2)
      throw refused(measure, `${furthest / PPQ} quarter notes in a bar`, `at most ${length / PPQ}, as its meter has`);
    const shift = index === 0 && furthest > 0 && furthest < length ? length - furthest : 0;
    if (shift > 0) {
      for (const note of this.notes.slice(begun)) note.startTick += shift;
      for (const symbol of this.found.symbols.slice(symbolsBegun)) symbol.tick += shift;
    }
    this.barStart += length;
  }

  private element(node: XmlNode): void {
    switch (node.name) {
      case 'attributes':
        return this.attributes(node);
      case 'note':
        return this.note(node);
      case 'backup':
        this.cursor = Math.max(0, this.cursor - this.duration(node));
        return;
      case 'forward':
        this.cursor += this.duration(node);
        return;
      case 'direction':
        return this.direction(node);
      case 'sound':
        return this.sound(node, this.now());
      case 'harmony':
        return this.harmony(node);
      case 'barline':
        if (child(node, 'repeat')) this.found.remarks.add('repeats are played once');
        return;
      default:
        return;
    }
  }

  private now(): number {
    return this.barStart + this.cursor;
  }

  private duration(node: XmlNode): number {
    const divisions = numberAt(node, ['duration'], 0, 1_000_000);
    if (divisions === undefined) throw refused(node, node.name, `a duration in each ${node.name}`);
    return Math.round((divisions * PPQ) / this.divisions);
  }

  private attributes(node: XmlNode): void {
    this.divisions = numberAt(node, ['divisions'], 1, 1_000_000) ?? this.divisions;
    const transpose = child(node, 'transpose');
    if (transpose) {
      const chromatic = numberAt(transpose, ['chromatic'], -48, 48) ?? 0;
      this.transposition = chromatic + 12 * (numberAt(transpose, ['octave-change'], -4, 4) ?? 0);
    }
    const time = child(node, 'time');
    if (time && child(time, 'beats')) {
      const numerator = numberAt(time, ['beats'], 1, 32) ?? 4;
      const denominator = numberAt(time, ['beat-type'], 2, 16) ?? 4;
      if (![2, 4, 8, 16].includes(denominator)) throw refused(time, `beat-type ${denominator}`, '2, 4, 8 or 16');
      this.meter = { numerator, denominator };
      if (this.first) this.found.meters.push({ tick: this.barStart, ...this.meter });
    }
    const fifths = numberAt(child(node, 'key'), ['fifths'], -7, 7);
    // The key of a part that does not transpose is the song's.
    if (fifths !== undefined && this.transposition % 12 === 0) {
      const change = { tick: this.now(), ...keyOf(fifths, textAt(node, 'key', 'mode')) };
      if (!this.found.keys.some(({ tick }) => tick === change.tick)) this.found.keys.push(change);
    }
  }

  private note(node: XmlNode): void {
    if (child(node, 'grace')) return void this.found.remarks.add('grace notes are left out');
    const durationTicks = this.duration(node);
    const isChord = child(node, 'chord') !== undefined;
    const startTick = isChord ? this.chordStart : this.now();
    if (!isChord) {
      this.chordStart = startTick;
      this.cursor += durationTicks;
    }
    if (child(node, 'rest') || child(node, 'cue') || durationTicks === 0) return;
    if (++this.found.notes > MAX_IMPORT_NOTES)
      throw new InputError('musicxml', `more than ${MAX_IMPORT_NOTES} notes`, `at most ${MAX_IMPORT_NOTES} notes`);
    const pitch = this.pitchOf(node);
    const ties = new Set(childrenOf(node, 'tie').map(({ attributes }) => attributes['type']));
    const before = ties.has('stop') ? this.tied.get(pitch) : undefined;
    if (before && Math.abs(before.startTick + before.durationTicks - startTick) <= 2) {
      before.durationTicks = startTick + durationTicks - before.startTick;
      if (!ties.has('start')) this.tied.delete(pitch);
      return;
    }
    const loudness = Number(node.attributes['dynamics']);
    const velocity = loudness > 0 ? Math.round((loudness * FORTE) / 100) : USUAL_VELOCITY;
    const note = { startTick, durationTicks, pitch, velocity: Math.max(1, Math.min(127, velocity)) };
    this.notes.push(note);
    if (ties.has('start')) this.tied.set(pitch, note);
  }

  private pitchOf(node: XmlNode): number {
    const pitch = child(node, 'pitch');
    if (!pitch) {
      this.unpitched = true;
      const key = this.keys.get(child(node, 'instrument')?.attributes['id'] ?? '');
      // Without an instrument that says which, a snare.
      return key ?? 38;
    }
    const step = STEP_CLASSES[textAt(pitch, 'step') ?? ''];
    if (step === undefined) throw refused(pitch, `step ${textAt(pitch, 'step') ?? ''}`, 'a step from A to G');
    const octave = numberAt(pitch, ['octave'], 0, 9);
    if (octave === undefined) throw refused(pitch, 'no octave', 'an octave from 0 to 9');
    const alter = Math.round(numberAt(pitch, ['alter'], -3, 3) ?? 0);
    const sounding = 12 * (octave + 1) + step + alter + this.transposition;
    if (sounding < 0 || sounding > 127) throw refused(pitch, `pitch ${sounding}`, '0 to 127 as MIDI counts');
    return sounding;
  }

  private direction(node: XmlNode): void {
    const offset = Math.round(((numberAt(node, ['offset'], -1_000_000, 1_000_000) ?? 0) * PPQ) / this.divisions);
    const sound = child(node, 'sound');
    if (sound) this.sound(sound, Math.max(0, this.now() + offset));
    if (!this.first) return;
    for (const type of childrenOf(node, 'direction-type')) {
      const name = textAt(type, 'rehearsal');
      if (name) this.found.marks.push({ tick: this.barStart, name });
    }
  }

  private sound(node: XmlNode, tick: number): void {
    const text = node.attributes['tempo'];
    if (text === undefined || !this.first) return;
    const bpm = Number(text);
    if (!(bpm >= 20 && bpm <= 400)) throw refused(node, `tempo ${text.slice(0, 40)}`, '20 to 400 bpm');
    this.found.tempos.push({ tick, milliBpm: Math.round(bpm * 1000) });
  }

  private harmony(node: XmlNode): void {
    const root = noteName(child(node, 'root'), 'root');
    if (root === undefined) return;
    const kind = child(node, 'kind');
    const suffix = kind?.attributes['text'] ?? SUFFIXES[kind?.text.trim() ?? ''] ?? '';
    const bass = noteName(child(node, 'bass'), 'bass');
    const offset = ((numberAt(node, ['offset'], -1_000_000, 1_000_000) ?? 0) * PPQ) / this.divisions;
    const tick = Math.max(0, Math.round(this.now() + offset));
    this.found.symbols.push({ tick, symbol: `${root}${suffix}${bass === undefined ? '' : `/${bass}`}` });
  }
}

function noteName(node: XmlNode | undefined, part: 'root' | 'bass'): string | undefined {
  const step = textAt(node, `${part}-step`);
  if (node === undefined || step === undefined || !/^[A-G]$/.test(step)) return undefined;
  const alter = numberAt(node, [`${part}-alter`], -2, 2) ?? 0;
  return `${step}${(alter < 0 ? 'b' : '#').repeat(Math.abs(Math.round(alter)))}`;
}

function keyOf(fifths: number, mode: string | undefined): Key {
  const named: Mode = MODES.find((each) => each === mode) ?? 'major';
  if (named === 'minor') return { tonic: minorTonic(fifths), mode: named };
  // A church mode's tonic lies as many fifths from its signature's major tonic as its degree.
  const degree = { major: 0, minor: 3, dorian: 2, phrygian: 4, lydian: -1, mixolydian: 1, locrian: 5 }[named];
  return { tonic: majorTonic(fifths + degree), mode: named };
}

function refused(node: XmlNode, value: string, allowed: string): InputError {
  return new InputError(`musicxml line ${node.line}`, value, allowed);
}
