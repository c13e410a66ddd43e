import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandOf, isAlive } from './stale-process';

/**
 * Claims a data folder for this process; what a process that is gone left claimed is taken over.
 * @returns gives the folder back
 * @throws where a running BeatBot has it: its servers would be ended as leftovers
 */
export function claimFolder(dataDir: string): () => void {
  const file = join(dataDir, 'stack.pid');
  for (;;) {
    try {
      writeFileSync(file, `${process.pid}\n`, { flag: 'wx' });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const pid = Number.parseInt(readFileSync(file, 'utf8'), 10);
    if (pid > 0 && isAlive(pid) && commandOf(pid).includes('node')) {
      throw new Error(
        `${dataDir} belongs to a BeatBot that runs (process ${pid}); stop it, or choose another folder with --data or BEATBOT_DATA`,
      );
    }
    rmSync(file, { force: true });
  }
}
