import { DomainError } from '@beatbot/service-kit';

/**
 * A message field that an answer must have.
 * @throws DomainError INTERNAL that names it where it is not there
 */
export function present<T>(value: T | null | undefined, field: string): T {
  if (value === null || value === undefined) throw new DomainError('INTERNAL', `an answer lacks ${field}`);
  return value;
}
