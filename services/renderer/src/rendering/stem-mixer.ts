import { allocateMix, CONTENT_TYPES, MixMemory } from '@beatbot/dsp';
import { Inject, Injectable } from '@nestjs/common';
import { OBJECT_STORE, ObjectStore, StoreCall, StoredObject } from '../storage/object-store';
import { RenderThreads } from '../threads/render-threads';
import type { RenderPlan, StemFormat } from '../worker/job-types';
import { objectKey } from './object-key';
import { RenderMemory } from './render-memory';

export interface MixedStems {
  /** Partial mixes, one for each lane that worked; never none. */
  mixes: [MixMemory, ...MixMemory[]];
  /** The stored stems in the order of the tracks; none where no format was asked for. */
  stems: StoredObject[];
  clippedSamples: number;
}

/** What is to be mixed. */
export interface MixRequest {
  score: Uint8Array;
  plan: RenderPlan;
  soundFontHash: string;
  stemFormat?: StemFormat;
  /** How many files will be made of the mix; they count where memory is bounded. */
  mixFiles: number;
}

/**
 * Renders the tracks of a score, several at a time, into partial mixes. A stem that storage has is read instead of rendered;
 * one that was rendered is stored, so that a revision renders only the tracks that changed.
 */
@Injectable()
export class StemMixer {
  constructor(
    private readonly threads: RenderThreads,
    private readonly memory: RenderMemory,
    @Inject(OBJECT_STORE) private readonly objects: ObjectStore,
  ) {}

  /** @throws DomainError INVALID_ARGUMENT for what takes more memory than a render may */
  async mix(
    request: MixRequest,
    call: StoreCall & { signal: AbortSignal },
    onProgress: (share: number, detail: string) => void,
  ): Promise<MixedStems> {
    const { tracks, frames } = request.plan;
    // The largest first, so that no lane is left with one at the end.
    const waiting = tracks.map((_, index) => index).sort((a, b) => tracks[b]!.notes - tracks[a]!.notes || a - b);
    const shares = new Map<number, number>();
    const stems: StoredObject[] = [];
    let clippedSamples = 0;
    // A partial mix belongs to one lane, and within it to one track at a time.
    const lane = async (mix: MixMemory): Promise<void> => {
      let storing: Promise<void> = Promise.resolve();
      for (let index = waiting.shift(); index !== undefined; index = waiting.shift()) {
        const track = index;
        const { file, stored, clipped } = await this.stem(request, track, mix, call, (share) => {
          shares.set(track, share);
          onProgress([...shares.values()].reduce((sum, value) => sum + value, 0) / tracks.length, tracks[track]!.name);
        });
        clippedSamples += clipped;
        if (stored) stems[track] = stored;
        // The next track is rendered while this one is stored; no more than one waits in memory.
        await storing;
        if (file)
          storing = this.objects.put(file, call).then((object) => {
            stems[track] = object;
          });
        // What goes wrong shows at the next wait; until then nobody listens.
        storing.catch(() => undefined);
      }
      await storing;
    };
    const most = Math.max(1, Math.min(this.threads.count, tracks.length));
    const files = { stems: request.stemFormat !== undefined, mixes: request.mixFiles };
    const count = this.memory.lanes(request.plan, most, files);
    const mixes = Array.from({ length: count }, () => allocateMix(frames)) as [MixMemory, ...MixMemory[]];
    await allOrFirstError(mixes.map(lane));
    return { mixes, stems, clippedSamples };
  }

  private async stem(
    { score, plan, soundFontHash, stemFormat }: MixRequest,
    index: number,
    mix: MixMemory,
    call: StoreCall & { signal: AbortSignal },
    onProgress: (share: number) => void,
  ) {
    const { sampleRate, frames, tracks } = plan;
    const options = { signal: call.signal, onProgress };
    const input = { score, sampleRate, trackIndex: index, mix, tags: tracks[index]!.tags };
    if (!stemFormat) return { clipped: (await this.threads.run(sampleRate, 'stem', input, options)).clippedSamples };
    const key = objectKey('stems', { stem: tracks[index]!.hash, soundFontHash }, stemFormat);
    const stored = await this.objects.stat(key, call);
    // An integer of 24 bits per sample and a header are the most a stem can take, but for FLAC frames that do not shrink.
    const bytes = stored && (await this.objects.get(key, frames * 8 + 65_536, call));
    if (bytes) {
      await this.threads.run(sampleRate, 'stem', { ...input, format: stemFormat, stored: bytes }, options);
      return { stored, clipped: 0 };
    }
    const { file, clippedSamples } = await this.threads.run(
      sampleRate,
      'stem',
      { ...input, format: stemFormat },
      options,
    );
    return { file: file && { key, contentType: CONTENT_TYPES[stemFormat], ...file }, clipped: clippedSamples };
  }
}

/** Waits for all, so that nothing goes on unseen, and then throws the first error. */
async function allOrFirstError(work: Promise<void>[]): Promise<void> {
  const [failed] = (await Promise.allSettled(work)).filter((outcome) => outcome.status === 'rejected');
  if (failed) throw failed.reason;
}
