/** Several byte strings as one: each behind its length as a 32-bit big-endian number. */
export function pack(parts: readonly (Uint8Array | string)[]): Buffer {
  return Buffer.concat(
    parts.flatMap((part) => {
      const bytes = typeof part === 'string' ? Buffer.from(part, 'utf8') : part;
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.byteLength);
      return [length, bytes];
    }),
  );
}

/**
 * What {@link pack} was given, as bytes.
 * @throws Error if the bytes do not hold exactly `count` parts
 */
export function unpack(bytes: Buffer, count: number): Buffer[] {
  const parts: Buffer[] = [];
  let offset = 0;
  while (offset + 4 <= bytes.length) {
    const end = offset + 4 + bytes.readUInt32BE(offset);
    parts.push(bytes.subarray(offset + 4, end));
    offset = end;
  }
  if (offset !== bytes.length || parts.length !== count) {
    throw new Error(`a stored checkpoint is damaged: ${count} parts expected, ${parts.length} found`);
  }
  return parts;
}
