import { AudioTags, ENCODED_BY, initialKey } from './audio-tags';

/**
 * Vorbis comments: a vendor and fields of UTF-8, each behind its length in 32 bits, least significant byte first; the form that
 * FLAC (RFC 9639, 8.6) and Ogg Opus (RFC 7845, 5.2) share.
 */
export function vorbisComment(tags: AudioTags | undefined, gain: readonly [string, string][]): Uint8Array {
  const fields: [string, string][] = tags
    ? [['TITLE', tags.title], ['BPM', String(Math.round(tags.bpm))], ['KEY', initialKey(tags.key)], ...gain]
    : [];
  const parts = [
    sized(ENCODED_BY),
    length(fields.length + 1),
    ...[...fields, ['ENCODER', ENCODED_BY]].map(([name, value]) => sized(`${name}=${value}`)),
  ];
  return Buffer.concat(parts);
}

function sized(text: string): Uint8Array {
  const bytes = new TextEncoder().encode(text);
  return Buffer.concat([length(bytes.length), bytes]);
}

function length(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, true);
  return bytes;
}
