import { Module } from '@nestjs/common';
import { WebhookModule } from '../webhooks/webhook.module';
import { JobClaimService } from './job-claim.service';
import { JobCreationService } from './job-creation.service';
import { JobLeaseGrpc } from './job-lease.grpc';
import { JobLeaseService } from './job-lease.service';
import { JobWakeUp } from './job-wake-up';
import { JobGrpc } from './job.grpc';
import { JobService } from './job.service';

@Module({
  imports: [WebhookModule],
  controllers: [JobGrpc, JobLeaseGrpc],
  providers: [JobCreationService, JobService, JobLeaseService, JobClaimService, JobWakeUp],
})
export class JobModule {}
