import { createHash } from 'node:crypto';
import { AudioEncoder, AudioFormat, AudioShape, createEncoder, StereoBlock } from '@beatbot/dsp';
import { EncodedFile } from './job-types';

/** A file from its parts, in memory of its own, which can be handed to another thread. */
export function encodedFile(parts: readonly Uint8Array[]): EncodedFile {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return { bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** Collects an encoder's output into a file. */
export class FileBuilder {
  private readonly parts: Uint8Array[] = [];

  private constructor(private readonly encoder: AudioEncoder) {}

  static async create(format: AudioFormat, shape: AudioShape): Promise<FileBuilder> {
    return new FileBuilder(await createEncoder(format, shape));
  }

  add(block: StereoBlock): void {
    this.parts.push(this.encoder.encode(block));
  }

  finish(): EncodedFile {
    this.parts.push(this.encoder.finish());
    return encodedFile(this.parts);
  }

  close(): void {
    this.encoder.close();
  }
}
