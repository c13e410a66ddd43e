import './instrumentation';
import { runService } from '@beatbot/service-kit';
import { AppModule } from './app.module';
import { readConfig } from './config';
import { configureHttp } from './configure-http';

void runService({ name: 'gateway', module: AppModule, config: readConfig(), configureHttp });
