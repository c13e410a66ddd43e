/** The value of a message field that must be there; throws a RangeError that names it where it is not. */
export function required<T>(value: T | null | undefined, field: string): T {
  if (value === null || value === undefined) throw new RangeError(`${field} is missing`);
  return value;
}
