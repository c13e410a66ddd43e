// Asks the gateway at URL for one song after the other until one has to wait, then deletes all others.
// Prints "begun", "waits WHY" as the events of the job say, "reads answer" if the songs made are there, and "well again"
// when the one that waited is made, too.
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';

const gateway = process.argv[2];
const MOST_SONGS = 30;

async function call(path, options) {
  const response = await fetch(gateway + path, { ...options, signal: AbortSignal.timeout(30_000) });
  const text = await response.text();
  if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}

async function ask(seed) {
  const headers = { 'content-type': 'application/json', 'idempotency-key': randomUUID() };
  const body = JSON.stringify({ prompt: 'orchestral, 24 bars', seed });
  return call('/v1/songs', { method: 'POST', headers, body });
}

/** Follows a job to the first event after number `after` for which `wanted` holds; resumes where a gateway goes. */
async function follow(job, after, wanted) {
  for (;;) {
    try {
      for await (const event of events(job, after)) {
        if (event.state === 'failed') throw new Error(`the job failed: ${JSON.stringify(event)}`);
        if (wanted(event)) return event;
        after = event.seq;
      }
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      console.log(`resumes after ${after}: ${error.message}`);
    }
    await setTimeout(500);
  }
}

/** Of one connection; a TypeError where it breaks. */
async function* events(job, after) {
  const response = await fetch(`${gateway}/v1/jobs/${job}/events`, { headers: { 'last-event-id': String(after) } });
  let text = '';
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    const blocks = text.split('\n\n');
    text = blocks.pop();
    for (const block of blocks) {
      const data = /^data: (.*)$/m.exec(block)?.[1];
      if (data) yield JSON.parse(data);
    }
  }
}

console.log('begun');
const made = [];
for (;;) {
  if (made.length === MOST_SONGS) throw new Error(`${MOST_SONGS} songs did not fill it`);
  const { job, song } = await ask(made.length);
  const event = await follow(job.id, 0, ({ state, detail }) => state === 'succeeded' || /^waits: .*space/.test(detail));
  if (event.state === 'succeeded') {
    made.push(song.id);
    continue;
  }
  console.log(`${event.detail} (after ${made.length} songs)`);
  for (const id of made) await call(`/v1/songs/${id}`);
  if (made.length > 0) console.log('reads answer');
  for (const id of made) await call(`/v1/songs/${id}`, { method: 'DELETE' });
  await follow(job.id, event.seq, ({ state }) => state === 'succeeded');
  console.log('well again');
  break;
}
