import { DomainError, type FieldViolation } from '@beatbot/service-kit';
import { validate as isUuid } from 'uuid';
import type { JsonDocument, JsonValue } from './json-document';
import type { PagePlace } from './page-token';
import type { ProtoTime } from './proto-time';

const MAX_DOCUMENT_BYTES = 1024 * 1024;
const MAX_DOCUMENT_DEPTH = 32;
const OBJECT_KEY = /^(?!.*(?:^|\/)\.{0,2}(?:\/|$))[a-z0-9._\-/]{1,200}$/;
/** Of RFC 3339. */
const LAST_YEAR = 9999;
const SHA256 = /^[0-9a-f]{64}$/;
const LONE_SURROGATE = /\p{Surrogate}/u;
const CONTROL = /\p{Cc}/u;

/** Collects what is wrong with a request, field by field; `done` throws it all at once. */
export class FieldChecks {
  private readonly violations: FieldViolation[] = [];

  refuse(field: string, value: unknown, allowed: string): void {
    this.violations.push({ field, value, allowed });
  }

  /** @throws DomainError INVALID_ARGUMENT naming each bad field, its value and what is allowed */
  done(): void {
    const [first, ...more] = this.violations;
    if (!first) return;
    const shown = JSON.stringify(first.value)?.slice(0, 200) ?? 'nothing';
    const rest = more.length > 0 ? ` (and ${more.length} more)` : '';
    throw new DomainError('INVALID_ARGUMENT', `${first.field} ${shown} is not allowed: ${first.allowed}${rest}`, {
      fields: this.violations,
    });
  }

  id(field: string, value: string): string {
    if (!isUuid(value)) this.refuse(field, value, 'an id as it was given out (a UUID)');
    return value.toLowerCase();
  }

  integer(field: string, value: number, min: number, max: number): number {
    if (!Number.isSafeInteger(value) || value < min || value > max) this.refuse(field, value, `${min} to ${max}`);
    return value;
  }

  pageSize(field: string, value: number, max: number, fallback: number): number {
    return this.integer(field, value, 0, max) || fallback;
  }

  /** One line of text, or several with `lines`. Length in UTF-16 units. */
  text(field: string, value: string, min: number, max: number, lines = false): string {
    if (value.length < min || value.length > max) this.refuse(field, value, `${min} to ${max} characters`);
    else if (value.includes('\0') || LONE_SURROGATE.test(value))
      this.refuse(field, value, 'well-formed text without NUL');
    else if (!lines && CONTROL.test(value)) this.refuse(field, value, 'text without control characters');
    return value;
  }

  pattern(field: string, value: string, pattern: RegExp, allowed: string): string {
    if (!pattern.test(value)) this.refuse(field, value, allowed);
    return value;
  }

  objectKey(field: string, value: string): string {
    return this.pattern(
      field,
      value,
      OBJECT_KEY,
      '1 to 200 of a-z 0-9 . _ - and / between parts, none of which is empty, . or ..',
    );
  }

  sha256(field: string, value: string): string {
    return this.pattern(field, value, SHA256, '64 hexadecimal digits in lower case');
  }

  tags(field: string, value: string[]): string[] {
    if (value.length > 32) this.refuse(field, value.length, 'at most 32 labels');
    else value.forEach((tag, index) => this.text(`${field}[${index}]`, tag, 1, 64));
    if (new Set(value).size < value.length) this.refuse(field, value, 'each label once');
    return value;
  }

  /** Milliseconds. */
  duration(field: string, value: ProtoTime | null | undefined, minMs: number, maxMs: number): number {
    const ms = value ? value.seconds * 1000 + value.nanos / 1e6 : 0;
    if (!Number.isFinite(ms) || ms < minMs || ms > maxMs) {
      this.refuse(field, value ? `${ms / 1000}s` : null, `${minMs / 1000} s to ${maxMs / 1000} s`);
    }
    return Math.ceil(ms);
  }

  /** A time to come, in whole milliseconds; null where none is given. */
  futureTime(field: string, value: ProtoTime | null | undefined): Date | null {
    if (!value) return null;
    const time = new Date(value.seconds * 1000 + Math.floor(value.nanos / 1e6));
    if (Number.isNaN(time.getTime())) this.refuse(field, `${value.seconds} s`, 'a time of the calendar');
    else if (time.getTime() <= Date.now() || time.getUTCFullYear() > LAST_YEAR)
      this.refuse(field, time.toISOString(), `a time to come, up to the year ${LAST_YEAR}`);
    return time;
  }

  /** The time in a page token of a list ordered by time, whose ids are UUIDs; the token is told as a whole. */
  pageTime(place: PagePlace, token: string): Date | undefined {
    const time = new Date(place.value);
    if (isUuid(place.id) && !Number.isNaN(time.getTime()) && time.toISOString() === place.value) return time;
    this.refuse('page_token', token, 'next_page_token of an answer before');
    return undefined;
  }

  /** A message that is kept whole: nothing in it may get lost or changed in the database. */
  document(field: string, value: object): JsonDocument {
    const document = value as JsonDocument;
    const fault = faultOf(document, field, 0);
    if (fault) this.refuse(fault.field, fault.value, fault.allowed);
    else if (JSON.stringify(document).length > MAX_DOCUMENT_BYTES) {
      this.refuse(field, `${JSON.stringify(document).length} characters as JSON`, `at most ${MAX_DOCUMENT_BYTES}`);
    }
    return document;
  }
}

function faultOf(value: JsonValue, field: string, depth: number): FieldViolation | undefined {
  if (depth > MAX_DOCUMENT_DEPTH) return { field, allowed: `at most ${MAX_DOCUMENT_DEPTH} levels` };
  if (typeof value === 'number' && !Number.isFinite(value))
    return { field, value: String(value), allowed: 'a finite number' };
  if (typeof value === 'string' && (value.includes('\0') || LONE_SURROGATE.test(value))) {
    return { field, value, allowed: 'well-formed text without NUL' };
  }
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [name, member] of Object.entries(value)) {
    if (name.includes('\0') || LONE_SURROGATE.test(name))
      return { field, value: name, allowed: 'well-formed names without NUL' };
    const inner = Array.isArray(value) ? `${field}[${name}]` : `${field}.${snakeCase(name)}`;
    const fault = faultOf(member, inner, depth + 1);
    if (fault) return fault;
  }
  return undefined;
}

/** Fields are told by their names in the contracts. */
function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
