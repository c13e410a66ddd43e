import { RenderAssetsRequest, RenderAssetsResult, RenderProgress } from '@beatbot/contracts/renderer/v1/renderer';
import { CallOptions } from '@beatbot/service-kit';

/** Nest token of the {@link Renderer}. */
export const RENDERER = Symbol('Renderer');

/** Told how far the render is, and waited for. */
export type OnRender = (progress: RenderProgress) => Promise<void>;

/** Score to audio, straight into storage. The same request gives the same assets. */
export interface Renderer {
  renderAssets(request: RenderAssetsRequest, onRender: OnRender, call: CallOptions): Promise<RenderAssetsResult>;
}
