// Asks the gateway at URL for COUNT songs at once and waits for them: `songs.mjs URL COUNT [BARS [FIRST-SEED]]`.
// Prints "accepted" when all are, then what did not end as it should, and "once N of M": N jobs succeeded with one revision.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

const [gateway, count, bars = '8', firstSeed = '0'] = process.argv.slice(2);

/** Until there is an answer, for at most `ATTEMPTS` seconds: pods come and go meanwhile. */
const ATTEMPTS = 240;
async function call(path, options) {
  for (let attempt = 1; ; attempt += 1) {
    const response = await fetch(gateway + path, { ...options, signal: AbortSignal.timeout(10_000) }).catch(
      (error) => error,
    );
    if (response.ok) return response.json();
    if (response.status && response.status < 500 && response.status !== 429)
      throw new Error(`${path}: ${response.status} ${await response.text()}`);
    if (attempt === ATTEMPTS) throw new Error(`${path}: ${response.status ?? response.message}`);
    await sleep(1000);
  }
}

async function ask(seed) {
  // The same key at each retry: one request, one song.
  const headers = { 'content-type': 'application/json', 'idempotency-key': randomUUID() };
  const body = JSON.stringify({ prompt: `calm ambient piano, ${bars} bars`, seed, title: `Song ${seed}` });
  return call('/v1/songs', { method: 'POST', headers, body });
}

async function outcome({ job, song }) {
  for (;;) {
    const { state, error } = await call(`/v1/jobs/${job.id}`);
    if (['succeeded', 'failed', 'cancelled'].includes(state)) {
      const { revisions } = await call(`/v1/songs/${song.id}/revisions`);
      if (state === 'succeeded' && revisions.length === 1) return 'once';
      return `${state}, ${revisions.length} revisions: ${JSON.stringify(error)}`;
    }
    await sleep(1000);
  }
}

const asked = await Promise.all(Array.from({ length: Number(count) }, (_, index) => ask(Number(firstSeed) + index)));
console.log('accepted');
const outcomes = await Promise.all(asked.map(outcome));
for (const other of outcomes.filter((one) => one !== 'once')) console.log(other);
const songs = new Set(asked.map(({ song }) => song.id)).size;
console.log(`once ${outcomes.filter((one) => one === 'once').length} of ${songs}`);
