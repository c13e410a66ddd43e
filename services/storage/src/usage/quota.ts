/** How much an owner may use; 0 is no bound. */
export interface Quota {
  /** Jobs accepted in a day of UTC. */
  jobsPerDay: number;
  /** Bytes of stored objects from which on no more jobs are accepted. */
  storedBytes: number;
}
