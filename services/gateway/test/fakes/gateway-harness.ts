import { type RunningRedis, startRedis, temporaryFolder } from '@beatbot/local-stack';
import { type RunningService, runService } from '@beatbot/service-kit';
import { AppModule } from '../../src/app.module';
import { readConfig } from '../../src/config';
import { configureHttp } from '../../src/configure-http';
import { FakeBackends } from './fake-backends';

/** The real gateway with a real Redis, in front of fakes of the services behind it. */
export class GatewayHarness {
  private constructor(
    readonly backends: FakeBackends,
    readonly redis: RunningRedis,
    readonly service: RunningService,
  ) {}

  static async start(environment: Record<string, string> = {}): Promise<GatewayHarness> {
    const backends = new FakeBackends();
    const [redis] = await Promise.all([startRedis({ dataDir: temporaryFolder('gateway') }), backends.start()]);
    return new GatewayHarness(backends, redis, await startGateway(backends, redis, environment));
  }

  get url(): string {
    return `http://127.0.0.1:${this.service.httpPort}`;
  }

  async stop(): Promise<void> {
    await this.service.stop();
    this.backends.stop();
    await this.redis.stop();
  }
}

export function startGateway(
  backends: FakeBackends,
  redis: RunningRedis,
  environment: Record<string, string> = {},
): Promise<RunningService> {
  const config = readConfig({
    HTTP_PORT: '0',
    METRICS_PORT: '0',
    LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'silent',
    SHUTDOWN_GRACE_SECONDS: '2',
    REDIS_URL: redis.url,
    ORCHESTRATOR_ADDRESS: backends.address,
    STORAGE_ADDRESS: backends.address,
    COMPOSER_ADDRESS: backends.address,
    RENDERER_ADDRESS: backends.address,
    ...environment,
  });
  return runService({ name: 'gateway', module: AppModule, config, configureHttp });
}
