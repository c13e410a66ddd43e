import { scoreSchema } from '@beatbot/music';
import { z } from 'zod';
import { zodDto } from '../validation/zod-dto';

const peaksSchema = z
  .object({
    version: z.literal(1),
    sampleRate: z.int().describe('Frames in a second'),
    framesPerBucket: z.int().min(1).describe('Frames in a bucket; the last one may be shorter'),
    frames: z.int().min(0),
    data: z
      .array(z.int().min(-128).max(127))
      .describe('Lowest and highest sample of each bucket in turn: min, max, min, max, ...'),
  })
  .meta({ id: 'Peaks' });

export class PeaksDto extends zodDto(peaksSchema) {}
export class ScoreDto extends zodDto(scoreSchema.meta({ id: 'Score' })) {}
