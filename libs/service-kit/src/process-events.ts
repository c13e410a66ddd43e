import type { Logger } from '@nestjs/common';

/**
 * SIGTERM and SIGINT stop gracefully, a second one at once; what nobody caught is logged as fatal and ends the process with status 1.
 * Returns a function that takes the handlers away.
 */
export function handleProcessEvents(log: Logger, stop: () => Promise<void>): () => void {
  let signalled = false;
  const onSignal = (signal: NodeJS.Signals): void => {
    if (signalled) process.exit(128 + (signal === 'SIGINT' ? 2 : 15));
    signalled = true;
    log.log(`${signal}: stopping`);
    stop().then(
      () => process.exit(0),
      (error: unknown) => crash(error),
    );
  };
  const crash = (error: unknown): void => {
    log.fatal({ err: error, msg: `the process ends: ${error instanceof Error ? error.message : String(error)}` });
    process.exit(1);
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  process.on('unhandledRejection', crash);
  process.on('uncaughtException', crash);
  return () => {
    process.off('SIGTERM', onSignal);
    process.off('SIGINT', onSignal);
    process.off('unhandledRejection', crash);
    process.off('uncaughtException', crash);
  };
}
