import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';

describe('the committed kernels', () => {
  it('are what their sources compile to', () => {
    execFileSync(process.execPath, [resolve(__dirname, '../assembly/build.mjs'), '--check'], { stdio: 'pipe' });
  }, 120_000);
});
