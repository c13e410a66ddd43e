import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { temporaryFolder } from '@beatbot/local-stack';
import { type Breakage, BREAKAGES, brokenRepository } from './breakages';
import { type ChaosOutcome, CLIENTS, runChaos } from './chaos-run';
import { grouped } from './grouped';
import { report } from './report';

const ROOT = resolve(__dirname, '../..');
const HELP = `Breaks a running BeatBot in every way we know, and checks that no song is lost.

Usage: npm run chaos [-- options]

  --seed N      decides what happens to whom and when (default 1)
  --minutes M   how long (default 2)
  --songs N     how many are asked for at most (default 1000)
  --broken NAME break one promise on purpose first: ${BREAKAGES.map(({ name }) => name).join(', ')}
  --prove       break each of them, in a short run each, and see that the suite catches all
  --keep        leave the data folder with the logs where it is
`;

function positive(name: string, text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new RangeError(`--${name} ${text} is not allowed: a number above 0`);
  return value;
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: '1' },
      minutes: { type: 'string', default: '2' },
      songs: { type: 'string', default: '1000' },
      broken: { type: 'string' },
      prove: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const options = {
    root: ROOT,
    seed: positive('seed', values.seed),
    minutes: positive('minutes', values.minutes),
    maxSongs: positive('songs', values.songs),
    clients: CLIENTS,
  };
  if (values.prove) return prove({ ...options, minutes: PROOF_MINUTES });
  const broken = BREAKAGES.find(({ name }) => name === values.broken);
  if (values.broken !== undefined && !broken) {
    throw new RangeError(`--broken ${values.broken} is not allowed: ${BREAKAGES.map(({ name }) => name).join(', ')}`);
  }
  const outcome = await run(options, broken, values.keep);
  console.log(`\n${report(outcome)}`);
  return outcome.violations.length === 0 ? 0 : 1;
}

const PROOF_MINUTES = 0.5;

interface RunOptions {
  root: string;
  seed: number;
  minutes: number;
  maxSongs: number;
  clients: number;
}

async function run(options: RunOptions, broken: Breakage | undefined, keep: boolean): Promise<ChaosOutcome> {
  const folder = temporaryFolder('chaos');
  const begun = Date.now();
  const log = (line: string) => console.log(`${((Date.now() - begun) / 1000).toFixed(1).padStart(7)} s  ${line}`);
  const changes = broken && {
    ...broken.run,
    root: brokenRepository(options.root, join(folder, 'broken'), broken),
    sql: broken.sql,
  };
  const outcome = await runChaos({ ...options, ...changes, folder: join(folder, 'data'), log });
  if (keep || (outcome.violations.length > 0 && !broken)) console.log(`\nlogs and data: ${folder}`);
  else rmSync(folder, { recursive: true, force: true });
  return outcome;
}

/** Breaks each promise and counts what is caught; 1 where a breakage passes. */
async function prove(options: RunOptions): Promise<number> {
  const rows = ['| broken on purpose | caught by (violations) | the first |', '| --- | --- | --- |'];
  let passed = 0;
  for (const breakage of BREAKAGES) {
    console.log(`\n${breakage.name}: ${breakage.about}`);
    const outcome = await run(options, breakage, false);
    const { violations } = outcome;
    const byCheck = [...grouped(violations, ({ check }) => check)];
    if (violations.length === 0) passed++;
    const caught = byCheck.map(([check, list]) => `${check} (${list.length})`).join(', ') || '**nothing**';
    rows.push(`| ${breakage.about} | ${caught} | ${violations[0]?.what.split('\n')[0] ?? ''} |`);
    console.log(`\n${report(outcome)}`);
  }
  console.log(`\n${rows.join('\n')}`);
  return passed === 0 ? 0 : 1;
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(2);
  },
);
