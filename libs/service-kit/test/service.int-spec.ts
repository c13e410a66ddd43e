import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { createServer, type AddressInfo } from 'node:net';
import {
  type ClientReadableStream,
  credentials,
  loadPackageDefinition,
  type ServiceClientConstructor,
} from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { protoPath, service as healthDefinition } from 'grpc-health-check';
import { ConfigurationError, Metrics, Readiness, type RunningService } from '../src';
import { kitClient, seen, startKitService } from './fixtures/kit-service';

interface HealthClient {
  check(request: object, done: (error: (Error & { code: number }) | null, answer?: { status: string }) => void): void;
  watch(request: object): ClientReadableStream<{ status: string }>;
  list(
    request: object,
    done: (error: Error | null, answer?: { statuses: Record<string, { status: string }> }) => void,
  ): void;
  close(): void;
}

function healthClient(service: RunningService): HealthClient {
  const health = (
    loadPackageDefinition(loadSync(protoPath, { enums: String, defaults: true })) as unknown as {
      grpc: { health: { v1: { Health: ServiceClientConstructor } } };
    }
  ).grpc.health.v1.Health;
  expect(Object.keys(healthDefinition)).toContain('Watch');
  return new health(`127.0.0.1:${service.grpcPort}`, credentials.createInsecure()) as unknown as HealthClient;
}

function check(client: HealthClient, name: string): Promise<string> {
  return new Promise((resolve) =>
    client.check({ service: name }, (error, answer) => resolve(error ? `code ${error.code}` : (answer?.status ?? ''))),
  );
}

let service: RunningService;
afterEach(() => service.stop());

describe('health', () => {
  it('follows the dependencies: /readyz, Check and Watch', async () => {
    service = await startKitService();
    const readiness = service.app.get(Readiness);
    const client = healthClient(service);
    const seenStatuses: string[] = [];
    const watch = client.watch({ service: 'beatbot.kit.v1.KitService' });
    watch.on('data', ({ status }: { status: string }) => seenStatuses.push(status)).on('error', () => undefined);
    expect(await check(client, '')).toBe('SERVING');
    expect(await check(client, 'beatbot.kit.v1.KitService')).toBe('SERVING');
    expect(await check(client, 'beatbot.kit.v1.Nothing')).toBe('code 5');

    let away = true;
    readiness.addCheck('database', () => (away ? Promise.reject(new Error('connection refused')) : Promise.resolve()));
    await readiness.refresh();
    const readyz = await fetch(`http://127.0.0.1:${service.httpPort}/readyz`);
    expect(readyz.status).toBe(503);
    expect(await readyz.json()).toEqual({ ready: false, draining: false, checks: { database: 'connection refused' } });
    expect((await fetch(`http://127.0.0.1:${service.httpPort}/healthz`)).status).toBe(200);
    expect(await check(client, '')).toBe('NOT_SERVING');

    away = false;
    await sleep(200);
    expect((await fetch(`http://127.0.0.1:${service.httpPort}/readyz`)).status).toBe(200);
    expect(await check(client, '')).toBe('SERVING');
    expect(seenStatuses).toEqual(['SERVING', 'NOT_SERVING', 'SERVING']);
    watch.cancel();
    client.close();
  });

  it('lists its services', async () => {
    service = await startKitService();
    const client = healthClient(service);
    const answer = await new Promise((resolve, reject) =>
      client.list({}, (error, value) => (error ? reject(error) : resolve(value))),
    );
    expect(answer).toMatchObject({
      statuses: { '': { status: 'SERVING' }, 'beatbot.kit.v1.KitService': { status: 'SERVING' } },
    });
    client.close();
  });
});

describe('reflection', () => {
  it('lists the services', async () => {
    service = await startKitService();
    const Reflection = (
      loadPackageDefinition(
        loadSync('reflection/v1/reflection.proto', {
          includeDirs: [require.resolve('@grpc/reflection/package.json').replace('package.json', 'build/proto/grpc')],
          oneofs: true,
        }),
      ) as unknown as { grpc: { reflection: { v1: { ServerReflection: ServiceClientConstructor } } } }
    ).grpc.reflection.v1.ServerReflection;
    const client = new Reflection(`127.0.0.1:${service.grpcPort}`, credentials.createInsecure());
    const call = client.makeBidiStreamRequest(
      '/grpc.reflection.v1.ServerReflection/ServerReflectionInfo',
      Reflection.service.ServerReflectionInfo!.requestSerialize,
      Reflection.service.ServerReflectionInfo!.responseDeserialize,
    );
    call.write({ listServices: '*' });
    const [answer] = (await once(call, 'data')) as [{ listServicesResponse: { service: { name: string }[] } }];
    call.end();
    client.close();
    expect(answer.listServicesResponse.service.map(({ name }) => name)).toContain('beatbot.kit.v1.KitService');
  });
});

describe('the stop', () => {
  it('says NOT_SERVING, lets a running call end, and then closes', async () => {
    service = await startKitService({ SHUTDOWN_DELAY_SECONDS: '0.2' });
    const client = kitClient(service);
    const health = healthClient(service);
    const watch = health.watch({ service: '' });
    const statuses: string[] = [];
    watch.on('data', ({ status }: { status: string }) => statuses.push(status)).on('error', () => undefined);
    await client.echo({ text: 'warm' });
    seen.waiting = 0;
    const slow = client.echo({ text: 'slow' });
    while (seen.waiting === 0) await sleep(5);
    const stopping = service.stop();
    await sleep(50);
    const readyz = await fetch(`http://127.0.0.1:${service.httpPort}/readyz`);
    expect([readyz.status, ((await readyz.json()) as { draining: boolean }).draining]).toEqual([503, true]);
    expect((await fetch(`http://127.0.0.1:${service.httpPort}/healthz`)).status).toBe(200);
    expect(await slow).toMatchObject({ text: 'slow' });
    await stopping;
    expect(statuses).toEqual(['SERVING', 'NOT_SERVING']);
    await expect(fetch(`http://127.0.0.1:${service.httpPort}/healthz`)).rejects.toThrow();
    await expect(client.echo({ text: 'late' }, { deadlineMs: 500 })).rejects.toMatchObject({ name: 'DomainError' });
    client.close();
    health.close();
  });

  it('is bounded: a call that never ends is answered, so that its caller does not take us for dead', async () => {
    service = await startKitService({ SHUTDOWN_GRACE_SECONDS: '0.3' });
    const client = kitClient(service);
    const numbers = client.count({ to: 1_000_000_000, padding: 0 })[Symbol.asyncIterator]();
    await numbers.next();
    const rest = (async () => {
      while (!(await numbers.next()).done);
    })().catch((error: unknown) => error);
    await service.stop();
    expect(await rest).toMatchObject({ reason: 'UNAVAILABLE', message: 'this server stops; try again' });
    client.close();
  });
});

describe('metrics', () => {
  it('show rate, errors and duration of RPCs and routes, the event loop and pools', async () => {
    service = await startKitService();
    const client = kitClient(service);
    await client.echo({ text: 'one' });
    await client.echo({ text: 'bad' }).catch(() => undefined);
    await fetch(`http://127.0.0.1:${service.httpPort}/no/such/route`);
    service.app.get(Metrics).pool('postgres', () => ({ size: 10, busy: 3, waiting: 0 }));
    const response = await fetch(`http://127.0.0.1:${service.metricsPort}/metrics`);
    const text = await response.text();
    expect(response.headers.get('content-type')).toContain('text/plain');
    expect(text).toMatch(
      /grpc_server_handled_total\{grpc_service="beatbot.kit.v1.KitService",grpc_method="Echo",grpc_code="OK",service="kit"\} 1/,
    );
    expect(text).toMatch(/grpc_server_handled_total\{[^}]*grpc_code="INVALID_ARGUMENT"[^}]*\} 1/);
    expect(text).toMatch(/grpc_server_handling_seconds_count\{[^}]*grpc_method="Echo"[^}]*\} 2/);
    expect(text).toMatch(/grpc_server_in_flight\{[^}]*grpc_method="Echo"[^}]*\} 0/);
    expect(text).toMatch(
      /http_server_request_duration_seconds_count\{[^}]*route="unmatched"[^}]*status="404"[^}]*\} 1/,
    );
    expect(text).toMatch(/nodejs_eventloop_lag_seconds/);
    expect(text).toMatch(/pool_resources\{pool="postgres",state="busy",service="kit"\} 3/);
    client.close();
  });
});

describe('a port in use', () => {
  it.each(['GRPC_PORT', 'HTTP_PORT', 'METRICS_PORT'])('stops the start and names %s', async (name) => {
    service ??= await startKitService();
    const blocker = createServer().listen(0, '127.0.0.1');
    await once(blocker, 'listening');
    const taken = (blocker.address() as AddressInfo).port;
    const error: unknown = await startKitService({ [name]: String(taken) }).catch((thrown: unknown) => thrown);
    blocker.close();
    expect(error).toBeInstanceOf(ConfigurationError);
    expect((error as Error).message).toContain(name);
    expect((error as Error).message).toContain(String(taken));
  });
});
