import fc, { type Arbitrary } from 'fast-check';
import { Enum, MapField, OneOf, Type, type Field } from 'protobufjs';

/** Any value of a message type, in the shape that the generated types promise for a decoded message. */
export function arbitraryMessage(type: Type, depth = 2): Arbitrary<Record<string, unknown>> {
  const plain = type.fieldsArray.filter((field) => field.partOf === null || isSyntheticOneOf(field.partOf));
  const required: Record<string, Arbitrary<unknown>> = {};
  const optional: Record<string, Arbitrary<unknown>> = {};
  for (const field of plain) {
    if (field.partOf) optional[field.name] = arbitraryValue(field, depth);
    else required[field.name] = arbitraryField(field, depth);
  }
  const oneOfs = type.oneofsArray
    .filter((oneOf) => !isSyntheticOneOf(oneOf))
    .map((oneOf) => {
      const members = oneOf.fieldsArray
        .filter((field) => depth > 0 || !(field.resolve().resolvedType instanceof Type))
        .map((field) => arbitraryValue(field, depth).map((value) => ({ [field.name]: value })));
      return fc.oneof(fc.constant({}), ...members);
    });
  const withOptional = fc.record({ ...required, ...optional }, { requiredKeys: Object.keys(required) });
  return fc.tuple(withOptional, ...oneOfs).map((parts) => Object.assign({}, ...parts) as Record<string, unknown>);
}

/** proto3 `optional` is a oneof of its own in the descriptor. */
function isSyntheticOneOf(oneOf: OneOf): boolean {
  return oneOf.fieldsArray.length === 1 && oneOf.name.startsWith('_');
}

function arbitraryField(field: Field, depth: number): Arbitrary<unknown> {
  if (field instanceof MapField) {
    return fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), arbitraryValue(field, depth), {
      maxKeys: 3,
      noNullPrototype: true,
    });
  }
  if (field.repeated) {
    const fits = depth > 0 || !(field.resolve().resolvedType instanceof Type);
    return fits ? fc.array(arbitraryValue(field, depth), { maxLength: 3 }) : fc.constant([]);
  }
  if (field.resolve().resolvedType instanceof Type) {
    return depth > 0 ? fc.option(arbitraryValue(field, depth), { nil: null }) : fc.constant(null);
  }
  return arbitraryValue(field, depth);
}

function arbitraryValue(field: Field, depth: number): Arbitrary<unknown> {
  const { resolvedType } = field.resolve();
  if (resolvedType instanceof Enum) return fc.constantFrom(...Object.keys(resolvedType.values));
  if (resolvedType?.fullName === '.google.protobuf.FieldMask')
    return fc.array(fc.string({ maxLength: 10 }), { maxLength: 3 });
  if (resolvedType instanceof Type) return arbitraryMessage(resolvedType, depth - 1);
  switch (field.type) {
    case 'string':
      return fc.string({ unit: 'grapheme', maxLength: 20 });
    case 'bytes':
      return fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes));
    case 'bool':
      return fc.boolean();
    case 'double':
      return fc.double({ noNaN: true });
    case 'int32':
    case 'sint32':
      return fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
    case 'uint32':
      return fc.integer({ min: 0, max: 2 ** 32 - 1 });
    case 'uint64':
      return fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
    case 'int64':
      return fc.integer({ min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER });
    default:
      throw new Error(`no values for a field of type ${field.type}`);
  }
}
