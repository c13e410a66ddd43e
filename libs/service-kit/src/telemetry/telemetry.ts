import type { NodeSDK } from '@opentelemetry/sdk-node';

/** Traces still unsent when the collector does not answer are given up after this time. */
const FLUSH_TIMEOUT_MS = 3000;

/** Set by the instrumentation module, which runs before all others and in the same process. */
const KEY = Symbol.for('beatbot.telemetry');
const holder = globalThis as typeof globalThis & { [KEY]?: NodeSDK };

export function rememberTelemetry(sdk: NodeSDK): void {
  holder[KEY] = sdk;
}

/** Sends what is unsent and ends tracing; does nothing where none was started. */
export async function flushTelemetry(): Promise<void> {
  const sdk = holder[KEY];
  if (!sdk) return;
  let timer: NodeJS.Timeout | undefined;
  await Promise.race([
    sdk.shutdown().catch(() => undefined),
    new Promise((resolve) => (timer = setTimeout(resolve, FLUSH_TIMEOUT_MS))),
  ]);
  clearTimeout(timer);
}
