import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readdirSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import type { Violation } from './violation';

interface AssetRow {
  song_id: string;
  revision: number;
  name: string;
  size: number;
  sha256: string;
  location: string | null;
}

/** Every asset of every revision, and every score, against the bytes on disk. */
export async function checkObjects(db: Client, folder: string): Promise<Violation[]> {
  const { rows } = await db.query<AssetRow>(`
    SELECT assets.song_id, assets.revision, assets.name, assets.size::float8 AS size, assets.sha256, location
    FROM assets LEFT JOIN objects ON objects.owner = assets.owner AND objects.key = assets.object_key
    UNION ALL
    SELECT revisions.song_id, number, 'score', objects.size::float8, objects.sha256, location
    FROM revisions JOIN songs ON songs.id = revisions.song_id
    LEFT JOIN objects ON objects.owner = songs.owner AND objects.key = revisions.score_key`);
  const violations: Violation[] = [];
  for (const { song_id, revision, name, size, sha256, location } of rows) {
    const wrong = (what: string) =>
      violations.push({ check: 'objects', what: `${name} of revision ${revision} of song ${song_id} ${what}` });
    const path = location && join(folder, location);
    if (!path) wrong('has no object');
    else if (!existsSync(path)) wrong('has no bytes');
    else if (statSync(path).size !== size) wrong(`has ${statSync(path).size} bytes and not ${size}`);
    else if ((await sha256Of(path)) !== sha256) wrong('has other bytes than its checksum says');
  }
  return violations;
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/** Lets hours pass for all that lies there, so that a sweep looks at it. */
export async function age(db: Client, folder: string, hours: number): Promise<void> {
  await db.query(`UPDATE objects SET use_time = use_time - $1 * interval '1 hour'`, [hours]);
  const time = Date.now() / 1000 - hours * 3600;
  for (const path of files(folder)) utimesSync(path, time, time);
}

/** What is left after a sweep and has no use. */
export async function findOrphans(db: Client, folder: string): Promise<Violation[]> {
  const { rows: unused } = await db.query<{ owner: string; key: string }>(`
    SELECT owner, key FROM objects
    WHERE NOT EXISTS (SELECT FROM assets WHERE assets.owner = objects.owner AND object_key = objects.key)
      AND NOT EXISTS (
        SELECT FROM revisions JOIN songs ON songs.id = song_id WHERE score_key = objects.key AND songs.owner = objects.owner)`);
  const { rows: known } = await db.query<{ location: string }>('SELECT location FROM objects');
  const locations = new Set(known.map(({ location }) => join(folder, location)));
  return [
    ...unused.map(({ owner, key }) => ({ check: 'orphans' as const, what: `object ${key} of ${owner} has no use` })),
    ...files(folder)
      .filter((path) => !locations.has(path))
      .map((path) => ({ check: 'orphans' as const, what: `${path} has no object` })),
  ];
}

/** Of bytes; the probes by which storage looks whether it can write come and go, and its mark stays. */
function files(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('probe-') && !entry.name.startsWith('.beatbot'))
    .map((entry) => join(entry.parentPath, entry.name));
}
