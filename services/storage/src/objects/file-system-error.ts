import { DomainError } from '@beatbot/service-kit';

const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);
const AWAY = new Set(['EROFS', 'EACCES', 'EPERM', 'EIO', 'ENOTDIR', 'ESTALE', 'EMFILE', 'ENFILE', 'ENODEV']);

/** What a caller learns of a failure of the file system; other errors stay as they are. */
export function toFileSystemDomainError(error: unknown): unknown {
  if (error instanceof DomainError || !(error instanceof Error) || !('code' in error)) return error;
  const code = String(error.code);
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
