import { type DynamicModule, Module } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import { type BaseConfig, CONFIG } from './config/environment';
import { Readiness } from './health/readiness';
import { Lifecycle } from './lifecycle/lifecycle';
import { createLogger, httpLogging } from './logging/logger';
import { Metrics } from './metrics/metrics';

/** What every service finds in Nest: its configuration (CONFIG), logger, Metrics, Readiness and Lifecycle. `runService` imports it; tests may too. */
@Module({})
export class ServiceKitModule {
  static forRoot({ name, config }: { name: string; config: Pick<BaseConfig, 'LOG_LEVEL'> }): DynamicModule {
    return {
      module: ServiceKitModule,
      global: true,
      imports: [LoggerModule.forRoot(httpLogging(createLogger(name, config)))],
      providers: [
        { provide: CONFIG, useValue: config },
        { provide: Metrics, useFactory: () => new Metrics(name) },
        Readiness,
        Lifecycle,
      ],
      exports: [CONFIG, Metrics, Readiness, Lifecycle],
    };
  }
}
