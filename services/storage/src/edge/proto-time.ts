export interface ProtoTime {
  seconds: number;
  nanos: number;
}

/** A google.protobuf.Timestamp; undefined where there is no time. */
export function toTimestamp(time: Date | null): ProtoTime | undefined {
  if (time === null) return undefined;
  const seconds = Math.floor(time.getTime() / 1000);
  return { seconds, nanos: (time.getTime() - seconds * 1000) * 1e6 };
}
