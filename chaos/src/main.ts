import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { temporaryFolder } from '@beatbot/local-stack';
import { runChaos } from './chaos-run';
import { report } from './report';

const ROOT = resolve(__dirname, '../..');
const HELP = `Breaks a running BeatBot in every way we know, and checks that no song is lost.

Usage: npm run chaos [-- options]

  --seed N      decides what happens to whom and when (default 1)
  --minutes M   how long (default 2)
  --songs N     how many are asked for at most (default 1000)
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
  };
  const folder = temporaryFolder('chaos');
  const begun = Date.now();
  const log = (line: string) => console.log(`${((Date.now() - begun) / 1000).toFixed(1).padStart(7)} s  ${line}`);
  const outcome = await runChaos({ ...options, folder: join(folder, 'data'), log });
  console.log(`\n${report(outcome)}`);
  if (values.keep || outcome.violations.length > 0) console.log(`\nlogs and data: ${folder}`);
  else rmSync(folder, { recursive: true, force: true });
  return outcome.violations.length === 0 ? 0 : 1;
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(2);
  },
);
