import { InputError } from '../input-error';
import { applyEdits } from '../edits/apply-edits';
import { MAX_EDITS, type Edit, parseEdits } from '../edits/edit';
import type { SongState } from '../edits/song-state';
import type { Clause } from './intent';
import { readClauses } from './read-clauses';
import { toEdits, type Mentioned } from './to-edits';

/** Longest instruction, in UTF-16 code units. */
export const MAX_INSTRUCTION_CHARACTERS = 4000;

/** What a sentence can ask for, for people. */
export const INSTRUCTION_HELP =
  'what to change, such as "transpose up a tone", "slower", "in G minor", "in 3/4", "make it reggae", "add strings in the bridge", ' +
  '"drop the drums in bars 9-12", "swap the piano for a Rhodes", "make the second chorus bigger", "new melody in the verse", ' +
  '"repeat the last chorus", "extend the intro to 8 bars", "bass louder", "fade out", "call it Night Bus" or "undo"';

/** What became of an instruction. */
export interface Followed {
  state: SongState;
  /** What was done, in order; with these edits the same song comes of it. */
  edits: Edit[];
  /** Clauses that no rule understood. */
  notUnderstood: string[];
  /** Clauses that were understood and cannot be done, with the reason. */
  notDone: string[];
}

/**
 * Whether an instruction says something that can be understood, before a song is at hand: `undo`, `edits`, or neither.
 * @throws InputError (field `instruction`) for an instruction that is blank, too long, or understood in no part, with what
 * is possible.
 */
export function checkInstruction(instruction: string): 'undo' | 'edits' {
  if (instruction.trim() === '' || instruction.length > MAX_INSTRUCTION_CHARACTERS) {
    throw new InputError(
      'instruction',
      instruction,
      `1 to ${MAX_INSTRUCTION_CHARACTERS} characters that say ${INSTRUCTION_HELP}`,
    );
  }
  const understood = readClauses(instruction).filter(({ intent }) => intent !== undefined);
  if (understood.length === 0) throw new InputError('instruction', instruction, INSTRUCTION_HELP);
  const undoes = understood.filter(({ intent }) => intent?.kind === 'undo');
  if (undoes.length > 0 && undoes.length < understood.length) {
    throw new InputError('instruction', instruction, '"undo" by itself, or other changes without it');
  }
  return undoes.length > 0 ? 'undo' : 'edits';
}

/**
 * Does what an instruction says, clause by clause, each to what the one before left. Pure, as `applyEdits` is. What was not
 * understood or cannot be done is named and left out.
 * @throws InputError (field `instruction`) where nothing of it can be done, or it asks for an undo, which is for those who
 * keep the revisions.
 */
export function followInstruction(state: SongState, instruction: string): Followed {
  if (checkInstruction(instruction) === 'undo') {
    throw new InputError('instruction', instruction, 'an undo where the revisions are kept');
  }
  const followed: Followed = { state, edits: [], notUnderstood: [], notDone: [] };
  let mentioned: Mentioned = {};
  for (const clause of readClauses(instruction)) {
    if (!clause.intent) followed.notUnderstood.push(clause.text);
    else follow(followed, clause, mentioned);
    mentioned = mentionedIn(clause, mentioned);
  }
  if (followed.edits.length === 0) throw new InputError('instruction', instruction, followed.notDone.join('; '));
  return followed;
}

function follow(followed: Followed, clause: Clause, mentioned: Mentioned): void {
  try {
    const edits = parseEdits(toEdits(followed.state, clause, mentioned));
    if (followed.edits.length + edits.length > MAX_EDITS)
      throw new InputError('instruction', clause.text, `at most ${MAX_EDITS} edits at once`);
    followed.state = applyEdits(followed.state, edits);
    followed.edits.push(...edits);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    followed.notDone.push(`"${clause.text}": ${error.allowed}`);
  }
}

function mentionedIn({ intent, scope }: Clause, before: Mentioned): Mentioned {
  if (!intent) return before;
  const tracks = 'tracks' in intent ? intent.tracks : undefined;
  const places = 'places' in intent && intent.places ? intent.places : scope.length > 0 ? scope : undefined;
  return tracks || places ? { tracks, places } : before;
}
