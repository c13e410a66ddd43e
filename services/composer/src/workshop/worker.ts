import { getPriority, setPriority } from 'node:os';
import { InputError } from '@beatbot/music';
import { type TaskName, TASKS } from './tasks';

/** nice(1): a third of the turns of its main thread, where both want the processor (335 to 1024, kernel/sched/core.c). */
const NICER = 5;

// Threads that compute give way to those that answer. On Linux this is the calling thread's priority, elsewhere the process's.
setPriority(Math.min(getPriority() + NICER, 19));

/** What comes back from a worker: an InputError as data, since a thread's boundary takes an error's class and fields away. */
export type Reply = { value: unknown } | { refused: { field: string; value: unknown; allowed: string } };

/** The entry point of a worker thread. */
export default function work({ name, input }: { name: TaskName; input: never }): Reply {
  try {
    return { value: TASKS[name](input) };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const { field, value, allowed } = error;
    return { refused: { field, value: JSON.parse(JSON.stringify(value ?? null)) as unknown, allowed } };
  }
}
