// Takes out of a tree's node_modules what the bundle of a service holds anyway, so that an image has nothing twice: what
// stays is the packages that bundle-service.mjs leaves out, and what they need. Usage: keep-external.mjs FOLDER SERVICE
import { existsSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { EXTERNAL } from './external-packages.mjs';

const [root, service] = process.argv.slice(2);
if (!service) {
  console.error('usage: keep-external.mjs FOLDER SERVICE');
  process.exit(2);
}

/** The folders of the packages in a node_modules, without links to our own, and of those below them. */
function packagesIn(modules) {
  if (!existsSync(modules)) return [];
  return readdirSync(modules)
    .filter((name) => !name.startsWith('.') && name !== '@beatbot' && statSync(join(modules, name)).isDirectory())
    .flatMap((name) => {
      const path = join(modules, name);
      return name.startsWith('@') ? packagesIn(path) : [path, ...packagesIn(join(path, 'node_modules'))];
    });
}

/** Where a package is found from a folder, as Node looks for it. */
function find(name, from) {
  for (let at = from; ; at = dirname(at)) {
    const path = join(at, 'node_modules', name);
    if (existsSync(join(path, 'package.json'))) return path;
    if (at === dirname(at)) return undefined;
  }
}

const kept = new Set();
function keep(name, from) {
  const path = find(name, from);
  if (!path || kept.has(path)) return;
  kept.add(path);
  const { dependencies, optionalDependencies, peerDependencies } = JSON.parse(
    readFileSync(join(path, 'package.json'), 'utf8'),
  );
  for (const needed of Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies }))
    keep(needed, path);
}

const start = join(resolve(root), 'services', service);
const installed = [join(resolve(root), 'node_modules'), join(start, 'node_modules')].flatMap(packagesIn);
const names = new Set(installed.map((path) => path.split('/node_modules/').at(-1)));
for (const name of names) {
  if (EXTERNAL.some((wanted) => wanted === name || (wanted.endsWith('/*') && name.startsWith(wanted.slice(0, -1)))))
    keep(name, start);
}
for (const path of installed)
  if (!kept.has(path) && ![...kept].some((one) => one.startsWith(`${path}/`)))
    rmSync(path, { recursive: true, force: true });
