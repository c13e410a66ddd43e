/**
 * Starts a system of its own, makes a song, and lets Schemathesis ask for everything that the OpenAPI document has. Fails on
 * an answer that the document does not allow, on a 5xx but those it expects, and on fewer requests than are promised.
 */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startStack, temporaryFolder } from '@beatbot/local-stack';

const LEAST_REQUESTS = 20_000;
/** 503 and 504 where something is away, full or late are documented; all other 5xx are faults. */
const EXPECTED_STATUSES = ['2xx', '3xx', '4xx', 503, 504];
/** All but that valid data is accepted, which hangs on what songs and jobs there are, and how long an answer takes. */
const CHECKS = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_headers_conformance',
  'response_schema_conformance',
  'negative_data_rejection',
  'missing_required_header',
  'unsupported_method',
  'allow_header_conformance',
  'use_after_free',
  'ensure_resource_availability',
  'ignored_auth',
];
const OWNER = 'fuzz';
const OPERATOR_KEY = `operator-${randomUUID()}`;

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '5' },
    examples: { type: 'string', default: '350' },
    requests: { type: 'string', default: String(LEAST_REQUESTS) },
  },
});

const folder = temporaryFolder('fuzz');
/** What nobody asked for, such as the end of a process. */
const happened = [];
let stack;
let status = 1;
try {
  stack = await launch({});
  const made = await song(stack.url);
  await stack.stop();
  // From here on jobs are taken and none is worked on: what is tested is the interface.
  stack = await launch({ WORKER_CONCURRENCY: '0', MAX_UNFINISHED_JOBS: '0', MAX_UNFINISHED_JOBS_PER_OWNER: '0' });
  status = await fuzz(stack, made);
} finally {
  await stack?.stop();
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = status;

function launch(orchestrator) {
  return startStack({
    root,
    dataDir: join(folder, 'data'),
    host: '127.0.0.1',
    port: 0,
    readyTimeoutMs: 240_000,
    env: {
      RATE_LIMIT_READS_PER_MINUTE: '10000000',
      RATE_LIMIT_WRITES_PER_MINUTE: '10000000',
      AUTH_FAILURES_PER_MINUTE: '1000000',
      LOG_LEVEL: 'warn',
    },
    serviceEnv: { orchestrator, gateway: { AUTH: 'keys', OPERATOR_KEY } },
    onEvent: (text) => happened.push(text),
  });
}

/** The operator says for whom. */
function headersOf(key) {
  return { Authorization: `Bearer ${key}`, ...(key === OPERATOR_KEY && { 'X-Beatbot-Owner': OWNER }) };
}

/** A key of an owner, a song of theirs, and what its parts are called. */
async function song(url) {
  const ask = async (key, path, body) => {
    const response = await fetch(`${url}/v1${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { ...headersOf(key), 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.json();
  };
  const { secret: key } = await ask(OPERATOR_KEY, '/keys', { name: 'fuzz', scope: 'admin' });
  const other = await ask(OPERATOR_KEY, '/keys', { name: 'to be rotated and deleted', scope: 'read' });
  const { job } = await ask(key, '/songs', { prompt: 'house, 4 bars', formats: ['wav'] });
  for (;;) {
    const { state } = await ask(key, `/jobs/${job.id}`);
    if (state === 'succeeded') break;
    if (state === 'failed') throw new Error('the song of the test failed');
    await sleep(200);
  }
  const { assets } = await ask(key, `/songs/${job.songId}/revisions/1/assets`);
  const stem = assets.find(({ kind }) => kind === 'stem');
  return { key, otherKey: other.key.id, job: job.id, song: job.songId, track: stem.trackId, name: stem.name };
}

async function fuzz({ url, addresses }, made) {
  const { job, song: songId, track, name, otherKey } = made;
  const events = ['--exclude-path', '/v1/jobs/{job}/events'];
  const quota = ['--exclude-path', '/v1/quota'];
  // A pass must not end the key that it asks with.
  const ends = ['deleteKey', 'rotateKey'];
  const keys = ends.flatMap((id) => ['--exclude-operation-id', id]);
  const passes = [
    {
      title: 'of the song that is there',
      config: { 'path.job': job, 'path.song': songId, 'path.number': 1, 'path.track': track, 'path.name': name },
      phases: 'examples,coverage,fuzzing',
      // Its events have ended, so that they are answered at once.
      select: ['--include-path-regex', '\\{(song|job)\\}', '--exclude-operation-id', 'deleteSong'],
    },
    {
      title: 'one after another',
      phases: 'stateful',
      // Nobody works on these jobs, so that their events never end; and nothing shall be sent to made-up receivers.
      select: [...events, ...quota, ...keys, '--exclude-path-regex', '^/v1/webhooks'],
    },
    { title: 'of anything', phases: 'examples,coverage,fuzzing', select: [...events, ...quota, ...keys] },
    {
      title: 'that end a key',
      config: { 'path.key': otherKey },
      phases: 'examples,coverage,fuzzing',
      select: ends.flatMap((id) => ['--include-operation-id', id]),
    },
    {
      title: 'of the operator',
      key: OPERATOR_KEY,
      phases: 'examples,coverage,fuzzing',
      select: ['--include-path', '/v1/quota'],
    },
  ];
  let failed = 0;
  for (const { title, key = made.key, config = {}, phases, select } of passes) {
    console.log(`\n--- requests ${title}`);
    if ((await schemathesis({ url, key, config, phases, select })) !== 0) failed++;
  }
  const counts = await answers(addresses.ports.gateway.metrics);
  const total = sum(counts, () => true);
  const faults = Object.keys(counts).filter((code) => code >= 500 && !EXPECTED_STATUSES.includes(Number(code)));
  const of = (first) => sum(counts, (code) => String(code).startsWith(first));
  const unlikely = [
    ...(total - (counts[401] ?? 0) < total / 2 ? ['most are 401: the credentials did not hold'] : []),
    ...(of('2') < total / 100 ? ['fewer than 1 % are 2xx: nothing was served'] : []),
    ...((counts[400] ?? 0) < total / 20 ? ['fewer than 5 % are 400: nothing bad was sent'] : []),
  ];
  console.log(`\n${total} requests, by status:`, counts);
  if (faults.length > 0) console.error(`answers that must not be: ${faults.join(', ')}`);
  if (total < Number(values.requests)) console.error(`fewer than ${values.requests} requests`);
  for (const text of [...unlikely, ...happened]) console.error(text);
  // Each pass, and what is asked of all of them together.
  const checks = [faults.length === 0, total >= Number(values.requests), unlikely.length === 0, happened.length === 0];
  const bad = failed + checks.filter((good) => !good).length;
  console.log(`${passes.length + checks.length - bad} passed, ${bad} failed`);
  return bad === 0 ? 0 : 1;
}

function sum(counts, counted) {
  return Object.entries(counts).reduce((total, [code, count]) => total + (counted(Number(code)) ? count : 0), 0);
}

function schemathesis({ url, key, config: parameters, phases, select }) {
  const config = join(folder, 'schemathesis.toml');
  const text = (value) => JSON.stringify(value);
  writeFileSync(
    config,
    [
      ...['[checks.not_a_server_error]', `expected-statuses = ${text(EXPECTED_STATUSES)}`],
      '[parameters]',
      ...Object.entries(parameters).map(([key, value]) => `${text(key)} = ${text(value)}`),
    ].join('\n'),
  );
  const args = [
    ...['--config-file', config, 'run', join(root, 'libs/client/openapi.json'), '--url', url],
    ...['--phases', phases, '--checks', CHECKS.join(',')],
    ...['--seed', values.seed, '--max-examples', values.examples, '--generation-database', 'none'],
    ...Object.entries(headersOf(key)).flatMap(([name, value]) => ['--header', `${name}: ${value}`]),
    // One, because threads would share what is random.
    ...['--workers', '1', '--request-timeout', '60', '--suppress-health-check', 'all', '--warnings', 'off'],
    ...['--continue-on-failure', ...select],
  ];
  return new Promise((done, failed) => {
    const child = spawn(process.env.SCHEMATHESIS ?? 'schemathesis', args, {
      cwd: folder,
      stdio: 'inherit',
      env: { ...process.env, PYTHONHASHSEED: '0', SCHEMATHESIS_HOOKS: join(root, 'e2e/fuzz/hooks.py') },
    });
    child.once('error', failed);
    child.once('close', (code) => done(code ?? 1));
  });
}

/** How many requests the gateway answered with each status, by its own count. */
async function answers(port) {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const counts = {};
  for (const [, code, count] of text.matchAll(
    /^http_server_request_duration_seconds_count\{.*status="(\d+)".*\} (\d+)$/gm,
  ))
    counts[code] = (counts[code] ?? 0) + Number(count);
  return counts;
}
