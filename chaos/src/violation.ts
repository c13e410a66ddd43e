/** What is checked at the end of a run. */
export const CHECKS = {
  lost: 'every accepted job ends, and only a cancel that was asked for cancels',
  doubled: 'every request is one job, every success one revision',
  events: 'every client saw every event once, in order, as the database has it',
  fencing: 'no claim speaks after a later one, no state follows that may not',
  heartbeats: 'no worker is held for dead that lived',
  objects: 'every asset is there with its size and SHA-256',
  orphans: 'no object without a use and no bytes without an object, after the sweep',
  crashes: 'no process ends but by our hand, none says that an error was uncaught',
  errors: 'no log line and no answer says that the fault is ours',
  leaks: 'memory, handles and connections are back to where they were',
  client: 'no client met anything else that was not promised',
} as const;
export type Check = keyof typeof CHECKS;

export interface Violation {
  check: Check;
  what: string;
}
