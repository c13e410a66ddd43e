import type { CorpusEntry } from './corpus-entry';
import { HARMONY } from './harmony';
import { INSTRUMENTATION } from './instruments';
import { KEYS } from './keys';
import { LATER } from './later';
import { LISTS } from './lists';
import { MIXED } from './mixed';
import { ONE_WORD } from './one-word';
import { PROSE } from './prose';
import { SECTIONS } from './sections';
import { SLANG } from './slang';
import { TIME } from './time';
import { TYPOS } from './typos';

/** Prompts in many manners, each with the brief that a musician writes down for it; by manner. */
export const CORPUS: Readonly<Record<string, readonly CorpusEntry[]>> = {
  'one word': ONE_WORD,
  slang: SLANG,
  prose: PROSE,
  lists: LISTS,
  keys: KEYS,
  time: TIME,
  harmony: HARMONY,
  sections: SECTIONS,
  instruments: INSTRUMENTATION,
  typos: TYPOS,
  mixed: MIXED,
  later: LATER,
};
