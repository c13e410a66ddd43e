import { z } from 'zod';
import { jobId } from '../validation/path-params';

/** What a client says on the WebSocket. */
export const clientMessage = z.union(
  [z.strictObject({ subscribe: jobId, after: z.int().min(0).optional() }), z.strictObject({ unsubscribe: jobId })],
  'a JSON object {"subscribe": job, "after"?: number} or {"unsubscribe": job}',
);

export type ClientMessage = z.infer<typeof clientMessage>;
