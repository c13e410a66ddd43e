import { randomUUID } from 'node:crypto';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { invalidArgument } from '@beatbot/service-kit';
import type { Request } from 'express';

export const IDEMPOTENCY_KEY = 'Idempotency-Key';
const PATTERN = /^[\x21-\x7e]{1,128}$/;

/** The key under which a POST takes effect once, however often it is sent. A request without one gets a key of its own. */
export const IdempotencyKey = createParamDecorator((_data: unknown, context: ExecutionContext): string =>
  readIdempotencyKey(context.switchToHttp().getRequest<Request>()),
);

/** @throws DomainError INVALID_ARGUMENT for a key that is not 1 to 128 visible ASCII characters */
export function readIdempotencyKey(request: Request): string {
  const key = request.header(IDEMPOTENCY_KEY);
  if (key === undefined) return randomUUID();
  if (!PATTERN.test(key))
    throw invalidArgument(IDEMPOTENCY_KEY, key, '1 to 128 visible ASCII characters, without blanks');
  return key;
}

/** How the OpenAPI document tells of the header. */
export const idempotencyHeader = {
  [IDEMPOTENCY_KEY]: {
    description:
      'Same key and request: same answer, and nothing is made twice. Another request under the same key: 409.',
    schema: { type: 'string', minLength: 1, maxLength: 128, pattern: PATTERN.source },
  },
};
