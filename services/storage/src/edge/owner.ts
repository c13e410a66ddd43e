import { type CallContext, OWNER_KEY, invalidArgument } from '@beatbot/service-kit';

const OWNER = /^[\x21-\x7e]{1,200}$/;

/** @throws DomainError INVALID_ARGUMENT when the call names no owner, or one that cannot be */
export function ownerOf(context: CallContext): string {
  const owner = context.ownerIfAny;
  if (owner === undefined || !OWNER.test(owner)) {
    throw invalidArgument(OWNER_KEY, owner ?? '', '1 to 200 printable ASCII characters, in the metadata of the call');
  }
  return owner;
}
