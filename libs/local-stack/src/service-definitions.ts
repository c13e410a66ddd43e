/** The five services, in the order in which a stop takes them down: first who gives work, last who keeps it. */
export const SERVICES = ['gateway', 'orchestrator', 'composer', 'renderer', 'storage'] as const;
export type ServiceName = (typeof SERVICES)[number];

/** The ports of one service, all on the loopback interface. */
export interface ServicePorts {
  grpc: number;
  http: number;
  metrics: number;
}

export interface StackAddresses {
  host: string;
  ports: Record<ServiceName, ServicePorts>;
  databaseUrl: string;
  redisUrl: string;
  objectStorePath: string;
  objectSigningSecret: string;
}

/** The environment of a service: the same variables that the chart sets. */
export function serviceEnvironment(name: ServiceName, stack: StackAddresses, logLevel: string): Record<string, string> {
  const ports = stack.ports[name];
  const address = (service: ServiceName) => `127.0.0.1:${stack.ports[service].grpc}`;
  const common = {
    HOST: name === 'gateway' ? stack.host : '127.0.0.1',
    HTTP_PORT: String(ports.http),
    METRICS_PORT: String(ports.metrics),
    LOG_LEVEL: logLevel,
    // No load balancer has to notice that we leave.
    SHUTDOWN_DELAY_SECONDS: '0',
  };
  const grpc = { GRPC_PORT: String(ports.grpc) };
  switch (name) {
    case 'gateway':
      return {
        ...common,
        REDIS_URL: stack.redisUrl,
        ORCHESTRATOR_ADDRESS: address('orchestrator'),
        COMPOSER_ADDRESS: address('composer'),
        RENDERER_ADDRESS: address('renderer'),
        STORAGE_ADDRESS: address('storage'),
      };
    case 'orchestrator':
      return {
        ...common,
        ...grpc,
        REDIS_URL: stack.redisUrl,
        COMPOSER_ADDRESS: address('composer'),
        RENDERER_ADDRESS: address('renderer'),
        STORAGE_ADDRESS: address('storage'),
      };
    case 'composer':
      return { ...common, ...grpc, REDIS_URL: stack.redisUrl, STORAGE_ADDRESS: address('storage') };
    case 'renderer':
      return { ...common, ...grpc, STORAGE_ADDRESS: address('storage') };
    case 'storage':
      return {
        ...common,
        ...grpc,
        DATABASE_URL: stack.databaseUrl,
        // Whatever S3_BUCKET the shell has.
        OBJECT_STORE: 'file-system',
        OBJECT_STORE_PATH: stack.objectStorePath,
        OBJECT_SIGNING_SECRET: stack.objectSigningSecret,
        WEBHOOK_SIGNING_SECRET: stack.objectSigningSecret,
        OBJECT_PUBLIC_URL: `http://127.0.0.1:${ports.http}`,
      };
  }
}
