import './instrumentation';
import 'reflect-metadata';
import { readEnvironment, runService } from '@beatbot/service-kit';
import { AppModule } from './app.module';
import { environment } from './config';

void runService({
  name: 'storage',
  module: AppModule,
  config: readEnvironment(environment),
  grpcPackages: ['beatbot.storage.v1'],
});
