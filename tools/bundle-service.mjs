// Bundles a service's compiled code and its dependencies into one file for the process and one for its worker threads,
// dist/main.bundle.js and dist/worker.bundle.js; why: docs/adr/0015-services-run-from-bundles.md.
// Usage, after tsc: bundle-service.mjs FOLDER
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { EXTERNAL } from './external-packages.mjs';

/** What our dependencies use where it is there, and it never is. */
const ABSENT = [
  '@fastify/static',
  '@mikro-orm/core',
  '@nestjs/platform-socket.io',
  'amqp-connection-manager',
  'amqplib',
  'class-transformer',
  'class-validator',
  'kafkajs',
  'mqtt',
  'nats',
  'pg-native',
];

const folder = process.argv[2];
if (!folder) {
  console.error('usage: bundle-service.mjs FOLDER');
  process.exit(2);
}
const dist = join(folder, 'dist');
const entryPoints = ['main', 'worker/worker', 'workshop/worker']
  .filter((name) => existsSync(join(dist, `${name}.js`)))
  .map((name) => ({ in: join(dist, `${name}.js`), out: `${name.split('/').at(-1)}.bundle` }));

await build({
  entryPoints,
  outdir: dist,
  bundle: true,
  platform: 'node',
  target: 'node20',
  // Nest and the logs tell classes by their names.
  keepNames: true,
  external: ['@beatbot/*/worker', ...EXTERNAL, ...ABSENT],
  logLevel: 'warning',
});
