import { z } from 'zod';
import { zodDto } from '../validation/zod-dto';
import { nextPageToken, pageQuery } from '../validation/page-query';

const styleSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    description: z.string().describe('What makes it sound like itself'),
    aliases: z.array(z.string()).describe('Other names that prompts may use'),
    minTempoBpm: z.int(),
    maxTempoBpm: z.int(),
    defaultTempoBpm: z.int(),
  })
  .meta({ id: 'Style' });

const instrumentSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    family: z.string(),
    program: z.int().describe('General MIDI program, 0 to 127'),
    drumKit: z.boolean(),
    lowestPitch: z.int(),
    highestPitch: z.int(),
    aliases: z.array(z.string()).describe('Other names that prompts may use'),
  })
  .meta({ id: 'Instrument' });

const capabilitiesSchema = z
  .object({
    rendererVersion: z.string(),
    mixFormats: z.array(z.string()),
    stemFormats: z.array(z.string()),
    sampleRates: z.array(z.int()).describe('Hz'),
    slots: z.int().describe('How many renders run at a time'),
    maxDurationSeconds: z.int(),
    maxTracks: z.int(),
    maxNotes: z.int(),
    soundFont: z.string(),
  })
  .meta({ id: 'Capabilities' });

export class CatalogueQuery extends zodDto(z.strictObject(pageQuery)) {}
export class StyleListDto extends zodDto(
  z.object({ styles: z.array(styleSchema), nextPageToken }).meta({ id: 'StyleList' }),
) {}
export class InstrumentListDto extends zodDto(
  z.object({ instruments: z.array(instrumentSchema), nextPageToken }).meta({ id: 'InstrumentList' }),
) {}
export class CapabilitiesDto extends zodDto(capabilitiesSchema) {}

export type StyleView = z.infer<typeof styleSchema>;
export type InstrumentView = z.infer<typeof instrumentSchema>;
export type CapabilitiesView = z.infer<typeof capabilitiesSchema>;
