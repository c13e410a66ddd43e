import type { DomainError } from '@beatbot/service-kit';
import { validate as isUuid } from 'uuid';

const MAX_SHOWN = 100;

/**
 * The id of what a request is about.
 * @throws what `notFound` makes, where the value is no id at all: nothing bears it
 */
export function idOf(value: string, notFound: (id: string) => DomainError): string {
  if (!isUuid(value)) throw notFound(value.length > MAX_SHOWN ? `${value.slice(0, MAX_SHOWN)}...` : value);
  return value.toLowerCase();
}
