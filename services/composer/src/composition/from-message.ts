import { DomainError } from '@beatbot/service-kit';

/** Maps a message; what the mapping misses or does not know becomes INVALID_ARGUMENT that names it. */
export function fromMessage<Message, T>(
  name: string,
  message: Message | null | undefined,
  map: (message: Message) => T,
): T {
  if (message === null || message === undefined) throw refused(name, 'must be given');
  try {
    return map(message);
  } catch (error) {
    if (error instanceof RangeError) throw refused(name, error.message);
    throw error;
  }
}

function refused(field: string, allowed: string): DomainError {
  return new DomainError('INVALID_ARGUMENT', `${field}: ${allowed}`, { fields: [{ field, allowed }] });
}
