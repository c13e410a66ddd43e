import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { claimFolder } from './claim-folder';
import { temporaryFolder } from './temporary-folder';

describe('claimFolder', () => {
  let folder: string;
  beforeEach(() => {
    folder = temporaryFolder('claim');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('refuses a folder that a running BeatBot has, until it is given back', () => {
    const release = claimFolder(folder);
    expect(() => claimFolder(folder)).toThrow(
      `${folder} belongs to a BeatBot that runs (process ${process.pid}); stop it, or choose another folder with --data or BEATBOT_DATA`,
    );
    release();
    expect(existsSync(join(folder, 'stack.pid'))).toBe(false);
    claimFolder(folder)();
  });

  it.each([
    ['a process that is gone', () => String(spawnSync(process.execPath, ['-e', '']).pid)],
    ['nobody', () => ''],
  ])('takes over what %s left claimed', (_who, pid) => {
    writeFileSync(join(folder, 'stack.pid'), pid());
    claimFolder(folder)();
    expect(existsSync(join(folder, 'stack.pid'))).toBe(false);
  });
});
