import { createHash } from 'node:crypto';
import { v7 as uuidV7 } from 'uuid';
import type { Location } from './object-store';

const LOCATION = /^[0-9a-f]{32}\/[0-9a-f]{2}\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A place that was never used, in the owner's folder. Neither owner nor key enters a path. */
export function newLocation(owner: string): Location {
  const folder = createHash('sha256').update(owner).digest('hex').slice(0, 32);
  const id = uuidV7();
  // The last two digits are random: folders fill evenly.
  return `${folder}/${id.slice(-2)}/${id}`;
}

export function isLocation(text: string): boolean {
  return LOCATION.test(text);
}
