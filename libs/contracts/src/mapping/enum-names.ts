import { FEELS, MODES, PROVENANCES, ROLES } from '@beatbot/music';
import { Provenance } from '../generated/beatbot/music/v1/brief';
import { Feel } from '../generated/beatbot/music/v1/edit';
import { Mode, Role } from '../generated/beatbot/music/v1/score';

/** Maps between the words of the music model (`dorian`) and the names of an enum of the contracts (`MODE_DORIAN`). */
export interface EnumNames<Word extends string, Name extends string> {
  /** The enum's name for a word. */
  toMessage(word: Word): Name;
  /** The word for an enum's name; throws a RangeError for a name without one, such as `..._UNSPECIFIED`. */
  fromMessage(name: Name): Word;
}

/** Pairs each word with the enum name that is its upper case behind `prefix`. */
export function enumNames<Word extends string, Name extends string>(
  prefix: string,
  words: readonly Word[],
): EnumNames<Word, Name> {
  const nameOf = (word: string) => `${prefix}_${word.toUpperCase().replaceAll('-', '_')}`;
  const wordOf = new Map(words.map((word) => [nameOf(word), word]));
  return {
    toMessage: (word) => nameOf(word) as Name,
    fromMessage(name) {
      const word = wordOf.get(name);
      if (word === undefined) throw new RangeError(`${name} is not one of ${[...wordOf.keys()].join(', ')}`);
      return word;
    },
  };
}

export const modeNames = enumNames<(typeof MODES)[number], Mode>('MODE', MODES);
export const roleNames = enumNames<(typeof ROLES)[number], Role>('ROLE', ROLES);
export const provenanceNames = enumNames<(typeof PROVENANCES)[number], Provenance>('PROVENANCE', PROVENANCES);
export const feelNames = enumNames<(typeof FEELS)[number], Feel>('FEEL', FEELS);
