import type { AudioFormat, SampleRate } from '@beatbot/dsp';
import type { Demand, Measure } from '@beatbot/music';
import type { StoredObject } from '../storage/object-store';
import type { StemFormat } from '../worker/job-types';

/** What is to be rendered into storage. */
export interface AssetsRequest {
  scoreKey: string;
  /** Formats of the mix, each once. */
  formats: AudioFormat[];
  /** No stems where undefined. */
  stemFormat?: StemFormat;
  sampleRate: SampleRate;
}

export interface RenderedAsset {
  /** `mix.mp3`, `stems/bass.flac`, `peaks.json`. */
  name: string;
  kind: 'mix' | 'stem' | 'peaks';
  format: string;
  /** Of a stem; else empty. */
  trackId: string;
  object: StoredObject;
}

export interface RenderedAssets {
  assets: RenderedAsset[];
  demands: Demand[];
  measures: Measure[];
}

/** How far a render is: 0 to 100, and with what it is busy. */
export interface RenderProgress {
  percent: number;
  detail: string;
}
