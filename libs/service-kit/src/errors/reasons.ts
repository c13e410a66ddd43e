import { status } from '@grpc/grpc-js';

/** The one table: stable reason -> gRPC status code -> HTTP status (after google.rpc.Code's mapping, narrowed where HTTP has a better word). */
export const REASONS = {
  INVALID_ARGUMENT: { grpc: status.INVALID_ARGUMENT, http: 400 },
  MALFORMED_REQUEST: { grpc: status.INVALID_ARGUMENT, http: 400 },
  UNSUPPORTED_MEDIA_TYPE: { grpc: status.INVALID_ARGUMENT, http: 415 },
  NOT_ACCEPTABLE: { grpc: status.INVALID_ARGUMENT, http: 406 },
  PAYLOAD_TOO_LARGE: { grpc: status.OUT_OF_RANGE, http: 413 },
  RANGE_NOT_SATISFIABLE: { grpc: status.OUT_OF_RANGE, http: 416 },
  OUT_OF_RANGE: { grpc: status.OUT_OF_RANGE, http: 400 },
  UNAUTHENTICATED: { grpc: status.UNAUTHENTICATED, http: 401 },
  PERMISSION_DENIED: { grpc: status.PERMISSION_DENIED, http: 403 },
  NOT_FOUND: { grpc: status.NOT_FOUND, http: 404 },
  GONE: { grpc: status.NOT_FOUND, http: 410 },
  METHOD_NOT_ALLOWED: { grpc: status.UNIMPLEMENTED, http: 405 },
  ALREADY_EXISTS: { grpc: status.ALREADY_EXISTS, http: 409 },
  /** The same idempotency key or request id with another body. */
  IDEMPOTENCY_KEY_REUSED: { grpc: status.ALREADY_EXISTS, http: 409 },
  FAILED_PRECONDITION: { grpc: status.FAILED_PRECONDITION, http: 409 },
  /** The job has ended, so that it cannot be cancelled, approved or changed. */
  JOB_ENDED: { grpc: status.FAILED_PRECONDITION, http: 409 },
  /** A condition the caller sent (If-Match, etag) does not hold. */
  PRECONDITION_FAILED: { grpc: status.FAILED_PRECONDITION, http: 412 },
  /** The job took down what worked on it as often as is tried. */
  WORKER_DIED: { grpc: status.FAILED_PRECONDITION, http: 409 },
  ABORTED: { grpc: status.ABORTED, http: 409 },
  /** A write with a fencing number that is no longer the job's. */
  STALE_FENCING_NUMBER: { grpc: status.ABORTED, http: 409 },
  CHECKSUM_MISMATCH: { grpc: status.DATA_LOSS, http: 422 },
  RESOURCE_EXHAUSTED: { grpc: status.RESOURCE_EXHAUSTED, http: 429 },
  RATE_LIMITED: { grpc: status.RESOURCE_EXHAUSTED, http: 429 },
  QUOTA_EXCEEDED: { grpc: status.RESOURCE_EXHAUSTED, http: 429 },
  /** As many jobs wait as the system will hold. */
  QUEUE_FULL: { grpc: status.RESOURCE_EXHAUSTED, http: 503 },
  CANCELLED: { grpc: status.CANCELLED, http: 499 },
  DEADLINE_EXCEEDED: { grpc: status.DEADLINE_EXCEEDED, http: 504 },
  UNAVAILABLE: { grpc: status.UNAVAILABLE, http: 503 },
  /** A change of a song as a sentence, where only structured edits are understood. */
  UNIMPLEMENTED: { grpc: status.UNIMPLEMENTED, http: 501 },
  DATA_LOSS: { grpc: status.DATA_LOSS, http: 500 },
  INTERNAL: { grpc: status.INTERNAL, http: 500 },
} as const satisfies Record<string, { grpc: status; http: number }>;

export type Reason = keyof typeof REASONS;

export function isReason(text: string): text is Reason {
  return Object.hasOwn(REASONS, text);
}

const BY_CODE = new Map<number, Reason>();
for (const reason of Object.keys(REASONS) as Reason[]) {
  if (status[REASONS[reason].grpc] === reason) BY_CODE.set(REASONS[reason].grpc, reason);
}

/** The general reason of a gRPC status code; UNKNOWN and what is not in the table are INTERNAL. */
export function reasonOfCode(code: number): Reason {
  return BY_CODE.get(code) ?? 'INTERNAL';
}
