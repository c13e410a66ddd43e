import type { z } from 'zod';

/** A class that stands for a schema, so that Nest knows by a parameter's type how to check it. */
export interface ZodDto<Schema extends z.ZodType = z.ZodType> {
  new (): z.output<Schema>;
  schema: Schema;
}

/** `class CreateSongDto extends zodDto(createSongSchema) {}` */
export function zodDto<Schema extends z.ZodType>(schema: Schema): ZodDto<Schema> {
  return class {
    static readonly schema = schema;
  } as unknown as ZodDto<Schema>;
}

export function isZodDto(type: unknown): type is ZodDto {
  return typeof type === 'function' && 'schema' in type;
}
