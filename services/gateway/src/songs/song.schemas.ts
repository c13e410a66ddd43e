import { z } from 'zod';
import { zodDto } from '../validation/zod-dto';
import { MODES } from '@beatbot/music';
import { jobSchema } from '../jobs/job.schemas';
import { nextPageToken, pageQuery } from '../validation/page-query';
import { line, text } from '../validation/text';
import { webhookUrl } from '../webhooks/webhook.schemas';

export const MIX_FORMATS = ['wav', 'mp3', 'flac', 'opus'] as const;
export const STEM_FORMATS = ['wav', 'flac'] as const;
export const MAX_PROMPT_CHARACTERS = 4000;
const MAX_TITLE_CHARACTERS = 200;
const MAX_TAG_CHARACTERS = 50;
const MAX_TAGS = 20;

export const title = line(MAX_TITLE_CHARACTERS);
export const tags = z.array(line(MAX_TAG_CHARACTERS)).max(MAX_TAGS);
export const time = z.string().meta({ format: 'date-time' }).nullable();
const names = z.array(line(100)).max(32);

export const keySchema = z
  .strictObject({
    tonic: z
      .string()
      .regex(/^[A-G](#|b)?$/, 'a note name without octave, such as C, F# or Bb')
      .describe('Note name without octave: C, F#, Bb'),
    mode: z.enum(MODES),
  })
  .meta({ id: 'Key' });

export const meterSchema = z
  .strictObject({
    numerator: z.int().min(1).max(32),
    denominator: z
      .int()
      .refine((value) => [2, 4, 8, 16].includes(value), 'one of 2, 4, 8, 16')
      .meta({ enum: [2, 4, 8, 16] }),
  })
  .meta({ id: 'TimeSignature' });

export const controlsSchema = z
  .strictObject({
    title: title.optional(),
    style: line(100).optional().describe('Id or alias of a style; see /v1/styles'),
    key: keySchema.optional(),
    tempoBpm: z.number().min(20).max(400).optional().describe('Quarter notes per minute'),
    meter: meterSchema.optional(),
    bars: z.int().min(1).max(1024).optional(),
    instruments: names.optional().describe('Ids or names of instruments that must sound; see /v1/instruments'),
    exclude: names.optional().describe('Roles and instruments that must not sound'),
    intensity: z.int().min(0).max(100).optional().describe('0 (sparse, calm) to 100'),
  })
  .meta({ id: 'Controls', description: 'Each field beats what the prompt says' });

const formats = z
  .array(z.enum(MIX_FORMATS))
  .max(MIX_FORMATS.length)
  .describe('Audio formats of the mix; wav and mp3 where none is given');

export const createSongSchema = z
  .strictObject({
    prompt: text(MAX_PROMPT_CHARACTERS).optional().describe('What the song shall be, in words'),
    controls: controlsSchema.optional(),
    title: title.optional().describe('Short for controls.title'),
    seed: z.int().min(0).max(4_294_967_295).optional().describe('Same request and seed, same song'),
    candidates: z.int().min(1).max(8).optional().describe('How many to compose; the best is kept'),
    approval: z.enum(['none', 'plan']).optional().describe('plan: stop after the plan and wait for a yes'),
    formats: formats.optional(),
    stemFormat: z.enum(STEM_FORMATS).optional().describe('wav where not given'),
    tags: tags.optional(),
    webhook: z
      .strictObject({ url: webhookUrl })
      .optional()
      .describe('Where to tell of this job alone, as a webhook is told of all'),
  })
  .refine(({ prompt, controls }) => (prompt ?? '').trim() !== '' || Object.keys(controls ?? {}).length > 0, {
    path: ['prompt'],
    message: `1 to ${MAX_PROMPT_CHARACTERS} characters that are not all blank; may be left out where controls are given`,
  })
  .refine(
    (song) => song.title === undefined || song.controls?.title === undefined || song.title === song.controls.title,
    {
      path: ['title'],
      message: 'the same as controls.title, or only one of them',
    },
  )
  .meta({
    id: 'CreateSong',
    examples: [{ prompt: 'dusty lo-fi beat at 82 bpm in D minor, 32 bars, Rhodes and upright bass', seed: 7 }],
  });

export const updateSongSchema = z
  .strictObject({ title: title.optional(), tags: tags.optional() })
  .refine((change) => change.title !== undefined || change.tags !== undefined, 'an object with title, tags or both')
  .meta({ id: 'UpdateSong', examples: [{ title: 'Rain on Rhodes', tags: ['lo-fi', 'rain'] }] });

export const songSchema = z
  .object({
    id: z.string(),
    title: z.string(),
    tags: z.array(z.string()),
    style: z.string().describe('Id of the style; empty until the first revision exists'),
    prompt: z.string(),
    latestRevision: z.int().describe('Number of the newest revision; 0 until the first exists'),
    createTime: time,
    updateTime: time,
  })
  .meta({ id: 'Song' });

export const SONG_ORDERS = ['create_time desc', 'create_time', 'update_time desc', 'title'] as const;

const listSongsQuery = z.strictObject({
  ...pageQuery,
  orderBy: z.enum(SONG_ORDERS).optional().describe('create_time desc where not given'),
  text: text(200).optional().describe('Only songs whose title or prompt holds this text, without regard to case'),
  style: line(100).optional().describe('Only songs in this style, by id'),
  tag: line(MAX_TAG_CHARACTERS).optional().describe('Only songs with this tag'),
});

export class CreateSongDto extends zodDto(createSongSchema) {}
export class UpdateSongDto extends zodDto(updateSongSchema) {}
export class ListSongsQuery extends zodDto(listSongsQuery) {}
export class SongDto extends zodDto(songSchema) {}
export class AcceptedSongDto extends zodDto(
  z
    .object({
      song: songSchema,
      job: jobSchema,
      webhook: z
        .object({
          id: z.string(),
          url: z.string(),
          secret: z.string().describe('Key of its signatures (HMAC-SHA-256)'),
        })
        .optional()
        .describe('Who is told of the job, where a webhook was asked for'),
    })
    .meta({ id: 'AcceptedSong' }),
) {}
export class SongListDto extends zodDto(
  z.object({ songs: z.array(songSchema), nextPageToken }).meta({ id: 'SongList' }),
) {}

export type CreateSong = z.infer<typeof createSongSchema>;
export type SongView = z.infer<typeof songSchema>;
