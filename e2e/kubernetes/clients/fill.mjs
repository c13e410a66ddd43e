// Asks the gateway at URL for one song after the other until one fails, then deletes all and asks for one more.
// Prints "begun", "refused WHY" when a song fails, "reads answer" if the songs made are there whole, "well again".
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

const gateway = process.argv[2];
const MOST_SONGS = 60;
const RETRIES = 20;

async function call(path, options) {
  const response = await fetch(gateway + path, { ...options, signal: AbortSignal.timeout(30_000) });
  const text = await response.text();
  if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}

/** The song's id, or an error of what the job or the gateway said. */
async function make(seed) {
  const headers = { 'content-type': 'application/json', 'idempotency-key': randomUUID() };
  const body = JSON.stringify({ prompt: 'orchestral, 32 bars', seed });
  const { job, song } = await call('/v1/songs', { method: 'POST', headers, body });
  for (;;) {
    const { state, error } = await call(`/v1/jobs/${job.id}`);
    if (state === 'succeeded') return song.id;
    if (state === 'failed') throw new Error(JSON.stringify(error));
    await sleep(1000);
  }
}

console.log('begun');
const songs = [];
try {
  while (songs.length < MOST_SONGS) songs.push(await make(songs.length));
  console.log(`${MOST_SONGS} songs did not fill it`);
} catch (error) {
  console.log(`refused after ${songs.length} songs: ${error.message}`);
}
for (const song of songs) await call(`/v1/songs/${song}`);
console.log('reads answer');
const { songs: all } = await call('/v1/songs?pageSize=100');
for (const { id } of all)
  await call(`/v1/songs/${id}`, { method: 'DELETE', headers: { 'idempotency-key': randomUUID() } });
for (let attempt = 1; ; attempt += 1) {
  try {
    await make(1000 + attempt);
    break;
  } catch (error) {
    if (attempt === RETRIES) throw error;
    await sleep(3000);
  }
}
console.log('well again');
