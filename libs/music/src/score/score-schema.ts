import { z } from 'zod';
import { MODES, PPQ, ROLES, type Score } from './score';

const tick = z.int().min(0);
const id = z.string().min(1).max(100);
const send = z.int().min(0).max(127);

const keySchema = z.strictObject({
  tonic: z.string().regex(/^[A-G](#|b)?$/, 'a note name such as C, F# or Bb'),
  mode: z.enum(MODES),
});
const meterSchema = z.strictObject({
  numerator: z.int().min(1).max(32),
  denominator: z.union([z.literal(2), z.literal(4), z.literal(8), z.literal(16)]),
});

const noteSchema = z.strictObject({
  startTick: tick,
  durationTicks: z.int().min(1),
  pitch: z.int().min(0).max(127),
  velocity: z.int().min(1).max(127),
});

const controlSchema = z
  .strictObject({ tick, controller: z.int().min(-1).max(127), value: z.int() })
  .refine(
    ({ controller, value }) => (controller === -1 ? value >= -8192 && value <= 8191 : value >= 0 && value <= 127),
    {
      path: ['value'],
      message: '0 to 127, or -8192 to 8191 for a pitch bend (controller -1)',
    },
  );

const trackSchema = z.strictObject({
  id,
  name: z.string().max(200),
  role: z.enum(ROLES),
  instrument: z.string(),
  notes: z.array(noteSchema),
  controls: z.array(controlSchema),
  mix: z.strictObject({
    gainCentibels: z.int().min(-600).max(120),
    pan: z.int().min(-100).max(100),
    reverbSend: send,
    delaySend: send,
    chorusSend: send,
    muted: z.boolean(),
  }),
});

/** The shape of a Score and the range of each field by itself; what fields mean to each other is `validateScore`'s. */
export const scoreSchema: z.ZodType<Score> = z.strictObject({
  title: z.string().min(1).max(200),
  style: id,
  seed: z.int().min(0).max(0xffff_ffff),
  composerVersion: id,
  ppq: z.literal(PPQ),
  tempos: z.array(z.strictObject({ tick, milliBpm: z.int().min(20_000).max(400_000) })).min(1),
  meters: z.array(meterSchema.extend({ tick })).min(1),
  keys: z.array(keySchema.extend({ tick })).min(1),
  sections: z
    .array(
      z.strictObject({ id, name: id, startBar: z.int().min(0), bars: z.int().min(1), energy: z.int().min(0).max(100) }),
    )
    .min(1),
  chords: z.array(
    z.strictObject({
      startTick: tick,
      durationTicks: z.int().min(1),
      symbol: z.string().min(1).max(50),
      roman: z.string().max(50),
    }),
  ),
  tracks: z.array(trackSchema),
  master: z.strictObject({
    loudnessCentiLufs: z.int().min(-7000).max(0),
    truePeakCentiDb: z.int().min(-2000).max(0),
    fadeOutTicks: z.int().min(0),
  }),
});
