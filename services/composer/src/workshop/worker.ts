import { InputError } from '@beatbot/music';
import { type TaskName, TASKS } from './tasks';

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
