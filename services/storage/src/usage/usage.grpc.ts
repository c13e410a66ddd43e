import type * as Messages from '@beatbot/contracts/storage/v1/usage';
import { callContext, type ServerCall } from '@beatbot/service-kit';
import type { Metadata } from '@grpc/grpc-js';
import { Controller } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import { FieldChecks } from '../edge/field-checks';
import { ownerOf } from '../edge/owner';
import { toTimestamp } from '../edge/proto-time';
import { UsageService } from './usage.service';

@Controller()
export class UsageGrpc {
  constructor(private readonly service: UsageService) {}

  @GrpcMethod('UsageService', 'GetUsage')
  async getUsage(
    _request: Messages.GetUsageRequest,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<Messages.GetUsageResponse> {
    const { resetTime, ...usage } = await this.service.usage(ownerOf(callContext(call)));
    return { ...usage, resetTime: toTimestamp(resetTime) };
  }

  @GrpcMethod('UsageService', 'SetQuota')
  async setQuota(
    { quota }: Messages.SetQuotaRequest,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<Messages.SetQuotaResponse> {
    const owner = ownerOf(callContext(call));
    const checks = new FieldChecks();
    const wanted = quota
      ? {
          jobsPerDay: checks.integer('quota.jobs_per_day', quota.jobsPerDay, 0, 2 ** 32 - 1),
          storedBytes: checks.integer('quota.stored_bytes', quota.storedBytes, 0, Number.MAX_SAFE_INTEGER),
        }
      : undefined;
    checks.done();
    return { quota: await this.service.setQuota(owner, wanted) };
  }
}
