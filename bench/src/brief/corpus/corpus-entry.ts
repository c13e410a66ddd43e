/**
 * The brief that a musician writes down for a prompt. What is left out was not said: no such field may count as stated.
 * It speaks of what holds whatever styles the catalogue has, so genres go by their names.
 */
export interface WrittenBrief {
  /** The genre by its usual name; the style that bears it in the catalogue, or else the one that stands in for it. */
  style?: string;
  /** `D minor`, `D` where the mode is open, `minor` where the tonic is. */
  key?: string;
  /** Quarter notes per minute. */
  bpm?: number;
  /** `6/8`. */
  meter?: string;
  /** Percent of the beat. */
  swing?: number;
  bars?: number;
  /** The whole form: `intro 4, verse 8`, or `intro verse` where lengths are open. */
  form?: string;
  /** Sections that must be among those of the form: `bridge`, `intro 4`. */
  has?: readonly string[];
  /** Sections that must not be. */
  hasNo?: readonly string[];
  /** All instruments, in any order: `flute`, `flute lead`, or `* bass` where the style chooses the instrument. One without a role may play in several. */
  inst?: readonly string[];
  /** Roles and instruments that must be ruled out; others may be too. */
  no?: readonly string[];
  /** Roman numerals or chord symbols, one a bar. */
  prog?: string;
  /**
   * What single sections are asked for, all of it: `bridge meter 3/4`, `chorus-last key E major`, `chorus bpm 180`,
   * `intro silent drums`, `verse-2 playing drums`, `drop only drums bass`. A number counts the sections of a kind, none
   * means all of them; several instruments may be among others.
   */
  parts?: readonly string[];
  title?: string;
  seed?: number;
  loop?: true;
  /** Some of the moods. */
  mood?: readonly string[];
  /** Intensity, 0 to 100. */
  energy?: number;
  /** Fields that the brief must name as contradictory or impossible. */
  named?: readonly string[];
  /** What no musician can turn into a demand, in order; nothing where left out. */
  lost?: readonly string[];
  /** Fields on which musicians may differ, or which hang on the styles there are: not judged. */
  open?: readonly string[];
}

export type CorpusEntry = readonly [prompt: string, brief: WrittenBrief];
