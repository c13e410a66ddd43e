import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DomainError } from '@beatbot/service-kit';
import { errorCode } from './file-system-error';

const MARK = '.beatbot-objects';
const TEXT = 'BeatBot keeps objects here. While this file is missing, nothing is written to the folder.\n';

/** A file that tells the folder of the objects from the bare mount point that stands in its place while a volume is away. */
export class FolderMark {
  constructor(
    private readonly root: string,
    /** True while no object was ever stored: then any folder, or none, is the one to be used. What it holds tells nothing: who
     * was writing while the volume left has put a folder, or a file, onto the bare mount point. */
    private readonly mayBeNew: () => Promise<boolean>,
  ) {}

  /**
   * Marks the folder where it is new.
   * @throws DomainError UNAVAILABLE while the folder is another one than objects were stored in
   */
  async assertThere(): Promise<void> {
    if (await exists(join(this.root, MARK))) return;
    if (await this.mayBeNew()) {
      await mkdir(this.root, { recursive: true });
      await writeFile(join(this.root, MARK), TEXT);
      return;
    }
    throw folderIsAway();
  }

  /** The same for a folder that was there a moment ago. */
  async assertStillThere(): Promise<void> {
    if (!(await exists(join(this.root, MARK)))) throw folderIsAway();
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
}

function folderIsAway(): DomainError {
  const message = 'the object store cannot be used: its folder is not the one that objects were stored in';
  return new DomainError('UNAVAILABLE', message, { retryAfterMs: 5000 });
}
