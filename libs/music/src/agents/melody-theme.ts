import type { RandomStream } from '../random/random-stream';
import type { Style } from '../styles/style';
import type { Figure } from './grid-events';
import { choosePart, partsFor, type PartUse } from './choose-part';

/** A rhythm of one bar (`x` begins a note, `-` holds, `.` rests) with a scale degree for each note, relative to the bar's first chord tone. */
export interface MotifBar extends Figure {
  degrees: number[];
}

/** How one bar of a phrase uses the theme. */
export type PhraseBar = { use: 'motif'; index: number; shift: number } | { use: 'rest' } | { use: 'close' };

/** The musical idea of one kind of section: a motif, how phrases of four bars are made of it, and how they close. */
export interface Theme {
  motif: MotifBar[];
  /** The phrase that asks and the one that answers. */
  phrases: [PhraseBar[], PhraseBar[]];
  close: MotifBar;
  /** How far the line stands above its usual place in each bar of a phrase, in semitones. */
  arc: readonly number[];
}

/** Rise and return, late climax, descent, early climax. */
const ARCS: readonly (readonly number[])[] = [
  [0, 3, 4, 0],
  [-1, 0, 5, 2],
  [4, 2, 0, -3],
  [0, 5, 2, -1],
];

/** Invents a theme in a style's habits. */
export function makeTheme(style: Style, use: PartUse, random: RandomStream): Theme {
  const { melody } = style;
  const { bars } = random.pickWeighted(melody.motifBars, ({ weight }) => weight);
  const choose = () => choosePart(melody.cells, use, random);
  const cell = choose();
  const motif = [motifBar(style, cell, random)];
  if (bars === 2) {
    const other = choose();
    motif.push(motifBar(style, other.cell === cell.cell ? choose() : other, random));
  }
  const close = motifBar(style, random.pick(partsFor(melody.closes, use)), random);
  return { motif, close, arc: random.pick(ARCS), phrases: phrasePair(motif.length, melody.restPercent, random) };
}

/** Question and answer begin alike: the answer's middle is shifted or thinned, and both close. */
function phrasePair(motifBars: number, restPercent: number, random: RandomStream): [PhraseBar[], PhraseBar[]] {
  const at = (index: number, shift: number): PhraseBar => ({ use: 'motif', index: index % motifBars, shift });
  const shift = random.pick([1, -1, 2, -2]);
  const second: PhraseBar = motifBars === 1 && random.chance(50) ? at(0, shift) : at(1, 0);
  const breath = random.chance(restPercent);
  const third = random.chance(restPercent) && !breath ? ({ use: 'rest' } as const) : at(0, random.pick([0, shift]));
  const question: PhraseBar[] = [at(0, 0), breath ? { use: 'rest' } : second, third, { use: 'close' }];
  const answer: PhraseBar[] = [at(0, 0), second, at(0, -shift), { use: 'close' }];
  return [question, answer];
}

function motifBar(style: Style, { cell, meter }: Style['melody']['cells'][number], random: RandomStream): MotifBar {
  const { intervals } = style.melody;
  const moves = [
    { sizes: [0], weight: intervals.repeat },
    { sizes: [1], weight: intervals.step },
    { sizes: [2], weight: intervals.third },
    { sizes: [3, 4], weight: intervals.leap },
  ];
  const notes = [...cell].filter((sign) => sign === 'x').length;
  const degrees = [random.pick([0, 0, 0, 2, -1])];
  let direction = random.chance(55) ? 1 : -1;
  let repeated = 0;
  for (let index = 1; index < notes; index++) {
    const before = degrees[index - 1] ?? 0;
    let size = random.pick(random.pickWeighted(moves, ({ weight }) => weight).sizes);
    repeated = size === 0 ? repeated + 1 : 0;
    if (repeated > 1) [size, repeated] = [1, 0];
    // A line turns at its edges, often after two or three notes, and always after a leap.
    if (Math.abs(before + direction * size) > 4 || random.chance(28)) direction = -direction;
    degrees.push(Math.max(-5, Math.min(6, before + direction * size)));
    if (size >= 3) direction = -direction;
  }
  return { grid: cell, meter, degrees };
}
