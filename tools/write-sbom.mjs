#!/usr/bin/env node
// Prints the bill of materials of an image's tree as CycloneDX 1.5 (https://cyclonedx.org/docs/1.5/json/): every npm
// package in it, and nothing that differs between two builds. npm's own `npm sbom` refuses trees that lack other
// workspaces or hold a package that asks for "latest". Usage: write-sbom.mjs FOLDER SERVICE VERSION
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const [folder, service, version] = process.argv.slice(2);
if (!version) {
  console.error('usage: write-sbom.mjs FOLDER SERVICE VERSION');
  process.exit(2);
}

/** The folders of all packages below a `node_modules`, without links to our own. */
function* packagesIn(modules) {
  if (!existsSync(modules)) return;
  for (const name of readdirSync(modules).sort()) {
    const path = join(modules, name);
    if (name.startsWith('.') || !statSync(path).isDirectory()) continue;
    if (name.startsWith('@') && name !== '@beatbot') yield* packagesIn(path);
    else if (existsSync(join(path, 'package.json'))) {
      yield path;
      yield* packagesIn(join(path, 'node_modules'));
    }
  }
}

function component(path) {
  const { name, version, license } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
  const [group, bare] = name.startsWith('@') ? name.split('/') : [undefined, name];
  const purl = `pkg:npm/${group ? `${encodeURIComponent(group)}/` : ''}${bare}@${version}`;
  const licenses = typeof license === 'string' ? [{ expression: license }] : undefined;
  return {
    type: 'library',
    'bom-ref': purl,
    ...(group && { group }),
    name: bare,
    version,
    ...(licenses && { licenses }),
    purl,
  };
}

const roots = [folder, ...readdirSync(join(folder, 'services')).map((name) => join(folder, 'services', name))];
const components = new Map();
for (const root of roots) {
  for (const path of packagesIn(join(root, 'node_modules'))) {
    const found = component(path);
    components.set(found.purl, found);
  }
}
const sbom = {
  bomFormat: 'CycloneDX',
  specVersion: '1.5',
  version: 1,
  metadata: { component: { type: 'container', 'bom-ref': service, name: `beatbot-${service}`, version } },
  components: [...components.values()].sort((a, b) => (a.purl < b.purl ? -1 : 1)),
};
console.log(JSON.stringify(sbom, undefined, 1));
