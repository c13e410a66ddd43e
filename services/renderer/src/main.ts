import './instrumentation';
import 'reflect-metadata';
import { runService } from '@beatbot/service-kit';
import { AppModule } from './app.module';
import { readConfig } from './config';

void runService({ name: 'renderer', module: AppModule, config: readConfig(), grpcPackages: ['beatbot.renderer.v1'] });
