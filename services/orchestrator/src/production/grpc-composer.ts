import {
  ComposeRequest,
  ComposeResult,
  ComposerServiceController,
  InterpretRequest,
  ReviseScoreRequest,
} from '@beatbot/contracts/composer/v1/composer';
import { Brief, Plan } from '@beatbot/contracts/music/v1/brief';
import { CallOptions, GrpcClient } from '@beatbot/service-kit';
import { CallGuard } from '../backends/call-guard';
import { present } from '../jobs/present';
import { Composer, OnAgent } from './composer';
import { readMaking } from './read-making';

/** The composer service. */
export class GrpcComposer implements Composer {
  constructor(
    private readonly composer: GrpcClient<ComposerServiceController>,
    private readonly guard: CallGuard,
  ) {}

  interpret(request: InterpretRequest, call: CallOptions): Promise<Brief> {
    return this.guard.run(async () => present((await this.composer.interpret(request, call)).brief, 'brief'));
  }

  producePlan(brief: Brief, call: CallOptions): Promise<Plan> {
    return this.guard.run(async () => present((await this.composer.producePlan({ brief }, call)).plan, 'plan'));
  }

  compose(request: ComposeRequest, onAgent: OnAgent, call: CallOptions): Promise<ComposeResult> {
    return this.guard.run(() => readMaking('composer', this.composer.compose(request, call), onAgent));
  }

  revise(request: ReviseScoreRequest, onAgent: OnAgent, call: CallOptions): Promise<ComposeResult> {
    return this.guard.run(() => readMaking('composer', this.composer.reviseScore(request, call), onAgent));
  }
}
