/** Nest token of the {@link CancelChannel}. */
export const CANCEL_CHANNEL = Symbol('CancelChannel');

/** Tells the workers at once that a person asked for a job's end; a lost word is made good by the next heartbeat. */
export interface CancelChannel {
  /** Returns at once and never fails. */
  tell(jobId: string): void;
  onCancel(listener: (jobId: string) => void): void;
}
