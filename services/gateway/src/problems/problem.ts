import { STATUS_CODES } from 'node:http';
import { z } from 'zod';
import { zodDto } from '../validation/zod-dto';
import type { DomainError } from '@beatbot/service-kit';

export const PROBLEM_TYPE = 'application/problem+json';

const problemSchema = z
  .object({
    type: z.literal('about:blank'),
    title: z.string().describe('The HTTP status in words'),
    status: z.int(),
    detail: z.string().describe('What went wrong, for people'),
    instance: z.string().describe('What was asked for'),
    reason: z
      .string()
      .describe('What went wrong, for machines; stable: NOT_FOUND, INVALID_ARGUMENT, RATE_LIMITED, ...'),
    requestId: z.string(),
    errors: z
      .array(z.object({ field: z.string(), value: z.unknown().optional(), allowed: z.string() }))
      .describe('Each part of the request that cannot be used, the value it had, and what is allowed'),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem details' });

export class ProblemDto extends zodDto(problemSchema) {}

export type Problem = z.infer<typeof problemSchema>;

/** The document that tells a client of an error. */
export function problemOf(error: DomainError, instance: string, requestId: string): Problem {
  // What a service answered, and only that, has a cause; its fields are named as the contracts name them.
  const nameOf = error.cause === undefined ? (field: string) => field : restName;
  const errors = error.fields.map((violation) => ({ ...violation, field: nameOf(violation.field) }));
  const detail = error.fields.reduce((text, { field }) => text.replace(field, nameOf(field)), error.message);
  return {
    type: 'about:blank',
    title: STATUS_CODES[error.httpStatus] ?? 'Error',
    status: error.httpStatus,
    detail,
    instance,
    reason: error.reason,
    requestId,
    errors,
  };
}

/** `page_token` is pageToken here. */
function restName(field: string): string {
  return field.replace(/(?<=[a-z\d])_([a-z])/g, (_all, letter: string) => letter.toUpperCase());
}

/** Whole seconds to wait before the next try, where the error tells or its reason implies that one makes sense. */
export function retryAfterSeconds(error: DomainError): number | undefined {
  if (error.retryAfterMs !== undefined) return Math.max(1, Math.ceil(error.retryAfterMs / 1000));
  return error.httpStatus === 429 || error.httpStatus === 503 ? DEFAULT_RETRY_AFTER_SECONDS : undefined;
}

const DEFAULT_RETRY_AFTER_SECONDS = 2;
