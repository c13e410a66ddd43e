import type { Edit } from '@beatbot/contracts/music/v1/edit';
import type { Revision } from '@beatbot/contracts/music/v1/song';
import { findUndone } from './find-undone';

const EDIT: Edit = { transpose: { semitones: 1 } };
const UNDO: Edit = { undo: {} };

/** A song's revisions: number and base, and whether it is an undo. */
function song(...bases: [base: number, edit?: Edit][]): Revision[] {
  return bases.map(([baseRevision, edit], index) => ({
    songId: 's',
    number: index + 1,
    baseRevision,
    jobId: '',
    scoreKey: '',
    scoreHash: '',
    brief: undefined,
    plan: undefined,
    receipt: undefined,
    edits: edit ? [edit] : [],
    trackHashes: {},
    sectionHashes: {},
    durationMs: 0,
    assets: [],
    createTime: undefined,
  }));
}

async function undone(revisions: Revision[], number: number): Promise<number> {
  let reads = 0;
  const read = (asked: number) => {
    reads += 1;
    expect(reads).toBeLessThan(2 * revisions.length);
    const found = revisions.find((each) => each.number === asked);
    return found ? Promise.resolve(found) : Promise.reject(new Error(`no revision ${asked}`));
  };
  const revision = revisions.find((each) => each.number === number);
  if (!revision) throw new Error(`no revision ${number}`);
  return (await findUndone(revision, read)).number;
}

describe('findUndone', () => {
  it('brings back what a revision was made from', async () => {
    expect(await undone(song([0], [1, EDIT], [2, EDIT]), 3)).toBe(2);
    expect(await undone(song([0], [1, EDIT], [1, EDIT]), 3)).toBe(1);
  });

  it('goes one further back with each undo', async () => {
    const revisions = song([0], [1, EDIT], [2, EDIT], [3, EDIT], [4, UNDO], [5, UNDO]);
    expect(await undone(revisions, 4)).toBe(3);
    expect(await undone(revisions, 5)).toBe(2);
    expect(await undone(revisions, 6)).toBe(1);
  });

  it('undoes an edit of an undone song like any other', async () => {
    expect(await undone(song([0], [1, EDIT], [2, UNDO], [3, EDIT]), 4)).toBe(3);
  });

  it('reads each revision of a long chain of undos about once', async () => {
    const edits = Array.from({ length: 40 }, (_, index): [number, Edit] => [index + 1, EDIT]);
    const undos = Array.from({ length: 39 }, (_, index): [number, Edit] => [index + 41, UNDO]);
    expect(await undone(song([0], ...edits, ...undos), 80)).toBe(1);
  });

  it.each([
    ['the first revision', song([0]), 1],
    ['an undo back to the first', song([0], [1, EDIT], [2, UNDO]), 3],
  ])('has nothing to undo in %s', async (_, revisions, number) => {
    await expect(undone(revisions, number)).rejects.toMatchObject({
      reason: 'INVALID_ARGUMENT',
      fields: [{ field: 'base_revision', value: number }],
    });
  });
});
