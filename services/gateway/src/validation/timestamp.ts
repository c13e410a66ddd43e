interface Timestamp {
  /** Since 1970-01-01T00:00:00Z. */
  seconds: number;
  nanos: number;
}

/** A timestamp as RFC 3339 text in UTC with milliseconds, or null where there is none. */
export function timestampText(timestamp: Timestamp | null | undefined): string | null {
  return timestamp ? new Date(timestamp.seconds * 1000 + Math.floor(timestamp.nanos / 1e6)).toISOString() : null;
}
