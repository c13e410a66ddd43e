// Asks the gateway for a short song and waits until it is made; status 0 if it is complete.
const { randomUUID, createHash } = require('node:crypto');

const gateway = process.env.GATEWAY;
// Where the gateway asks for credentials: the operator, who acts for an owner of the test's own.
const credentials = process.env.OPERATOR_KEY && {
  authorization: `Bearer ${process.env.OPERATOR_KEY}`,
  'x-beatbot-owner': 'helm-test',
};
const LIMIT_MS = 240_000;

async function call(path, { headers, ...options } = {}) {
  const response = await fetch(`${gateway}${path}`, { ...options, headers: { ...headers, ...credentials } });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response;
}

async function main() {
  const started = Date.now();
  const asked = await call('/v1/songs', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
    body: JSON.stringify({ prompt: 'calm ambient piano, 8 bars, in C major, 80 bpm', seed: 4 }),
  });
  const { song, job } = await asked.json();
  let now = job;
  while (!['succeeded', 'failed', 'cancelled'].includes(now.state)) {
    if (Date.now() - started > LIMIT_MS) throw new Error(`job ${job.id} is still ${now.state} at stage ${now.stage}`);
    await new Promise((resolve) => setTimeout(resolve, 500));
    now = await (await call(`/v1/jobs/${job.id}`)).json();
  }
  if (now.state !== 'succeeded') throw new Error(`job ${job.id} ${now.state}: ${JSON.stringify(now.error)}`);
  const revision = `/v1/songs/${song.id}/revisions/${now.revision}`;
  const { assets } = await (await call(`${revision}/assets`)).json();
  if (!assets.some((asset) => asset.kind === 'mix')) throw new Error(`no mix among ${JSON.stringify(assets)}`);
  const audio = Buffer.from(await (await call(`${revision}/audio`)).arrayBuffer());
  const digest = createHash('sha256').update(audio).digest('hex');
  console.log(`a song in ${((Date.now() - started) / 1000).toFixed(1)} s, ${assets.length} assets`);
  console.log(`its audio: ${audio.length} bytes, SHA-256 ${digest}`);
  await call(`/v1/songs/${song.id}`, { method: 'DELETE' });
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
