import type { Fault } from '@beatbot/music';
import { type TaskInput, type TaskName, type TaskOutput, TASKS } from '../../src/workshop/tasks';
import type { Workshop } from '../../src/workshop/workshop';

type Script = { [Name in TaskName]?: (input: TaskInput<Name>) => TaskOutput<Name> };

/** Runs the real tasks in this thread, except those that a test scripts, and writes down who worked. */
export class InlineWorkshop implements Workshop {
  readonly log: string[] = [];

  constructor(private readonly script: Script = {}) {}

  async run<Name extends TaskName>(name: Name, input: TaskInput<Name>): Promise<TaskOutput<Name>> {
    const given: { agent?: string; attempt?: number } = input as object;
    this.log.push(name === 'agent' ? `${given.agent} ${given.attempt}` : name);
    const task = (this.script[name] ?? TASKS[name]) as (input: TaskInput<Name>) => TaskOutput<Name>;
    return Promise.resolve(task(input));
  }
}

export function fault(agent: Fault['agent'], bars = '1'): Fault {
  return { agent, fault: `${agent} is wrong`, bars };
}
