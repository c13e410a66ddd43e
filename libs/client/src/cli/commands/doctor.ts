import { accessSync, constants } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { Command } from 'commander';
import { BeatbotClient } from '../../beatbot-client';
import type { CommandContext } from '../command-context';
import { CommandError, EXIT } from '../exit-code';
import { tableOf } from '../table';
import { paint, type Terminal } from '../terminal';
import { VERSION } from '../version';

type Verdict = 'ok' | 'bad' | 'info';

interface Finding {
  what: string;
  verdict: Verdict;
  found: string;
  /** What to do, where something is to be done. */
  advice: string;
}

const OLDEST_NODE = [20, 19];
const LEAST_FREE_BYTES = 2 * 1024 ** 3;
const PATIENCE_MS = 1000;

export function addDoctor(program: Command, context: CommandContext): void {
  program
    .command('doctor')
    .description('check this machine and the server, and say what to do')
    .addHelpText('after', '\nExamples:\n  beatbot doctor\n  beatbot doctor --url https://beatbot.example.com --json')
    .action(() => doctor(context));
}

async function doctor(context: CommandContext): Promise<void> {
  const findings = [nodeVersion(), await diskSpace(), redis(), ...(await server(context.url, context.apiKey))];
  context.answer({ findings }, () => report(context.terminal, findings));
  const bad = findings.filter(({ verdict }) => verdict === 'bad');
  if (bad.some(({ what }) => what === 'server')) throw new CommandError('', EXIT.unreachable);
  if (bad.length > 0) throw new CommandError('', EXIT.unexpected);
}

function report(terminal: Terminal, findings: Finding[]): string {
  const marks: Record<Verdict, string> = {
    ok: paint(terminal, 'green', '✓'),
    bad: paint(terminal, 'red', '✗'),
    info: '·',
  };
  return tableOf(
    terminal,
    [{ title: '', width: 4 }, { title: 'what' }, { title: 'found', share: 2 }, { title: 'what to do', share: 3 }],
    findings.map(({ what, verdict, found, advice }) => [marks[verdict], what, found, advice]),
  );
}

function nodeVersion(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const ok = major > OLDEST_NODE[0]! || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]!);
  return {
    what: 'Node.js',
    verdict: ok ? 'ok' : 'bad',
    found: process.version,
    advice: ok ? '' : `install Node.js ${OLDEST_NODE.join('.')} or newer`,
  };
}

async function diskSpace(): Promise<Finding> {
  const { bavail, bsize } = await statfs(process.cwd());
  const free = bavail * bsize;
  const ok = free >= LEAST_FREE_BYTES;
  return {
    what: 'disk',
    verdict: ok ? 'ok' : 'bad',
    found: `${(free / 1024 ** 3).toFixed(1)} GiB free here`,
    advice: ok ? '' : 'a song with stems takes about 100 MB: make room',
  };
}

function redis(): Finding {
  if (process.env.REDIS_URL) return { what: 'Redis', verdict: 'info', found: 'REDIS_URL is set', advice: '' };
  const found = ['redis-server', 'valkey-server'].find(onPath);
  return {
    what: 'Redis',
    verdict: 'info',
    found: found ?? 'none on the PATH',
    advice: found ? '' : '`beatbot up` uses its embedded one, for development only: install redis-server',
  };
}

async function server(url: string, apiKey: string | undefined): Promise<Finding[]> {
  const client = new BeatbotClient({
    url,
    apiKey,
    patienceMs: PATIENCE_MS,
    firstPatienceMs: PATIENCE_MS,
    timeoutMs: 5000,
  });
  const versions = await tried('server', async () => {
    const version = await client.serverVersion();
    const same = version === VERSION;
    return {
      found: `${url}, version ${version}`,
      advice: same ? '' : `this command is version ${VERSION}: update the older one`,
    };
  });
  if (versions.verdict === 'bad')
    return [
      {
        ...versions,
        advice: 'start it with `beatbot up` (or `npm start`), or say where it is with --url or BEATBOT_URL',
      },
    ];
  return [
    versions,
    ...(await readiness(url)),
    await tried('composer', async () => ({ found: `${(await client.listStyles()).styles.length} styles`, advice: '' })),
    await tried('renderer', async () => {
      const { rendererVersion, soundFont, mixFormats } = await client.getCapabilities();
      return { found: `${rendererVersion}, ${soundFont}, ${mixFormats.join('/')}`, advice: '' };
    }),
  ];
}

async function readiness(url: string): Promise<Finding[]> {
  try {
    const response = await fetch(new URL('/readyz', url), { signal: AbortSignal.timeout(5000) });
    const { checks } = (await response.json()) as { checks: Record<string, string> };
    return Object.entries(checks).map(([what, result]) => ({
      what,
      verdict: result === 'ok' ? ('ok' as const) : ('bad' as const),
      found: result,
      advice: result === 'ok' ? '' : `look at the log of ${what}`,
    }));
  } catch (error) {
    return [{ what: 'readiness', verdict: 'info', found: `cannot be read: ${String(error)}`, advice: '' }];
  }
}

async function tried(what: string, look: () => Promise<{ found: string; advice: string }>): Promise<Finding> {
  try {
    return { what, verdict: 'ok', ...(await look()) };
  } catch (error) {
    return {
      what,
      verdict: 'bad',
      found: error instanceof Error ? error.message : String(error),
      advice: `look at the log of ${what}`,
    };
  }
}

function onPath(program: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
