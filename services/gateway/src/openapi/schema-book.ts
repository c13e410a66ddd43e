import { z } from 'zod';
import type { ZodDto } from '../validation/zod-dto';

type JsonSchema = Record<string, unknown>;

/** Collects the schemas of the document under their ids. */
export class SchemaBook {
  private readonly schemas: Record<string, JsonSchema> = {};

  /** A reference to a schema, which becomes part of the book. */
  reference({ schema }: ZodDto): { $ref: string } {
    const json = this.convert(schema);
    const id = z.globalRegistry.get(schema)?.id;
    if (id === undefined) throw new Error('a schema of the document has no id');
    delete json['id'];
    const $ref = `#/components/schemas/${id}`;
    // A schema that is used by another of the same conversion stands among the definitions already.
    if (json['$ref'] !== $ref) this.schemas[id] = json;
    return { $ref };
  }

  /** Each property of a schema as a parameter. */
  parameters({ schema }: ZodDto, place: 'path' | 'query'): object[] {
    const { properties = {}, required = [] } = this.convert(schema) as {
      properties?: Record<string, JsonSchema>;
      required?: string[];
    };
    return Object.entries(properties).map(([name, { description, ...property }]) => ({
      name,
      in: place,
      required: required.includes(name),
      ...(description !== undefined && { description }),
      schema: property,
    }));
  }

  all(): Record<string, JsonSchema> {
    return Object.fromEntries(Object.entries(this.schemas).sort(([first], [second]) => (first < second ? -1 : 1)));
  }

  private convert(schema: z.ZodType): JsonSchema {
    const {
      $schema: _dialect,
      $defs = {},
      ...json
    } = JSON.parse(
      JSON.stringify(z.toJSONSchema(schema, { io: 'input' })).replaceAll('"#/$defs/', '"#/components/schemas/'),
    ) as JsonSchema & { $defs?: Record<string, JsonSchema> };
    for (const [id, { id: _id, ...definition }] of Object.entries($defs)) this.schemas[id] = definition;
    return json;
  }
}
