import {
  RenderAssetsRequest,
  RenderAssetsResult,
  RendererServiceController,
} from '@beatbot/contracts/renderer/v1/renderer';
import { CallOptions, GrpcClient } from '@beatbot/service-kit';
import { CallGuard } from '../backends/call-guard';
import { readMaking } from './read-making';
import { OnRender, Renderer } from './renderer';

/** The renderer service. */
export class GrpcRenderer implements Renderer {
  constructor(
    private readonly renderer: GrpcClient<RendererServiceController>,
    private readonly guard: CallGuard,
  ) {}

  renderAssets(request: RenderAssetsRequest, onRender: OnRender, call: CallOptions): Promise<RenderAssetsResult> {
    return this.guard.run(() => readMaking('renderer', this.renderer.renderAssets(request, call), onRender));
  }
}
