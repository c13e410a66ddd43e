import type { Request } from 'express';

/** The path that was asked for, without its query: who put a token there has not told it everyone who sees the answer. */
export function askedPath({ originalUrl }: Request): string {
  return originalUrl.split('?')[0] ?? '';
}
