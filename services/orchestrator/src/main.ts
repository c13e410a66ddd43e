import './instrumentation';
import 'reflect-metadata';
import { runService } from '@beatbot/service-kit';
import { AppModule } from './app.module';
import { readConfig } from './config';

void runService({
  name: 'orchestrator',
  module: AppModule,
  config: readConfig(),
  grpcPackages: ['beatbot.orchestrator.v1'],
});
