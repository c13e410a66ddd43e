/** Keys of PostgreSQL's advisory locks: one namespace, so that no two uses share a key. */
export const ADVISORY_LOCKS = {
  /** Migrations, one process at a time. */
  migrate: 7_320_001,
  /** Claims, one at a time: turns by owner and max_running_of_owner are exact. */
  claim: 7_320_002,
  /** CreateJob with bounds, one at a time: the bounds are exact. */
  create: 7_320_003,
  /** The sweeper, one process at a time. */
  sweep: 7_320_004,
} as const;
