import { briefFromMessage, briefToMessage, controlsFromMessage, planToMessage } from '@beatbot/contracts';
import type * as Messages from '@beatbot/contracts/composer/v1/composer';
import { Controller } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import { checkBrief } from '../composition/check-request';
import { fromMessage } from '../composition/from-message';
import { BriefsService } from './briefs.service';

@Controller()
export class BriefsGrpc {
  constructor(private readonly briefs: BriefsService) {}

  @GrpcMethod('ComposerService', 'Interpret')
  async interpret({ prompt, controls, seed }: Messages.InterpretRequest): Promise<Messages.InterpretResponse> {
    const given = fromMessage('controls', controls ?? {}, () => controlsFromMessage(controls));
    return { brief: briefToMessage(await this.briefs.interpret(prompt, given, seed)) };
  }

  @GrpcMethod('ComposerService', 'ProducePlan')
  async producePlan({ brief }: Messages.ProducePlanRequest): Promise<Messages.ProducePlanResponse> {
    const checked = checkBrief(fromMessage('brief', brief, briefFromMessage));
    return { plan: planToMessage(await this.briefs.plan(checked)) };
  }
}
