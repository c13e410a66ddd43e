// Asks the gateway at URL for a song and follows its job by Server-Sent Events and by WebSocket, connecting again and
// asking for what is missing whenever a connection ends. Prints "watching", then for each of the two how often it
// connected and "whole" if it saw every event once and in order, up to the last.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

const gateway = process.argv[2];

async function insist(what) {
  for (;;) {
    try {
      return await what();
    } catch (error) {
      console.error(String(error.cause ?? error));
      await sleep(500);
    }
  }
}

const over = ({ type, state }) => type === 'state' && ['succeeded', 'failed', 'cancelled'].includes(state);

async function byEventStream(job) {
  const seen = [];
  let connections = 0;
  while (!seen.some(over)) {
    await insist(async () => {
      const response = await fetch(`${gateway}/v1/jobs/${job}/events`, {
        headers: { 'last-event-id': String(seen.at(-1)?.seq ?? 0) },
      });
      if (response.status !== 200) throw new Error(`the event stream answers ${response.status}`);
      connections += 1;
      let text = '';
      for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
        text += chunk;
        const blocks = text.split('\n\n');
        text = blocks.pop();
        for (const block of blocks) {
          const data = /^data: (.*)$/m.exec(block)?.[1];
          if (data) seen.push(JSON.parse(data));
        }
      }
    });
  }
  return { connections, seen };
}

async function byWebSocket(job) {
  const seen = [];
  let connections = 0;
  while (!seen.some(over)) {
    await new Promise((resolve) => {
      const socket = new WebSocket(`${gateway.replace(/^http/, 'ws')}/v1/events`);
      socket.onopen = () => {
        connections += 1;
        socket.send(JSON.stringify({ subscribe: job, after: seen.at(-1)?.seq ?? 0 }));
      };
      socket.onmessage = ({ data }) => {
        const message = JSON.parse(data);
        if (message.seq) seen.push(message);
        else if (message.type === 'ended' || message.type === 'error') socket.close();
      };
      socket.onclose = resolve;
      socket.onerror = ({ message }) => console.error(message);
    });
    await sleep(200);
  }
  return { connections, seen };
}

const whole = (seen) => seen.every(({ seq }, index) => seq === index + 1) && over(seen.at(-1));

const headers = { 'content-type': 'application/json', 'idempotency-key': randomUUID() };
const body = JSON.stringify({ prompt: 'orchestral, 48 bars', seed: 1 });
const { job } = await insist(async () =>
  (await fetch(`${gateway}/v1/songs`, { method: 'POST', headers, body })).json(),
);
console.log('watching');
const ways = { 'Server-Sent Events': byEventStream(job.id), WebSocket: byWebSocket(job.id) };
for (const [name, following] of Object.entries(ways)) {
  const { connections, seen } = await following;
  console.log(
    `${name}: ${connections} connections, ${seen.length} events, ${whole(seen) ? 'whole' : `not whole: ${seen.map(({ seq }) => seq)}`}`,
  );
}
