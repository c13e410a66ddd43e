/** The same bytes in chunks of `size` bytes each, the last one perhaps shorter. */
export async function* wholeChunks(bytes: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Uint8Array> {
  let parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of bytes) {
    parts.push(part);
    length += part.byteLength;
    if (length < size) continue;
    const joined = Buffer.concat(parts);
    let at = 0;
    for (; at + size <= length; at += size) yield joined.subarray(at, at + size);
    parts = [joined.subarray(at)];
    length -= at;
  }
  if (length > 0) yield Buffer.concat(parts);
}
