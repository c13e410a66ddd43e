import { z } from 'zod';
import { InputError } from '../input-error';
import { MODES, ROLES } from '../score/score';

const id = z.string().min(1).max(100);
const send = z.int().min(0).max(127);
/** Bars as a Section's `startBar` counts them: from 0. */
const bar = z.int().min(0).max(1024);

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
  z.strictObject({ type: z.literal('remove_track'), trackId: id }),
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
  /** The whole song, or what lies in a track, a section, or bars; `sectionId` and bars exclude each other. */
  z
    .strictObject({
      type: z.literal('regenerate'),
      trackId: id.optional(),
      sectionId: id.optional(),
      fromBar: bar.optional(),
      /** Past the last bar. */
      toBar: bar.optional(),
    })
    .refine(({ fromBar, toBar }) => (fromBar === undefined) === (toBar === undefined), 'fromBar and toBar together')
    .refine(({ sectionId, fromBar }) => sectionId === undefined || fromBar === undefined, 'either sectionId or bars'),
  /** A closing fade over the last bars; 0 takes it away. */
  z.strictObject({ type: z.literal('fade_out'), bars: z.int().min(0).max(1024) }),
  z.strictObject({ type: z.literal('add_track'), role: z.enum(ROLES), instrument: z.string().min(1) }),
  /** The section once more (`times` more), right after itself. */
  z.strictObject({ type: z.literal('repeat_section'), sectionId: id, times: z.int().min(1).max(16).default(1) }),
  z.strictObject({ type: z.literal('remove_section'), sectionId: id }),
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
