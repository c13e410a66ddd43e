import fc, { type Arbitrary } from 'fast-check';
import { Enum, MapField, type Field, Type } from 'protobufjs';

/** A message as protobufjs encodes it: enums by number, fields in camelCase, absent ones left out. */
export type Plain = Record<string, unknown>;

const FAR = 2 ** 53 - 1;

/** Text that parsers, file systems, databases, headers and terminals have tripped over. */
export const HOSTILE_TEXT: readonly string[] = [
  '',
  ' ',
  '\0',
  '\ud800',
  '../../../etc/passwd',
  '..%2f..%2fetc%2fpasswd',
  '/etc/passwd',
  'a\r\nx-injected: 1',
  '\u202egnos\u202c',
  '\u{1F1E6}\u0301\u200d\ufeff',
  'ho\u0443se',
  '__proto__',
  'constructor',
  "'; DROP TABLE jobs; --",
  '%s%n{0}${7*7}{{7*7}}',
  '-1',
  'NaN',
  '[]{}()',
  'x'.repeat(5_000),
  '['.repeat(100_000),
  ','.repeat(100_000),
  '漢'.repeat(100_000),
];

/** @param known texts that name something, which lead past the first checks */
export function hostileText(known: readonly string[]): Arbitrary<string> {
  return fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...known, '') },
    { weight: 3, arbitrary: fc.constantFrom(...HOSTILE_TEXT) },
    { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  );
}

/** Any message of a type: every field now and then absent, out of range, unknown to its enum, or far too large. */
export function hostileMessage(type: Type, known: readonly string[], depth = 3): Arbitrary<Plain> {
  const fields = Object.fromEntries(type.fieldsArray.map((field) => [field.name, hostileField(field, known, depth)]));
  return fc.record(fields, { requiredKeys: [] }).map(withoutAbsent);
}

export function hostileField(field: Field, known: readonly string[], depth: number): Arbitrary<unknown> {
  const value = hostileValue(field, known, depth);
  if (field instanceof MapField) return fc.dictionary(hostileText(known), value, { maxKeys: 3 });
  if (!field.repeated) return value;
  return fc.oneof(
    { weight: 5, arbitrary: fc.array(value, { maxLength: 3 }) },
    { weight: 1, arbitrary: value.map((one) => (one === undefined ? [] : Array<unknown>(2_000).fill(one))) },
  );
}

function hostileValue(field: Field, known: readonly string[], depth: number): Arbitrary<unknown> {
  const { resolvedType } = field.resolve();
  if (resolvedType instanceof Enum)
    return fc.oneof(
      fc.constantFrom(...Object.values(resolvedType.values)),
      fc.constantFrom(99, -1, 2 ** 31 - 1, -(2 ** 31)),
    );
  if (resolvedType instanceof Type)
    return depth > 0 ? hostileMessage(resolvedType, known, depth - 1) : fc.constant(field.repeated ? {} : undefined);
  switch (field.type) {
    case 'string':
      return hostileText(known);
    case 'bytes':
      return fc.uint8Array({ maxLength: 200 });
    case 'bool':
      return fc.boolean();
    case 'double':
      return fc.oneof(fc.double(), fc.constantFrom(NaN, Infinity, -Infinity, -0, 120, 1e308, 5e-324));
    case 'int32':
    case 'sint32':
      return fc.oneof(fc.integer({ min: -3, max: 200 }), fc.constantFrom(2 ** 31 - 1, -(2 ** 31)));
    case 'uint32':
      return fc.oneof(fc.integer({ min: 0, max: 5 }), fc.nat(2_000), fc.constantFrom(2 ** 31, 2 ** 32 - 1));
    case 'int64':
      return fc.oneof(fc.integer({ min: -3, max: 200 }), fc.constantFrom(FAR, -FAR, 2 ** 63, -(2 ** 63)));
    case 'uint64':
      return fc.oneof(fc.nat(5), fc.constantFrom(FAR, 2 ** 63, 2 ** 64));
    default:
      throw new Error(`no values for a field of type ${field.type}`);
  }
}

interface Slot {
  path: (string | number)[];
  field: Field;
}

/** A message that would be taken, with one or two of its parts, however deep, taken out or replaced by hostile ones. */
export function damagedMessage(type: Type, valid: Plain, known: readonly string[]): Arbitrary<Plain> {
  const slots = slotsOf(type, valid, []);
  if (slots.length === 0) return fc.constant(valid);
  const damage = fc.constantFrom(...slots).chain(({ path, field }) => {
    // The last step of the path is an index where the slot is an item of a list.
    const item = typeof path.at(-1) === 'number';
    const value = item ? hostileValue(field, known, 1) : hostileField(field, known, 1);
    return fc.option(value, { nil: undefined, freq: 5 }).map((replacement) => ({ path, replacement }));
  });
  return fc
    .array(damage, { minLength: 1, maxLength: 2 })
    .map((damages) =>
      damages.reduce<Plain>((message, { path, replacement }) => put(message, path, replacement), valid),
    );
}

/** Every field of the message, set or not, and of long lists the first items and the last. */
function slotsOf(type: Type, message: Plain, prefix: Slot['path']): Slot[] {
  return type.fieldsArray.flatMap((field) => {
    const path = [...prefix, field.name];
    const value = message[field.name];
    const { resolvedType } = field.resolve();
    const inner = (part: unknown, at: Slot['path']): Slot[] =>
      resolvedType instanceof Type && typeof part === 'object' && part !== null
        ? slotsOf(resolvedType, part as Plain, at)
        : [];
    if (field instanceof MapField) return [{ path, field }];
    if (!Array.isArray(value)) return [{ path, field }, ...inner(value, path)];
    const indices = [...new Set([0, 1, value.length - 1])].filter((index) => index >= 0 && index < value.length);
    const items = indices.flatMap((index) => [
      { path: [...path, index], field },
      ...inner(value[index], [...path, index]),
    ]);
    return [{ path, field }, ...items];
  });
}

/** The same with another value at a path; undefined takes it out. Where the path leads nowhere any more, nothing changes. */
function put<T>(target: T, [step, ...rest]: Slot['path'], value: unknown): T {
  if (step === undefined) return value as T;
  if (typeof target !== 'object' || target === null) return target;
  if (Array.isArray(target)) {
    const index = Number(step);
    const replaced = put<unknown>(target[index], rest, value);
    return target.flatMap((item: unknown, at) =>
      at !== index ? [item] : replaced === undefined ? [] : [replaced],
    ) as T;
  }
  const changed = { ...target, [step]: put((target as Plain)[step], rest, value) };
  return withoutAbsent(changed) as T;
}

function withoutAbsent(message: Plain): Plain {
  return Object.fromEntries(Object.entries(message).filter(([, value]) => value !== undefined));
}

/** Bytes that are a message no more, or another one: cut, with flipped bits, with something behind, or anything at all. */
export function damagedBytes(bytes: Uint8Array): Arbitrary<Buffer> {
  const at = fc.nat(Math.max(0, bytes.length - 1));
  return fc.oneof(
    fc.uint8Array({ maxLength: 300 }).map((any) => Buffer.from(any)),
    at.map((end) => Buffer.from(bytes.subarray(0, end))),
    fc.array(fc.tuple(at, fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 4 }).map((flips) => {
      const flipped = Buffer.from(bytes);
      for (const [index, bits] of flips) if (index < flipped.length) flipped[index] = (flipped[index] ?? 0) ^ bits;
      return flipped;
    }),
    fc.uint8Array({ minLength: 1, maxLength: 30 }).map((tail) => Buffer.concat([bytes, tail])),
    // A group that never ends, a length of 2^32 - 1, and a varint of eleven bytes.
    fc.constantFrom(Buffer.alloc(2_000, 0x0b), Buffer.from('0affffffff0f', 'hex'), Buffer.alloc(11, 0xff)),
  );
}
