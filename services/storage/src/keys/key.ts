import type { apiKeys } from '../database/schema';

/** What a key allows, from the least to the most. */
export const KEY_SCOPES = ['read', 'write', 'admin'] as const;
export type KeyScope = (typeof KEY_SCOPES)[number];

export type ApiKey = typeof apiKeys.$inferSelect;

/** A secret, as far as storage learns of it: its SHA-256 in hexadecimal digits, and how it begins. */
export interface KeySecret {
  sha256: string;
  hint: string;
}
