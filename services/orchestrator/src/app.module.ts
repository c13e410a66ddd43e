import { Global, Module } from '@nestjs/common';
import { BackendsModule } from './backends/backends.module';
import { EventsModule } from './events/events.module';
import { JobsModule } from './jobs/jobs.module';
import { ProductionModule } from './production/production.module';
import { Telemetry } from './telemetry';

@Global()
@Module({ providers: [Telemetry], exports: [Telemetry] })
class TelemetryModule {}

@Module({ imports: [TelemetryModule, BackendsModule, EventsModule, JobsModule, ProductionModule] })
export class AppModule {}
