import { DomainError, invalidArgument } from '@beatbot/service-kit';
import { z } from 'zod';
import { ASSET_KINDS } from '../songs/revision';

/** An archive of songs is a POSIX tar of these entries, in this order:
 *
 *     beatbot-archive.json
 *     songs/<id>/song.json                  for each song
 *     songs/<id>/revisions/<number>.json    for each of its revisions, from 1 on,
 *     songs/<id>/objects/<SHA-256>          each followed by those of its files that no revision before it had
 *     songs/<id>/manifest.json              all entries of the song before it
 *     manifest.json                         beatbot-archive.json and the songs' manifests
 *
 * Manifests tell name, size and SHA-256 of entries, so that the last one vouches for all. Equal songs give equal bytes.
 */
export const FORMAT_ENTRY = 'beatbot-archive.json';
export const MANIFEST_ENTRY = 'manifest.json';

export const songEntry = (songId: string, name: string): string => `songs/${songId}/${name}`;

/** Of one manifest: songs of an archive, or revisions and files of a song. */
export const MAX_MANIFEST_ENTRIES = 50_000;
export const MAX_DOCUMENT_BYTES = 2 * 1024 * 1024;
export const MAX_MANIFEST_BYTES = 16 * 1024 * 1024;

/** How far ahead the clock of the machine that made an archive may be. */
const MAX_AHEAD_MS = 86_400_000;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, '64 hexadecimal digits in lower case');
const id = z.uuid().toLowerCase();
const size = z.int().min(0);
const object = z.record(z.string(), z.unknown()).nullish();
const time = z.iso
  .datetime({ precision: 3 })
  .transform((text) => new Date(text))
  .refine((date) => date.getTime() >= 0 && date.getTime() <= Date.now() + MAX_AHEAD_MS, 'a time that has passed');

export const FORMAT = { format: 'beatbot-archive', version: 1 } as const;
export const formatSchema = z.strictObject({ format: z.literal(FORMAT.format), version: z.literal(FORMAT.version) });

const manifestEntry = z.strictObject({ name: z.string(), size, sha256 });
export const manifestSchema = z.strictObject({ entries: z.array(manifestEntry).max(MAX_MANIFEST_ENTRIES) });
export type ManifestEntry = z.infer<typeof manifestEntry>;

export const songSchema = z.strictObject({
  id,
  title: z.string(),
  titleByPerson: z.boolean(),
  tags: z.array(z.string()),
  style: z.string(),
  prompt: z.string(),
  latestRevision: z.int().min(0),
  createTime: time,
  updateTime: time,
});
export type ArchivedSong = z.infer<typeof songSchema>;

const asset = z.strictObject({
  /** As the REST interface and the `beatbot` command can serve and write it. */
  name: z.string().regex(/^[\w-][\w.-]*(\/[\w-][\w.-]*)*$/, 'letters, digits and ._- in parts joined by /'),
  kind: z.enum(ASSET_KINDS),
  format: z.string(),
  trackId: z.string(),
  contentType: z.string(),
  size,
  sha256,
});

export const revisionSchema = z.strictObject({
  number: z.int().min(1),
  baseRevision: z.int().min(0),
  jobId: id,
  createTime: time,
  scoreHash: sha256,
  /** The object that holds the Score. */
  score: z.strictObject({ size, sha256 }),
  durationMs: z.int().min(0),
  content: z.strictObject({
    brief: object,
    plan: object,
    receipt: object,
    edits: z.array(z.record(z.string(), z.unknown())),
    trackHashes: z.record(z.string(), z.string()),
    sectionHashes: z.record(z.string(), z.string()),
  }),
  assets: z.array(asset),
});
export type ArchivedRevision = z.infer<typeof revisionSchema>;

/** @throws DomainError INVALID_ARGUMENT that names the entry, and the field in it */
export function readDocument<T>(schema: z.ZodType<T>, entry: string, bytes: Buffer): T {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw badArchive(`${entry} is not JSON`, error);
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw invalidArgument(`${entry}: ${issue?.path.join('.') ?? ''}`, null, issue?.message ?? 'another value');
}

export function badArchive(message: string, cause?: unknown): DomainError {
  const allowed = 'an archive as it was exported, whole and unchanged';
  return new DomainError('INVALID_ARGUMENT', `the archive cannot be used: ${message}`, {
    fields: [{ field: 'archive', value: message, allowed }],
    cause,
  });
}
