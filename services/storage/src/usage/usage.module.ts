import { Global, Module } from '@nestjs/common';
import { UsageGrpc } from './usage.grpc';
import { UsageService } from './usage.service';

/** Global, since whoever writes a job counts it. */
@Global()
@Module({ controllers: [UsageGrpc], providers: [UsageService], exports: [UsageService] })
export class UsageModule {}
