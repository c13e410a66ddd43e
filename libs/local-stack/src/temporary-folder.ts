import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A new folder for a test's servers, which a PostgreSQL that runs as another user may enter too. */
export function temporaryFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `beatbot-${name}-`));
  chmodSync(folder, 0o711);
  return folder;
}
