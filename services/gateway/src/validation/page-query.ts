import { z } from 'zod';

/** A whole number in a query string, as decimal digits alone. */
export function queryInteger(min: number, max: number) {
  const allowed = `a whole number from ${min} to ${max}`;
  return z
    .string({ error: allowed })
    .regex(/^\d{1,16}$/, allowed)
    .transform(Number)
    .pipe(z.number().min(min, allowed).max(max, allowed))
    .meta({ type: 'integer', minimum: min, maximum: max });
}

export const MAX_PAGE_SIZE = 100;

/** The query of every list. */
export const pageQuery = {
  pageSize: queryInteger(1, MAX_PAGE_SIZE).optional().describe('How many at most, 1 to 100; 50 where not given'),
  pageToken: z
    .string()
    .regex(/^[\w.~+/=-]{1,1024}$/, 'the nextPageToken of the answer before')
    .optional()
    .describe('The nextPageToken of the answer before'),
};

export const nextPageToken = z.string().describe('Asks for the next page; empty on the last');
