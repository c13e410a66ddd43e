import { Revision } from '@beatbot/contracts/music/v1/song';
import { DomainError } from '@beatbot/service-kit';

/** Reads a revision of the song at hand. */
export type ReadRevision = (number: number) => Promise<Revision>;

/**
 * The revision that comes back when the changes of another one are undone: the one it was made from. An undo stands for
 * the revision it brought back, so that undoing once more goes one further back.
 * @throws DomainError INVALID_ARGUMENT where there is nothing before
 */
export function findUndone(revision: Revision, read: ReadRevision): Promise<Revision> {
  const known = new Map<number, Promise<Revision>>();
  const before = (of: Revision): Promise<Revision> => {
    const found = known.get(of.number) ?? search(of);
    known.set(of.number, found);
    return found;
  };
  const search = async (of: Revision): Promise<Revision> => {
    if (of.baseRevision === 0) {
      const allowed = 'a song that was changed';
      throw new DomainError('INVALID_ARGUMENT', `revision ${of.number} is the first: there is nothing to undo`, {
        fields: [{ field: 'base_revision', value: revision.number, allowed }],
      });
    }
    const base = await read(of.baseRevision);
    return of.edits.some(({ undo }) => undo) ? before(await before(base)) : base;
  };
  return before(revision);
}
