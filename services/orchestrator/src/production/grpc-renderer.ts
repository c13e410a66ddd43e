import {
  RenderAssetsRequest,
  RenderAssetsResult,
  RendererServiceController,
} from '@beatbot/contracts/renderer/v1/renderer';
import { CallOptions, GrpcClient } from '@beatbot/service-kit';
import { present } from '../jobs/present';
import { OnRender, Renderer } from './renderer';

/** The renderer service. */
export class GrpcRenderer implements Renderer {
  constructor(private readonly renderer: GrpcClient<RendererServiceController>) {}

  async renderAssets(request: RenderAssetsRequest, onRender: OnRender, call: CallOptions): Promise<RenderAssetsResult> {
    let result: RenderAssetsResult | undefined;
    for await (const message of this.renderer.renderAssets(request, call)) {
      if (message.progress) await onRender(message.progress);
      if (message.result) result = message.result;
    }
    return present(result, 'result');
  }
}
