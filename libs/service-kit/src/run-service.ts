import 'reflect-metadata';
import type { Server as HttpServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Server, setLogger } from '@grpc/grpc-js';
import type { PackageDefinition } from '@grpc/proto-loader';
import { ReflectionService } from '@grpc/reflection';
import { Logger, Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { NestMicroservice } from '@nestjs/microservices';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Logger as PinoLogger } from 'nestjs-pino';
import { type BaseConfig, ConfigurationError } from './config/environment';
import { serverCredentials } from './grpc/certificate-files';
import { HealthService } from './grpc/health-service';
import { KitGrpcServer } from './grpc/kit-grpc-server';
import type { ProtoPackage } from './grpc/proto-package';
import { RpcErrorFilter } from './grpc/rpc-error-filter';
import { addHttpHealth } from './health/http-health';
import { Readiness } from './health/readiness';
import { boundHttp } from './http/http-bounds';
import { GrpcMetrics } from './metrics/grpc-metrics';
import { httpMetrics } from './metrics/http-metrics';
import { Metrics } from './metrics/metrics';
import { serveMetrics } from './metrics/metrics-server';
import { handleProcessEvents } from './process-events';
import { ServiceKitModule } from './service-kit.module';
import { flushTelemetry } from './telemetry/telemetry';

export interface ServiceOptions {
  /** The service's one word: `storage`. */
  name: string;
  /** The root module. */
  module: Type;
  /** `readEnvironment(baseEnvironment.extend({...}))` */
  config: BaseConfig;
  /** Packages served by gRPC: `['beatbot.storage.v1']`. Without any, no gRPC server is started. */
  grpcPackages?: ProtoPackage[];
  /** The gateway's REST set-up. No body parser is installed unless it installs one (`app.useBodyParser`). */
  configureHttp?: (app: NestExpressApplication) => void | Promise<void>;
}

export interface RunningService {
  app: NestExpressApplication;
  /** The ports bound; `grpcPort` is 0 where no gRPC is served. */
  grpcPort: number;
  httpPort: number;
  metricsPort: number;
  /** The graceful stop that SIGTERM and SIGINT start: not ready, pause, drain, close workers, close clients, flush traces. */
  stop(): Promise<void>;
}

/** How long workers and clients may take to close, once all calls have ended. */
const CLOSE_TIMEOUT_MS = 15_000;

/**
 * Starts a service: HTTP (health, and REST where `configureHttp` adds it), gRPC with health and reflection, and metrics.
 * From then on SIGTERM and SIGINT stop it gracefully, and what nobody caught is logged as fatal and ends the process with status 1.
 * @throws ConfigurationError when a port cannot be bound
 */
export async function runService(options: ServiceOptions): Promise<RunningService> {
  const { name, config } = options;
  const app = await NestFactory.create<NestExpressApplication>(rootModule(options), {
    bufferLogs: true,
    bodyParser: false,
    abortOnError: false,
  });
  app.useLogger(app.get(PinoLogger));
  app.flushLogs();
  const log = new Logger('service');
  logGrpc();
  const readiness = app.get(Readiness);
  const metrics = app.get(Metrics);

  boundHttp(app.getHttpServer() as HttpServer, {
    maxConnections: config.HTTP_MAX_CONNECTIONS,
    stallMs: config.HTTP_STALL_SECONDS * 1000,
  });
  addHttpHealth(app, readiness);
  app.use(httpMetrics(metrics));
  await options.configureHttp?.(app);

  const grpc = options.grpcPackages?.length ? connectGrpc(app, options, options.grpcPackages, metrics) : undefined;
  let metricsServer: Awaited<ReturnType<typeof serveMetrics>> | undefined;
  const close = async (): Promise<void> => {
    grpc?.health.close();
    await Promise.all([
      grpc?.server.close(),
      closeHttp(app.getHttpServer() as HttpServer, config.SHUTDOWN_GRACE_SECONDS * 1000),
    ]);
    await bounded(app.close(), CLOSE_TIMEOUT_MS, log);
    await metricsServer?.close();
    await flushTelemetry();
    unhandle();
  };
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> =>
    (stopping ??= (async () => {
      log.log('stopping');
      readiness.drain();
      await sleep(config.SHUTDOWN_DELAY_SECONDS * 1000);
      await close();
    })());
  const unhandle = handleProcessEvents(log, stop);

  try {
    await app.init();
    metricsServer = await serveMetrics(metrics, config.HOST, config.METRICS_PORT);
    await app.listen(config.HTTP_PORT, config.HOST).catch((error: Error) => {
      throw new ConfigurationError(
        `cannot listen on ${config.HOST}:${config.HTTP_PORT} for HTTP (set HTTP_PORT and HOST): ${error.message}`,
      );
    });
    await app.startAllMicroservices();
    readiness.onChange((ready) => grpc?.health.setServing(ready));
    logFirstReady(readiness, log);
    await readiness.start(config.READINESS_INTERVAL_MS);
  } catch (error) {
    await close();
    throw error;
  }

  const service: RunningService = {
    app,
    grpcPort: grpc?.server.port ?? 0,
    httpPort: portOf(app.getHttpServer() as HttpServer),
    metricsPort: metricsServer.port,
    stop,
  };
  log.log(
    `${name} is up after ${sinceStart()}: gRPC ${service.grpcPort || 'none'}, HTTP ${service.httpPort}, metrics ${service.metricsPort}`,
  );
  return service;
}

/** What grpc-js has to say goes into the log instead of to the console; what concerns a call is reported by the call. */
function logGrpc(): void {
  const log = new Logger('grpc-js');
  setLogger({
    error: (message) => log.warn(message),
    info: (message) => log.debug(message),
    debug: (message) => log.debug(message),
  });
}

/** Says once how long it took until everything that requests need was there. */
function logFirstReady(readiness: Readiness, log: Logger): void {
  let logged = false;
  readiness.onChange((ready) => {
    if (ready && !logged) log.log(`ready after ${sinceStart()}`);
    logged ||= ready;
  });
}

function sinceStart(): string {
  return `${Math.round(performance.now())} ms`;
}

function rootModule({ name, module, config }: ServiceOptions): Type {
  @Module({ imports: [ServiceKitModule.forRoot({ name, config }), module] })
  class Root {}
  return Root;
}

function connectGrpc(
  app: NestExpressApplication,
  { config }: ServiceOptions,
  packages: ProtoPackage[],
  metrics: Metrics,
): { server: KitGrpcServer; health: HealthService } {
  const services = new Set<string>();
  const health = new HealthService(services);
  const server = new KitGrpcServer({
    host: config.HOST,
    port: config.GRPC_PORT,
    packages,
    credentials: serverCredentials(config),
    maxStreams: config.GRPC_MAX_STREAMS,
    maxConnectionAgeMs: config.GRPC_MAX_CONNECTION_AGE_SECONDS * 1000,
    graceMs: config.SHUTDOWN_GRACE_SECONDS * 1000,
    maxCalls: config.GRPC_MAX_CALLS,
    metrics: new GrpcMetrics(metrics),
    addServices: (grpcServer: Server, definition: PackageDefinition) => {
      for (const [fullName, entry] of Object.entries(definition)) if (!('format' in entry)) services.add(fullName);
      health.addToServer(grpcServer);
      new ReflectionService(definition).addToServer(grpcServer);
    },
  });
  // Initialisation is deferred so that the filter is there when handlers are bound, and so that HTTP's filters stay HTTP's.
  const microservice = app.connectMicroservice({ strategy: server }, { deferInitialization: true });
  microservice.useGlobalFilters(new RpcErrorFilter());
  // The application runs the modules' init hooks; a second run here would repeat them.
  if (microservice instanceof NestMicroservice) microservice.setIsInitHookCalled(true);
  return { server, health };
}

/** Lets running requests end for at most `graceMs`, then cuts them. */
async function closeHttp(server: HttpServer, graceMs: number): Promise<void> {
  if (!server.listening) return;
  const ended = new Promise<void>((resolve) => server.close(() => resolve()));
  const cut = new AbortController();
  const bound = sleep(graceMs, undefined, { signal: cut.signal }).catch(() => undefined);
  await Promise.race([ended, bound]);
  cut.abort();
  server.closeAllConnections();
}

async function bounded(work: Promise<void>, timeoutMs: number, log: Logger): Promise<void> {
  const done = new AbortController();
  const late = sleep(timeoutMs, 'late' as const, { signal: done.signal }).catch(() => undefined);
  if ((await Promise.race([work, late])) === 'late')
    log.error(`workers and clients did not close within ${timeoutMs} ms`);
  done.abort();
}

function portOf(server: HttpServer): number {
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}
