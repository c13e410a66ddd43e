/**
 * Fails where a package that runs in production is under a copyleft licence, has none, or is deprecated.
 * Reads package-lock.json: `license` and `deprecated` come from the registry's own records.
 */
import { readFileSync } from 'node:fs';

const PERMISSIVE = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'CC-BY-4.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Python-2.0',
  'Unlicense',
  'Zlib',
  'PostgreSQL',
]);

const { packages } = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8'));

/** An SPDX expression is fine if one side of an OR, and every side of an AND, is permissive. */
function isPermissive(expression) {
  const text = expression.replace(/[()]/g, ' ').trim();
  return text
    .split(/\s+OR\s+/)
    .some((choice) => choice.split(/\s+AND\s+/).every((licence) => PERMISSIVE.has(licence.trim())));
}

const faults = [];
let checked = 0;
for (const [path, entry] of Object.entries(packages)) {
  if (!path.includes('node_modules/') || entry.link || entry.dev || entry.devOptional) continue;
  checked++;
  const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
  const licence = entry.license ?? readLicence(path);
  if (!licence || !isPermissive(licence)) faults.push(`${name}@${entry.version}: licence ${licence ?? 'unknown'}`);
  if (entry.deprecated) faults.push(`${name}@${entry.version}: deprecated: ${entry.deprecated}`);
}

/** Older packages state their licence as {type} or in a list, which the lock file leaves out. */
function readLicence(path) {
  const { license, licenses } = JSON.parse(readFileSync(new URL(`../${path}/package.json`, import.meta.url), 'utf8'));
  return license?.type ?? license ?? (licenses?.map(({ type }) => type).join(' OR ') || undefined);
}

for (const fault of faults) console.error(fault);
console.log(`${checked} production packages checked, ${faults.length} at fault`);
process.exitCode = faults.length > 0 ? 1 : 0;
