import { createHash, randomBytes } from 'node:crypto';

/** Tells our keys from tokens, and lets scanners find those that were published by mistake. */
const PREFIX = 'bbk_';
const PATTERN = /^bbk_[\w-]{43}$/;
const HINT_LENGTH = 8;

/** A new secret of 256 random bits. */
export function newKeySecret(): string {
  return PREFIX + randomBytes(32).toString('base64url');
}

/** Whether a text could be the secret of a key. */
export function isKeySecret(text: string): boolean {
  return PATTERN.test(text);
}

/** What storage keeps of a secret: its SHA-256, and how it begins. */
export function keptOf(secret: string): { sha256: string; hint: string } {
  return { sha256: sha256Of(secret), hint: secret.slice(0, HINT_LENGTH) };
}

/** 64 hexadecimal digits in lower case. */
export function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
