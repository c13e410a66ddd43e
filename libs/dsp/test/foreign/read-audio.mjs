// Reads an audio file from standard input with the readers of others, and tells what they found as JSON: in a process of its
// own, since they are ECMAScript modules. Usage: read-audio.mjs MEDIA-TYPE
import { buffer } from 'node:stream/consumers';
import { parseBuffer } from 'music-metadata';
import { OggOpusDecoder } from 'ogg-opus-decoder';

const mimeType = process.argv[2];
const bytes = await buffer(process.stdin);
const { common, format, native } = await parseBuffer(bytes, { mimeType }, { duration: true });
let left;
if (format.codec === 'Opus') {
  const decoder = new OggOpusDecoder();
  await decoder.ready;
  const { channelData, errors } = await decoder.decodeFile(bytes);
  if (errors.length > 0) throw new Error(JSON.stringify(errors));
  left = Buffer.from(channelData[0].buffer, channelData[0].byteOffset, channelData[0].byteLength).toString('base64');
}
process.stdout.write(
  JSON.stringify({
    title: common.title,
    bpm: common.bpm,
    key: common.key,
    gainDb: common.replaygain_track_gain?.dB,
    peak: common.replaygain_track_peak?.ratio,
    seconds: format.duration,
    container: format.container,
    codec: format.codec,
    tags: Object.fromEntries(
      Object.values(native)
        .flat()
        .map(({ id, value }) => [id, value]),
    ),
    left,
  }),
);
