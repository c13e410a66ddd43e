import type { TaskInput, TaskName, TaskOutput } from './tasks';

/** Nest token of the {@link Workshop}. */
export const WORKSHOP = Symbol('Workshop');

/** Where the CPU work is done: off the event loop, so that health, heartbeats and streams go on meanwhile. */
export interface Workshop {
  /** @throws DomainError INVALID_ARGUMENT that names the field, for input that is not allowed */
  run<Name extends TaskName>(name: Name, input: TaskInput<Name>): Promise<TaskOutput<Name>>;
}
