import { AudioTags, ENCODED_BY, initialKey, replayGain } from './audio-tags';

const UTF_8 = 3;

/** An ID3v2.4.0 tag: title, tempo, key, the program, and ReplayGain where the level is known. */
export function id3Tag(tags: AudioTags): Uint8Array {
  const frames = Buffer.concat([
    frame('TIT2', tags.title),
    frame('TBPM', String(Math.round(tags.bpm))),
    frame('TKEY', initialKey(tags.key)),
    frame('TSSE', ENCODED_BY),
    ...replayGain(tags).map(([name, value]) => frame('TXXX', `${name}\0${value}`)),
  ]);
  return Buffer.concat([Buffer.from('ID3\x04\x00\x00', 'latin1'), syncSafe(frames.length), frames]);
}

/** Identifier, length and no flags, then the text. */
function frame(id: string, text: string): Uint8Array {
  const content = Buffer.concat([Uint8Array.of(UTF_8), new TextEncoder().encode(text)]);
  return Buffer.concat([Buffer.from(id, 'latin1'), syncSafe(content.length), Uint8Array.of(0, 0), content]);
}

/** A number of 28 bits in four bytes whose highest bits are 0, so that none is taken for the start of an MPEG frame. */
function syncSafe(value: number): Uint8Array {
  return Uint8Array.of((value >> 21) & 0x7f, (value >> 14) & 0x7f, (value >> 7) & 0x7f, value & 0x7f);
}
