import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Version of this package; its package.json stands two folders above both src/cli and dist/cli. */
export const VERSION = (JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8')) as { version: string })
  .version;
