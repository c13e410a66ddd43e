import { RevisionRequest } from '@beatbot/contracts/music/v1/job';
import { checkInstruction } from '@beatbot/music';

/** Whether a request that was checked asks for an undo, as an edit or in words. */
export function asksForUndo({ edits, instruction }: RevisionRequest): boolean {
  return edits.some(({ undo }) => undo) || (instruction !== '' && checkInstruction(instruction) === 'undo');
}
