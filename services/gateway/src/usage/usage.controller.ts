import { Body, Controller, Delete, Get, Put } from '@nestjs/common';
import type { Quota } from '@beatbot/contracts/storage/v1/usage';
import type { CallContext } from '@beatbot/service-kit';
import { NeedsScope } from '../auth/scope.guard';
import { Usage, type UsageClient } from '../backends/backends';
import { present } from '../backends/present';
import { Operation } from '../openapi/operation';
import { Caller } from '../requests/caller';
import { timestampText } from '../validation/timestamp';
import { QuotaDto, UsageDto } from './usage.schemas';

/** What an owner uses, and may use. */
@Controller('v1')
export class UsageController {
  constructor(@Usage() private readonly usage: UsageClient) {}

  @Get('usage')
  @Operation({
    id: 'getUsage',
    summary: 'Read what you use, and the bounds on it',
    answers: { 200: { description: 'The usage now', body: UsageDto } },
  })
  async get(@Caller() caller: CallContext): Promise<UsageDto> {
    const { quota, resetTime, ...usage } = await this.usage.getUsage({}, { context: caller });
    return {
      owner: caller.owner,
      ...usage,
      resetTime: timestampText(resetTime),
      quota: quotaView(present(quota, 'quota')),
    };
  }

  @Put('quota')
  @NeedsScope('operator')
  @Operation({
    id: 'setQuota',
    summary: 'Set the quota of an owner',
    description: 'For the operator, who names the owner by X-Beatbot-Owner.',
    answers: { 200: { description: 'The quota that holds from now on', body: QuotaDto } },
  })
  async set(@Caller() caller: CallContext, @Body() { jobsPerDay, storedBytes }: QuotaDto): Promise<QuotaDto> {
    const quota = { jobsPerDay: jobsPerDay ?? 0, storedBytes: storedBytes ?? 0 };
    return quotaView(present((await this.usage.setQuota({ quota }, { context: caller })).quota, 'quota'));
  }

  @Delete('quota')
  @NeedsScope('operator')
  @Operation({
    id: 'resetQuota',
    summary: 'Let the quota that all have hold for an owner again',
    description: 'For the operator, who names the owner by X-Beatbot-Owner.',
    answers: { 200: { description: 'The quota that holds from now on', body: QuotaDto } },
  })
  async reset(@Caller() caller: CallContext): Promise<QuotaDto> {
    return quotaView(present((await this.usage.setQuota({ quota: undefined }, { context: caller })).quota, 'quota'));
  }
}

/** The contracts say 0 where there is no bound. */
function quotaView({ jobsPerDay, storedBytes }: Quota): QuotaDto {
  return { jobsPerDay: jobsPerDay || null, storedBytes: storedBytes || null };
}
