import { z } from 'zod';
import { zodDto } from '../validation/zod-dto';
import { PROVENANCES, ROLES } from '@beatbot/music';
import { jobSchema, planSchema } from '../jobs/job.schemas';
import { keySchema, meterSchema, MIX_FORMATS, STEM_FORMATS, time } from '../songs/song.schemas';
import { nextPageToken, pageQuery } from '../validation/page-query';
import { text } from '../validation/text';
import { editSchema } from './edit.schemas';

const MAX_INSTRUCTION_CHARACTERS = 4000;
const MAX_EDITS = 64;

export const createRevisionSchema = z
  .strictObject({
    edits: z
      .array(editSchema)
      .min(1)
      .max(MAX_EDITS)
      .refine((edits) => edits.length === 1 || !edits.some(({ type }) => type === 'undo'), 'an undo by itself')
      .optional()
      .describe('Structured changes, applied in order'),
    instruction: text(MAX_INSTRUCTION_CHARACTERS)
      .optional()
      .describe('The change as a sentence: "make the second chorus bigger and drop the drums in bars 9-12", "undo"'),
    baseRevision: z
      .int()
      .min(1)
      .max(4_294_967_295)
      .optional()
      .describe('Revision to change; the newest where not given'),
    formats: z
      .array(z.enum(MIX_FORMATS))
      .max(MIX_FORMATS.length)
      .optional()
      .describe("Those of the song's first job where none is given"),
    stemFormat: z.enum(STEM_FORMATS).optional(),
  })
  .refine((change) => (change.edits === undefined) !== (change.instruction === undefined), {
    path: ['edits'],
    message: 'either edits or instruction',
  })
  .meta({
    id: 'CreateRevision',
    examples: [
      {
        edits: [
          { type: 'transpose', semitones: 2 },
          { type: 'setTempo', tempoBpm: 90 },
        ],
      },
      { instruction: 'make the second chorus bigger and drop the drums in bars 9-12' },
    ],
  });

const spans = z.array(z.object({ start: z.int(), end: z.int(), text: z.string() }).meta({ id: 'Span' }));

/** A value with its origin and the words of the prompt it was read from. */
function field<T extends z.ZodType>(value: T) {
  return z.object({ value, provenance: z.enum(PROVENANCES), spans });
}

const strings = z.array(z.string());

/** A section asked for, with what it has of its own. */
const sectionDemand = z.object({
  name: z.string(),
  bars: z.int(),
  key: keySchema.optional(),
  meter: meterSchema.optional(),
  tempoMilliBpm: z.int().optional(),
  playing: strings.optional(),
  silent: strings.optional(),
  only: strings.optional(),
});

export const briefSchema = z
  .object({
    prompt: z.string(),
    title: field(z.string()),
    style: field(z.string()),
    blend: field(strings),
    moods: field(strings),
    key: field(keySchema),
    tempoMilliBpm: field(z.int()),
    meter: field(meterSchema),
    swingPercent: field(z.int()),
    bars: field(z.int()),
    form: field(z.array(sectionDemand)),
    instruments: field(
      z.array(z.object({ instrument: z.string(), role: z.enum(ROLES), asked: z.string(), standIn: z.boolean() })),
    ),
    excluded: field(strings),
    progression: field(strings),
    intensity: field(z.int()),
    loop: field(z.boolean()),
    seed: field(z.int()),
    notUnderstood: spans,
    contradictions: z.array(z.object({ field: z.string(), asked: strings, chosen: z.string() })),
  })
  .meta({ id: 'Brief', description: 'How the prompt was read' });

export const receiptSchema = z
  .object({
    demands: z.array(
      z.object({
        demand: z.string().describe('Stable name: key, tempo, loudness'),
        source: z.enum(PROVENANCES),
        asked: z.string(),
        measured: z.string(),
        how: z.string(),
        met: z.boolean(),
      }),
    ),
    measures: z.array(z.object({ name: z.string(), value: z.number(), unit: z.string() })),
    repairs: z.array(z.object({ agent: z.string(), fault: z.string(), bars: z.string(), attempt: z.int() })),
    notUnderstood: strings.describe('Words of the prompt that no rule understood'),
    remarks: strings,
  })
  .meta({ id: 'Receipt', description: 'Demand by demand: asked, measured, met or not' });

export const ASSET_KINDS = ['score', 'receipt', 'midi', 'musicxml', 'mix', 'stem', 'peaks'] as const;

export const assetSchema = z
  .object({
    name: z.string().describe('Unique in the revision: mix.mp3, stems/bass.wav'),
    kind: z.enum(ASSET_KINDS),
    format: z.string(),
    trackId: z.string().describe('Track of a stem; empty for all others'),
    contentType: z.string(),
    size: z.int().describe('Length in bytes'),
    sha256: z.string(),
    url: z.string().describe('Path of the bytes on this server'),
  })
  .meta({ id: 'Asset' });

export const revisionSchema = z
  .object({
    songId: z.string(),
    number: z.int(),
    baseRevision: z.int().describe('Number of the revision it was made from; 0 for none'),
    jobId: z.string(),
    scoreHash: z.string(),
    durationMs: z.int(),
    brief: briefSchema.nullable(),
    plan: planSchema.nullable(),
    receipt: receiptSchema.nullable(),
    edits: z.array(editSchema),
    trackHashes: z.record(z.string(), z.string()),
    sectionHashes: z.record(z.string(), z.string()),
    assets: z.array(assetSchema),
    createTime: time,
  })
  .meta({ id: 'Revision' });

export class CreateRevisionDto extends zodDto(createRevisionSchema) {}
export class AcceptedRevisionDto extends zodDto(z.object({ job: jobSchema }).meta({ id: 'AcceptedRevision' })) {}
export class RevisionDto extends zodDto(revisionSchema) {}
export class ReceiptDto extends zodDto(receiptSchema) {}
export class RevisionListDto extends zodDto(
  z.object({ revisions: z.array(revisionSchema), nextPageToken }).meta({ id: 'RevisionList' }),
) {}
export class AssetListDto extends zodDto(z.object({ assets: z.array(assetSchema) }).meta({ id: 'AssetList' })) {}
export class ListRevisionsQuery extends zodDto(z.strictObject(pageQuery)) {}
export class MixQuery extends zodDto(
  z.strictObject({ format: z.enum(MIX_FORMATS).optional().describe('mp3 where not given, if there is one') }),
) {}
export class StemQuery extends zodDto(
  z.strictObject({ format: z.enum(STEM_FORMATS).optional().describe('The first there is where not given') }),
) {}

export type CreateRevision = z.infer<typeof createRevisionSchema>;
export type RevisionView = z.infer<typeof revisionSchema>;
export type AssetView = z.infer<typeof assetSchema>;
