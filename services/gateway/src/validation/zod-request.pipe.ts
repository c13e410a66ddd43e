import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common';
import { DomainError, type FieldViolation, shortText } from '@beatbot/service-kit';
import type { z } from 'zod';
import { allowedText } from './allowed-text';
import { isZodDto } from './zod-dto';

const PLACES = { body: 'the body', query: 'the query', param: 'the path', custom: 'the request' } as const;
const MAX_SHOWN = 200;

/** Checks bodies, queries and path parameters whose type is a DTO made from a zod schema. */
@Injectable()
export class ZodRequestPipe implements PipeTransform {
  transform(value: unknown, { metatype, type }: ArgumentMetadata): unknown {
    // A body of no bytes says as much as an empty object.
    return isZodDto(metatype) ? parseRequest(metatype.schema, value === undefined ? {} : value, PLACES[type]) : value;
  }
}

/**
 * The value as the schema reads it.
 * @throws DomainError INVALID_ARGUMENT that lists each field with its value and what is allowed
 */
export function parseRequest<T>(schema: z.ZodType<T>, value: unknown, place: string): T {
  const result = schema.safeParse(value, { error: (issue) => allowedText(issue) });
  if (result.success) return result.data;
  const fields = result.error.issues.flatMap((issue) => violations(issue, value, place));
  const [first] = fields;
  const name = first?.field ? first.field : place;
  throw new DomainError('INVALID_ARGUMENT', `${name} ${first ? fault(first) : 'is not allowed'}`, { fields });
}

function fault(violation: FieldViolation): string {
  if (!('value' in violation)) return `is not known: ${violation.allowed}`;
  const { value, allowed } = violation;
  return value === undefined ? `is missing: ${allowed}` : `${shortText(value)} is not allowed: ${allowed}`;
}

function violations(issue: z.core.$ZodIssue, input: unknown, place: string): FieldViolation[] {
  const unknown = issue.code === 'unrecognized_keys';
  const paths = unknown ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
  // What a query should not hold may be a token: it is not told back.
  const hidden = unknown && place === PLACES.query;
  return paths.map((path) => ({
    field: fieldName(path),
    ...(!hidden && { value: shown(valueAt(input, path)) }),
    allowed: issue.message,
  }));
}

/** `edits[0].semitones` */
function fieldName(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (name, part) =>
      typeof part === 'number' ? `${name}[${part}]` : name === '' ? String(part) : `${name}.${String(part)}`,
    '',
  );
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    input,
  );
}

/** Values are told back, but not at any length or depth. */
function shown(value: unknown): unknown {
  if (typeof value === 'string') return value.length > MAX_SHOWN ? `${value.slice(0, MAX_SHOWN)}...` : value;
  if (typeof value !== 'object' || value === null) return value;
  try {
    return shortText(value);
  } catch (error) {
    if (error instanceof RangeError)
      return Array.isArray(value) ? 'a list too deep to show' : 'an object too deep to show';
    throw error;
  }
}
