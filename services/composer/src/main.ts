import './instrumentation';
import 'reflect-metadata';
import { runService } from '@beatbot/service-kit';
import { AppModule } from './app.module';
import { readConfig } from './config';

void runService({
  name: 'composer',
  module: AppModule,
  config: readConfig(),
  grpcPackages: ['beatbot.composer.v1'],
});
