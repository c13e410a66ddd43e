import { AudioFormat, AudioTags, CONTENT_TYPES, MasterReport, MixMemory } from '@beatbot/dsp';
import { Inject, Injectable } from '@nestjs/common';
import { OBJECT_STORE, ObjectStore, StoreCall } from '../storage/object-store';
import { RenderThreads } from '../threads/render-threads';
import type { EncodedFile, RenderPlan } from '../worker/job-types';
import { objectKey } from './object-key';
import { RenderedAsset } from './rendered-assets';

/** The share of the work that mastering is; encoding and storing are the rest. */
const MASTER_SHARE = 0.4;

export interface MasteringRequest {
  score: Uint8Array;
  plan: RenderPlan;
  /** Partial mixes; the first one's memory becomes the mastered samples. */
  mixes: [MixMemory, ...MixMemory[]];
  formats: AudioFormat[];
  /** What the files are made from, for their keys. */
  source: Record<string, string | number>;
}

/** Sums and masters partial mixes, then encodes the mix in all formats side by side and stores each file as soon as it is made. */
@Injectable()
export class Mastering {
  constructor(
    private readonly threads: RenderThreads,
    @Inject(OBJECT_STORE) private readonly objects: ObjectStore,
  ) {}

  async master(
    { score, plan, mixes, formats, source }: MasteringRequest,
    call: StoreCall & { signal: AbortSignal },
    onProgress: (share: number, detail: string) => void,
  ): Promise<{ report: MasterReport; assets: RenderedAsset[] }> {
    const { sampleRate } = plan;
    const { signal } = call;
    const report = await this.threads.run(
      sampleRate,
      'master',
      { score, sampleRate, mixes },
      { signal, onProgress: (share) => onProgress(share * MASTER_SHARE, 'master') },
    );
    const samples = mixes[0];
    const { loudnessLufs, truePeakDb } = report;
    const tags: AudioTags = {
      ...plan.tags,
      ...(loudnessLufs !== -Infinity && { level: { loudnessLufs, truePeakDb } }),
    };
    const store = async (folder: 'mixes' | 'peaks', format: string, contentType: string, file: EncodedFile) => ({
      format,
      trackId: '',
      object: await this.objects.put({ key: objectKey(folder, source, format), contentType, ...file }, call),
    });
    const shares = new Map<AudioFormat, number>();
    const mix = async (format: AudioFormat): Promise<RenderedAsset> => {
      const encoding = (share: number): void => {
        shares.set(format, share);
        const done = [...shares.values()].reduce((sum, value) => sum + value, 0) / formats.length;
        onProgress(MASTER_SHARE + (1 - MASTER_SHARE) * done, format);
      };
      const file = await this.threads.run(
        sampleRate,
        'encode',
        { samples, sampleRate, format, tags },
        { signal, onProgress: encoding },
      );
      return { name: `mix.${format}`, kind: 'mix', ...(await store('mixes', format, CONTENT_TYPES[format], file)) };
    };
    const peaks = async (): Promise<RenderedAsset> => {
      const file = await this.threads.run(sampleRate, 'peaks', { samples, sampleRate }, { signal });
      return { name: 'peaks.json', kind: 'peaks', ...(await store('peaks', 'json', 'application/json', file)) };
    };
    return { report, assets: await Promise.all([...formats.map(mix), peaks()]) };
  }
}
