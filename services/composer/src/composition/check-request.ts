import type { Brief, Plan } from '@beatbot/music';
import { DomainError } from '@beatbot/service-kit';
import { z } from 'zod';

const MAX_BARS = 1024;
const MIN_TEMPO_BPM = 20;
const MAX_TEMPO_BPM = 400;
const MAX_TRACKS = 64;
const MAX_SECTIONS = 256;

const bars = z.int().min(1).max(MAX_BARS);
const field = <T extends z.ZodType>(value: T) => z.object({ value });

const tempo = z
  .int()
  .min(MIN_TEMPO_BPM * 1000)
  .max(MAX_TEMPO_BPM * 1000);
const meter = z.object({ numerator: z.int().min(1).max(32), denominator: z.literal([2, 4, 8, 16]) });

/** The numbers that decide how much work a Brief is, and that nothing divides by zero. */
const briefLimits = z.object({
  tempoMilliBpm: field(tempo),
  meter: field(meter),
  bars: field(bars),
  swingPercent: field(z.number().min(50).max(80)),
  intensity: field(z.number().min(0).max(100)),
  seed: field(
    z
      .int()
      .min(0)
      .max(2 ** 32 - 1),
  ),
  instruments: field(z.array(z.object({})).max(MAX_TRACKS)),
  form: field(z.array(z.object({ bars, meter: meter.optional(), tempoMilliBpm: tempo.optional() })).max(MAX_SECTIONS)),
  progression: field(z.array(z.string().max(40)).max(MAX_BARS)),
});

const planLimits = z.object({
  sections: z
    .array(
      z.object({
        id: z.string().min(1),
        startBar: z.int().min(0).max(MAX_BARS),
        bars,
        energy: z.number().min(0).max(100),
      }),
    )
    .min(1)
    .max(MAX_SECTIONS)
    .refine(
      (sections) => sections.reduce((sum, section) => sum + section.bars, 0) <= MAX_BARS,
      `at most ${MAX_BARS} bars in all`,
    )
    .refine(inOrder, 'sections that follow one another from bar 0 on'),
  tracks: z
    .array(z.object({ id: z.string().min(1), instrument: z.string().min(1) }))
    .min(1)
    .max(MAX_TRACKS),
});

/** @throws DomainError INVALID_ARGUMENT that names the field */
export function checkBrief(brief: Brief): Brief {
  check('brief', briefLimits, brief);
  return brief;
}

/** @throws DomainError INVALID_ARGUMENT that names the field */
export function checkPlan(plan: Plan): Plan {
  check('plan', planLimits, plan);
  return plan;
}

function inOrder(sections: { startBar: number; bars: number }[]): boolean {
  let start = 0;
  return sections.every((section) => {
    const fits = section.startBar === start;
    start += section.bars;
    return fits;
  });
}

function check(name: string, schema: z.ZodType, value: unknown): void {
  const result = schema.safeParse(value);
  if (result.success) return;
  const fields = result.error.issues.map((issue) => ({
    field: [name, ...issue.path].reduce<string>(
      (text, part) => (typeof part === 'number' ? `${text}[${part}]` : text ? `${text}.${String(part)}` : String(part)),
      '',
    ),
    value: issue.path.reduce<unknown>(
      (inner, part) => (inner as Record<PropertyKey, unknown> | undefined)?.[part],
      value,
    ),
    allowed: issue.message,
  }));
  throw new DomainError('INVALID_ARGUMENT', fields.map((each) => `${each.field}: ${each.allowed}`).join('; '), {
    fields,
  });
}
