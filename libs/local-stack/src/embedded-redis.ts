import { createRedisMock } from 'js-redis-server';

/** The program behind the embedded Redis; its argument is the port. */
async function main(): Promise<void> {
  const server = await createRedisMock({ port: Number(process.argv[2]) });
  const stop = () => void server.close().then(() => process.exit(0));
  process.once('SIGTERM', stop);
  process.once('disconnect', stop);
}

void main();
