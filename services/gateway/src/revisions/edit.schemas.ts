import { z } from 'zod';
import { ROLES } from '@beatbot/music';
import { keySchema, title } from '../songs/song.schemas';

const trackId = z
  .string()
  .regex(/^[\w.-]{1,100}$/, 'the id of a track')
  .describe('Id of a track of the revision');
const sectionId = z
  .string()
  .regex(/^[\w.-]{1,100}$/, 'the id of a section')
  .describe('Id of a section of the revision');
const instrument = z
  .string()
  .regex(/^[\w.-]{1,100}$/, 'the id of an instrument')
  .describe('Id of an instrument; see /v1/instruments');
const send = z.int().min(0).max(127).optional();
const bar = z.int().min(0).max(1024).optional();

/** One structured change; what is outside its scope stays as it is. */
export const editSchema = z
  .discriminatedUnion('type', [
    z
      .strictObject({ type: z.literal('transpose'), semitones: z.int().min(-24).max(24) })
      .describe('Moves all pitched tracks'),
    z.strictObject({ type: z.literal('setKey'), key: keySchema }).describe('Moves the music into another key or mode'),
    z
      .strictObject({ type: z.literal('setTempo'), tempoBpm: z.number().min(20).max(400) })
      .describe('Scales the tempo map'),
    z.strictObject({ type: z.literal('setTitle'), title }).describe('Renames the music'),
    z
      .strictObject({ type: z.literal('muteTrack'), trackId, muted: z.boolean() })
      .describe('Silences a track or lets it sound'),
    z.strictObject({ type: z.literal('removeTrack'), trackId }).describe('Takes a track out'),
    z
      .strictObject({ type: z.literal('replaceInstrument'), trackId, instrument })
      .describe('Gives a track to another instrument'),
    z
      .strictObject({
        type: z.literal('setMix'),
        trackId,
        gainDb: z.number().min(-60).max(12).multipleOf(0.1, 'a multiple of 0.1 from -60 to 12').optional(),
        pan: z.int().min(-100).max(100).optional().describe('-100 (left) to 100 (right)'),
        reverbSend: send,
        delaySend: send,
        chorusSend: send,
      })
      .describe('Changes how a track sits in the mix; what is not given stays'),
    z
      .strictObject({
        type: z.literal('regenerate'),
        trackId: trackId.optional(),
        sectionId: sectionId.optional(),
        fromBar: bar.describe('First bar, from 0'),
        toBar: bar.describe('Past the last bar'),
      })
      .refine(({ fromBar, toBar }) => fromBar === undefined || toBar === undefined || fromBar < toBar, {
        path: ['toBar'],
        message: 'more than fromBar',
      })
      .describe('Composes a scope anew: a track, a section, a range of bars, or a track within one of them'),
    z.strictObject({ type: z.literal('fadeOut'), bars: z.int().min(1).max(1024) }).describe('Fades the end out'),
    z
      .strictObject({ type: z.literal('addTrack'), role: z.enum(ROLES), instrument })
      .describe('Engages a further instrument'),
    z.strictObject({ type: z.literal('repeatSection'), sectionId }).describe('Plays a section twice'),
    z.strictObject({ type: z.literal('removeSection'), sectionId }).describe('Takes a section out'),
  ])
  .meta({ id: 'Edit' });

export type EditView = z.infer<typeof editSchema>;
