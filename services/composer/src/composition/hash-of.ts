import { createHash } from 'node:crypto';
import { COMPOSER_VERSION } from '@beatbot/music';

/** SHA-256, in hexadecimal, of a JSON value and the composer's version: the key of what is made from it. */
export function hashOf(value: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify([COMPOSER_VERSION, value]))
    .digest('hex');
}
