import { DomainError } from '@beatbot/service-kit';

const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);
/** ENOENT and EXDEV where a folder that was there a moment ago is another one now: those who expect them look before. */
const AWAY = new Set([
  ...['EROFS', 'EACCES', 'EPERM', 'EIO', 'ENOTDIR', 'ESTALE', 'EMFILE', 'ENFILE', 'ENODEV'],
  ...['ENOENT', 'EXDEV'],
]);

/** The code of a system error; empty for any other. */
export function errorCode(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : '';
}

/** What a caller learns of a failure of the file system; other errors stay as they are. */
export function toFileSystemDomainError(error: unknown): unknown {
  if (error instanceof DomainError) return error;
  const code = errorCode(error);
  if (FULL.has(code)) {
    return new DomainError('RESOURCE_EXHAUSTED', `the object store has no space left (${code})`, {
      retryAfterMs: 60_000,
      cause: error,
    });
  }
  if (AWAY.has(code)) {
    return new DomainError('UNAVAILABLE', `the object store cannot be used (${code})`, {
      retryAfterMs: 5000,
      cause: error,
    });
  }
  return error;
}
