import { DomainError } from '@beatbot/service-kit';

/** A message that the contract promises in an answer. */
export function present<T>(message: T | null | undefined, name: string): T {
  if (message === null || message === undefined) throw new DomainError('INTERNAL', `the answer has no ${name}`);
  return message;
}
