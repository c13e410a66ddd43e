import { z } from 'zod';
import { InputError } from '../input-error';
import { MODES, ROLES } from '../score/score';

const id = z.string().min(1).max(100);
const send = z.int().min(0).max(127);
/** Bars as a Section's `startBar` counts them: from 0. */
const bar = z.int().min(0).max(1024);
const bars = z.int().min(1).max(1024);

/** Names of the feels that a song can be given. */
export const FEELS = ['straight', 'swing', 'shuffle', 'half_time', 'double_time'] as const;
export type Feel = (typeof FEELS)[number];

const places = {
  sectionId: id.optional(),
  fromBar: bar.optional(),
  /** Past the last bar. */
  toBar: bar.optional(),
};
interface Places {
  sectionId?: string | undefined;
  fromBar?: number | undefined;
  toBar?: number | undefined;
}

/** Bars come in pairs, and beside no section. */
function placed<Shape extends z.ZodType<Places>>(shape: Shape) {
  return shape
    .refine(({ fromBar, toBar }) => (fromBar === undefined) === (toBar === undefined), 'fromBar and toBar together')
    .refine(({ sectionId, fromBar }) => sectionId === undefined || fromBar === undefined, 'either sectionId or bars');
}

/** An edit of the whole song, or of what lies in a track, a section, or bars. */
function scoped<Type extends string>(type: Type) {
  return placed(z.strictObject({ type: z.literal(type), trackId: id.optional(), ...places }));
}

/** One requested change. Tracks and sections go by their ids in the Score, or in the Score that the edit before left. */
export const editSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('transpose'), semitones: z.int().min(-24).max(24) }),
  z.strictObject({
    type: z.literal('set_key'),
    key: z.strictObject({
      tonic: z.string().regex(/^[A-G](#|b)?$/, 'a note name such as C, F# or Bb'),
      mode: z.enum(MODES),
    }),
  }),
  z.strictObject({ type: z.literal('set_tempo'), tempoBpm: z.number().min(20).max(400) }),
  z.strictObject({
    type: z.literal('set_title'),
    title: z
      .string()
      .max(200)
      .regex(/\S/, 'a title that is not blank')
      .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'a title without control characters'),
  }),
  z.strictObject({ type: z.literal('mute_track'), trackId: id, muted: z.boolean() }),
  /** The whole track, or what of it begins in a section or bars. */
  placed(z.strictObject({ type: z.literal('remove_track'), trackId: id, ...places })),
  z.strictObject({ type: z.literal('replace_instrument'), trackId: id, instrument: z.string().min(1) }),
  z.strictObject({
    type: z.literal('set_mix'),
    trackId: id,
    gainCentibels: z.int().min(-600).max(120).optional(),
    pan: z.int().min(-100).max(100).optional(),
    reverbSend: send.optional(),
    delaySend: send.optional(),
    chorusSend: send.optional(),
  }),
  scoped('regenerate'),
  /** A closing fade over the last bars; 0 takes it away. */
  z.strictObject({ type: z.literal('fade_out'), bars: z.int().min(0).max(1024) }),
  /** A further instrument: in the sections named, or in those that the style gives to its role. */
  z.strictObject({
    type: z.literal('add_track'),
    role: z.enum(ROLES),
    instrument: z.string().min(1),
    sectionIds: z.array(id).max(256).optional(),
  }),
  /** The section once more (`times` more), right after itself. */
  z.strictObject({ type: z.literal('repeat_section'), sectionId: id, times: z.int().min(1).max(16).default(1) }),
  z.strictObject({ type: z.literal('remove_section'), sectionId: id }),
  /** Another time signature: chords stay with their bars, all parts are written anew. */
  z.strictObject({
    type: z.literal('set_meter'),
    numerator: z.int().min(1).max(32),
    denominator: z.literal([2, 4, 8, 16]),
  }),
  z.strictObject({ type: z.literal('set_feel'), feel: z.enum(FEELS) }),
  /** The same song (form, chords, melody) as another style plays it; a style's id or another name of it. */
  z.strictObject({ type: z.literal('set_style'), style: z.string().min(1).max(100) }),
  z.strictObject({ type: z.literal('resize_section'), sectionId: id, bars }),
  z.strictObject({
    type: z.literal('insert_section'),
    name: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'a kind of section in lower case, such as bridge'),
    bars,
    /** First where not given. */
    afterSectionId: id.optional(),
  }),
  z.strictObject({
    type: z.literal('move_section'),
    sectionId: id,
    /** First where not given. */
    afterSectionId: id.optional(),
  }),
  scoped('simplify'),
  scoped('intensify'),
  scoped('humanise'),
  scoped('revoice'),
  /** New chords under the melody and the drums, which stay. */
  placed(z.strictObject({ type: z.literal('reharmonise'), ...places })),
  /** All parts end together on the last bar's first beat, without slowing down or fading. */
  z.strictObject({ type: z.literal('hard_ending') }),
]);

export type Edit = z.output<typeof editSchema>;
/** An edit as it comes in, with what has a default left out. */
export type EditInput = z.input<typeof editSchema>;
/** The edit of one type. */
export type EditOf<Type extends Edit['type']> = Extract<Edit, { type: Type }>;

/** Most edits of one request. */
export const MAX_EDITS = 100;

/** Checks a list of edits. @throws InputError that names the field, such as `edits[0].semitones`. */
export function parseEdits(input: unknown): Edit[] {
  const result = z.array(editSchema).min(1).max(MAX_EDITS).safeParse(input);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  if (!issue) throw result.error;
  const field = issue.path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : `${text}.${String(part)}`),
    'edits',
  );
  const value = issue.path.reduce<unknown>(
    (inner, part) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, part) : undefined),
    input,
  );
  throw new InputError(field, value, issue.message.replace(/^Invalid input: /, ''));
}
