import {
  ComposeProgress,
  ComposeRequest,
  ComposeResult,
  ComposerServiceController,
  InterpretRequest,
  ReviseScoreRequest,
} from '@beatbot/contracts/composer/v1/composer';
import { Brief, Plan } from '@beatbot/contracts/music/v1/brief';
import { CallOptions, GrpcClient } from '@beatbot/service-kit';
import { present } from '../jobs/present';
import { Composer, OnAgent } from './composer';

/** The composer service. */
export class GrpcComposer implements Composer {
  constructor(private readonly composer: GrpcClient<ComposerServiceController>) {}

  async interpret(request: InterpretRequest, call: CallOptions): Promise<Brief> {
    return present((await this.composer.interpret(request, call)).brief, 'brief');
  }

  async producePlan(brief: Brief, call: CallOptions): Promise<Plan> {
    return present((await this.composer.producePlan({ brief }, call)).plan, 'plan');
  }

  compose(request: ComposeRequest, onAgent: OnAgent, call: CallOptions): Promise<ComposeResult> {
    return resultOf(this.composer.compose(request, call), onAgent);
  }

  revise(request: ReviseScoreRequest, onAgent: OnAgent, call: CallOptions): Promise<ComposeResult> {
    return resultOf(this.composer.reviseScore(request, call), onAgent);
  }
}

async function resultOf(stream: AsyncIterable<ComposeProgress>, onAgent: OnAgent): Promise<ComposeResult> {
  let result: ComposeResult | undefined;
  for await (const message of stream) {
    if (message.progress) await onAgent(message.progress);
    if (message.result) result = message.result;
  }
  return present(result, 'result');
}
