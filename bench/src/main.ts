import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Bench, Figure } from './figure';
import { agentsBench } from './agents/agents-bench';
import { briefBench } from './brief/brief-bench';
import { overloadBench } from './overload/overload-bench';
import { promisesBench } from './promises/promises-bench';
import { renderBench } from './render/render-bench';
import { figureTable, type RunConditions, withSection } from './report';
import { stylesBench } from './styles-bench';
import { systemBench } from './system-bench';

const BENCHES: Bench[] = [systemBench, briefBench, promisesBench, agentsBench, renderBench, stylesBench, overloadBench];
/** What is measured by other means than a bench. */
const ADDED_ABOUT: Record<string, string> = {
  kubernetes:
    'The chart on a cluster of two nodes that share the cores of one machine, with the bundled servers: `e2e/kubernetes.sh --json FILE`.',
};
const ROOT = resolve(__dirname, '../..');
const DOCUMENT = join(ROOT, 'docs/benchmarks.md');

/** Puts the figures of a file in the form of `--json` into the document, such as those of e2e/kubernetes.sh. */
function addFigures(file: string): void {
  const { figures, ...conditions } = JSON.parse(readFileSync(file, 'utf8')) as RunConditions & { figures: Figure[] };
  const name = figures[0]?.name.split('.')[0] ?? '';
  const about = ADDED_ABOUT[name];
  if (about === undefined)
    throw new Error(`${file} has figures of "${name}"; known are ${Object.keys(ADDED_ABOUT).join(', ')}`);
  writeFileSync(DOCUMENT, withSection(readFileSync(DOCUMENT, 'utf8'), name, about, figures, conditions));
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'string' },
      add: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const list = BENCHES.map(({ name, about }) => `  ${name.padEnd(12)} ${about}`).join('\n');
  if (values.help) {
    console.log(
      `npm run bench [-- NAME...] [--json FILE]\nnpm run bench -- --add FILE  figures measured elsewhere: ${Object.keys(ADDED_ABOUT).join(', ')}\n\n${list}`,
    );
    return 0;
  }
  if (values.add !== undefined) {
    addFigures(values.add);
    return 0;
  }
  const unknown = positionals.filter((name) => !BENCHES.some((bench) => bench.name === name));
  if (unknown.length > 0) {
    console.error(`no bench is called ${unknown.join(', ')}; there are\n${list}`);
    return 2;
  }
  const chosen = positionals.length > 0 ? BENCHES.filter(({ name }) => positionals.includes(name)) : BENCHES;
  const conditions = {
    commit: execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: ROOT }).toString().trim(),
    node: process.version,
    cpu: `${cpus().length} x ${cpus()[0]?.model.trim() ?? 'unknown'}`,
    date: new Date().toISOString().slice(0, 10),
  };
  const figures: Figure[] = [];
  for (const bench of chosen) {
    console.log(`\n${bench.name}: ${bench.about}`);
    const measured = await bench.run((line) => console.log(`  ${line}`));
    figures.push(...measured);
    console.log(`\n${figureTable(measured)}`);
    const document = existsSync(DOCUMENT) ? readFileSync(DOCUMENT, 'utf8') : '';
    writeFileSync(DOCUMENT, withSection(document, bench.name, bench.about, measured, conditions));
  }
  if (values.json) {
    writeFileSync(values.json, `${JSON.stringify({ ...conditions, figures }, null, 2)}\n`);
  }
  return 0;
}

// Ends what a bench has started, too.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
