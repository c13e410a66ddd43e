import { z } from 'zod';
import { FEELS, ROLES } from '@beatbot/music';
import { keySchema, title } from '../songs/song.schemas';
import { line } from '../validation/text';

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
const bars = z.int().min(1).max(1024);
const afterSectionId = sectionId.optional().describe('Section after which it comes; it comes first where not given');

/** The feels in the words of this interface, with those of the music model. */
export const FEEL_NAMES = {
  straight: 'straight',
  swing: 'swing',
  shuffle: 'shuffle',
  halfTime: 'half_time',
  doubleTime: 'double_time',
} as const satisfies Record<string, (typeof FEELS)[number]>;

const places = {
  sectionId: sectionId.optional(),
  fromBar: bar.describe('First bar, from 0'),
  toBar: bar.describe('Past the last bar'),
};

function inOrder<Shape extends z.ZodType<{ fromBar?: number | undefined; toBar?: number | undefined }>>(shape: Shape) {
  return shape.refine(({ fromBar, toBar }) => fromBar === undefined || toBar === undefined || fromBar < toBar, {
    path: ['toBar'],
    message: 'more than fromBar',
  });
}

/** An edit of all of the song, or of a track, a section, a range of bars, or a track within one of them. */
function scoped<Type extends string>(type: Type) {
  return inOrder(z.strictObject({ type: z.literal(type), trackId: trackId.optional(), ...places }));
}

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
    inOrder(z.strictObject({ type: z.literal('removeTrack'), trackId, ...places })).describe(
      'Takes a track out, or what of it begins in a section or a range of bars',
    ),
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
    scoped('regenerate').describe(
      'Composes a scope anew: a track, a section, a range of bars, or a track within one of them',
    ),
    z
      .strictObject({ type: z.literal('fadeOut'), bars: z.int().min(0).max(1024).describe('0 takes a fade away') })
      .describe('Fades the end out'),
    z
      .strictObject({
        type: z.literal('addTrack'),
        role: z.enum(ROLES),
        instrument,
        sectionIds: z
          .array(sectionId)
          .min(1)
          .max(256)
          .optional()
          .describe('Sections in which it plays; those that the style gives to its role where not given'),
      })
      .describe('Engages a further instrument'),
    z
      .strictObject({
        type: z.literal('repeatSection'),
        sectionId,
        times: z.int().min(1).max(16).optional().describe('How many times more; once where not given'),
      })
      .describe('Plays a section again'),
    z.strictObject({ type: z.literal('removeSection'), sectionId }).describe('Takes a section out'),
    z
      .strictObject({
        type: z.literal('setMeter'),
        numerator: z.int().min(1).max(16),
        denominator: z.literal([2, 4, 8, 16]),
      })
      .describe('Another time signature: chords stay with their bars, all parts are written anew'),
    z
      .strictObject({
        type: z.literal('setFeel'),
        feel: z.enum(Object.keys(FEEL_NAMES) as (keyof typeof FEEL_NAMES)[]),
      })
      .describe('Another feel at the same tempo'),
    z
      .strictObject({
        type: z.literal('setStyle'),
        style: line(100).describe('Id or alias of a style; see /v1/styles'),
      })
      .describe('Plays the same song (form, chords, melody) in another style'),
    z
      .strictObject({ type: z.literal('resizeSection'), sectionId, bars })
      .describe('Makes a section longer or shorter, before what leads on from it'),
    z
      .strictObject({
        type: z.literal('insertSection'),
        name: z
          .string()
          .regex(/^[a-z][a-z0-9-]{0,39}$/, 'a kind of section in lower case')
          .describe('Its kind: bridge'),
        bars,
        afterSectionId,
      })
      .describe('Composes a further section'),
    z
      .strictObject({ type: z.literal('moveSection'), sectionId, afterSectionId })
      .describe('Plays a section somewhere else'),
    scoped('simplify').describe('Makes a scope plainer'),
    scoped('intensify').describe('Makes a scope bigger'),
    scoped('humanise').describe('Loosens the timing and touch of a scope'),
    scoped('revoice').describe('Turns the chords of a scope to their next inversion'),
    inOrder(z.strictObject({ type: z.literal('reharmonise'), ...places })).describe(
      'Writes other chords under the same melody and drums',
    ),
    z.strictObject({ type: z.literal('hardEnding') }).describe("Ends the song on the last bar's first beat"),
    z.strictObject({ type: z.literal('undo') }).describe('Takes back the changes of the revision; stands by itself'),
  ])
  .meta({ id: 'Edit' });

export type EditView = z.infer<typeof editSchema>;
