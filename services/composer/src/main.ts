import 'reflect-metadata';
import { setMaxListeners } from 'node:events';
import { runService } from '@beatbot/service-kit';
import { AppModule } from './app.module';
import { readConfig } from './config';

// LangGraph hangs a listener for each node that runs on its own signals; Node's warning of leaks is set for ten.
setMaxListeners(100);

void runService({
  name: 'composer',
  module: AppModule,
  config: readConfig(),
  grpcPackages: ['beatbot.composer.v1'],
});
