import { DomainError } from '@beatbot/service-kit';

export function songNotFound(songId: string): DomainError {
  return new DomainError('NOT_FOUND', `song ${songId} does not exist`, { metadata: { song_id: songId } });
}

/** `number` is 0 where the newest was asked for and none exists. */
export function revisionNotFound(songId: string, number: number): DomainError {
  const which = number === 0 ? `song ${songId} has no revision yet` : `song ${songId} has no revision ${number}`;
  return new DomainError('NOT_FOUND', which, { metadata: { song_id: songId, revision: String(number) } });
}
