import { DomainError } from '@beatbot/service-kit';

/** Bytes `start` to `end`, both inclusive. */
export interface ByteRange {
  start: number;
  end: number;
}

/**
 * The bytes that a Range header asks for (RFC 9110, section 14), or undefined for all of them: no header, or a unit we do not know.
 * @throws DomainError RANGE_NOT_SATISFIABLE for several ranges, one that is malformed, or one outside `size` bytes
 */
export function readRange(header: string | undefined, size: number): ByteRange | undefined {
  const ranges = /^bytes\s*=(.*)$/i.exec(header ?? '')?.[1];
  if (header === undefined || ranges === undefined) return undefined;
  const [, first = '', last = ''] = /^(\d*)-(\d*)$/.exec(ranges.trim()) ?? [];
  if (first === '' && last === '') throw unsatisfiable(header, size);
  const range =
    first === ''
      ? { start: Math.max(0, size - Number(last)), end: size - 1 }
      : { start: Number(first), end: last === '' ? size - 1 : Math.min(Number(last), size - 1) };
  if (range.start >= size || range.start > range.end) throw unsatisfiable(header, size);
  return range;
}

function unsatisfiable(value: string, size: number): DomainError {
  const allowed = `one range of bytes within 0 to ${size - 1}, such as bytes=0-1023`;
  return new DomainError('RANGE_NOT_SATISFIABLE', `Range ${value} is not allowed: ${allowed}`, {
    fields: [{ field: 'Range', value, allowed }],
  });
}

/** Whether If-None-Match holds the tag, by weak comparison (RFC 9110, section 13.1.2). */
export function matchesNone(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header.trim() === '*' || header.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
}
