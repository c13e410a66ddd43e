import { z } from 'zod';
import { zodDto } from '../validation/zod-dto';

const bound = (most: number) => z.int().min(1).max(most).nullable();

const quotaSchema = z
  .strictObject({
    jobsPerDay: bound(2 ** 32 - 1).describe('Jobs accepted in a day of UTC; null for no bound'),
    storedBytes: bound(Number.MAX_SAFE_INTEGER).describe(
      'Bytes of files from which on no more jobs are accepted; null for no bound',
    ),
  })
  .meta({ id: 'Quota', examples: [{ jobsPerDay: 500, storedBytes: null }] });

const usageSchema = z
  .object({
    owner: z.string(),
    jobsToday: z.int().describe('Jobs accepted in this day of UTC'),
    resetTime: z.string().meta({ format: 'date-time' }).nullable().describe('When the next day begins'),
    storedBytes: z.int(),
    songs: z.int(),
    unfinishedJobs: z.int(),
    quota: quotaSchema,
  })
  .meta({ id: 'Usage' });

export class QuotaDto extends zodDto(quotaSchema) {}
export class UsageDto extends zodDto(usageSchema) {}
