/** A value that JSON can carry. */
export type JsonValue = string | number | boolean | null | undefined | JsonValue[] | JsonDocument;

/** A message of the contracts kept whole: storage carries it and does not look inside. */
export interface JsonDocument {
  [key: string]: JsonValue;
}

/** JSON with sorted keys and without absent values: equal documents give equal text. */
export function canonicalJson(value: JsonValue): string {
  return JSON.stringify(value, (_key, inner: JsonValue) => {
    if (inner === null || typeof inner !== 'object' || Array.isArray(inner)) return inner;
    return Object.fromEntries(
      Object.entries(inner)
        .filter(([, member]) => member !== null && member !== undefined)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    );
  });
}
