import { setTimeout as sleep } from 'node:timers/promises';

/** What a patient client of its own connection sees. */
export interface Probe {
  /** Of what was served, in milliseconds. */
  latencies: number[];
  refused: number;
  /** Of these, with Retry-After. */
  refusedWithTime: number;
  failed: string[];
}

/** Sends a request, again and again with a pause between, until the signal. */
export async function probe(url: string, init: RequestInit, pauseMs: number, signal: AbortSignal): Promise<Probe> {
  const seen: Probe = { latencies: [], refused: 0, refusedWithTime: 0, failed: [] };
  while (!signal.aborted) {
    const begun = performance.now();
    try {
      const response = await fetch(url, init);
      await response.arrayBuffer();
      if (response.ok) seen.latencies.push(performance.now() - begun);
      else if (response.status === 429 || response.status === 503) {
        seen.refused++;
        if (Number(response.headers.get('retry-after')) > 0) seen.refusedWithTime++;
      } else seen.failed.push(`${response.status}`);
    } catch (error) {
      seen.failed.push(String((error as Error).cause ?? error));
    }
    await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
  }
  return seen;
}

/** Requests served in each second by a few connections that ask one after another. */
export async function servedPerSecond(url: string, connections: number, seconds: number): Promise<number[]> {
  const counts = Array.from({ length: seconds }, () => 0);
  const begun = performance.now();
  await Promise.all(
    Array.from({ length: connections }, async () => {
      for (let second = 0; second < seconds;) {
        const response = await fetch(url);
        await response.arrayBuffer();
        second = Math.floor((performance.now() - begun) / 1000);
        if (response.ok && second < seconds) counts[second]!++;
      }
    }),
  );
  return counts;
}
