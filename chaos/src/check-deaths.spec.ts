import { deathsOf, type OwnBlows, unexplainedDeaths } from './check-deaths';
import type { FaultKind } from './fault-schedule';

const told = (...details: string[]) => details.map((detail, index) => ({ seq: index + 1, detail, time: index * 1000 }));
const kill = (process: 'composer' | 'orchestrator-1', pid: number, time: number) =>
  ({ process, pid, signal: 'SIGKILL', time, until: Infinity }) as const;
const fault = (kind: FaultKind, target: string, beganAt: number, endedAt: number) => ({
  kind,
  target,
  atMs: 0,
  durationMs: 0,
  beganAt,
  endedAt,
});
const blows = (more: Partial<OwnBlows>): OwnBlows => ({ harms: [], faults: [], names: new Map(), ...more });
const LOST = 'the agents compose; tries again: the composer went away while it was at work';

describe('deaths in the events of a job', () => {
  it('are found, each once, between the claim or the death before and the event that tells', () => {
    const events = told(
      'taken up, attempt 1',
      'worker host/70/a/0 fell silent in compose at 5 %; queued again',
      'taken up, attempt 2',
      LOST,
      'what worked on it died 2 times: in compose: the composer went away while it was at work; ' +
        'in render: the renderer went away while it was at work; 1 earlier attempt ended in a death, too',
    );
    expect(deathsOf(events)).toEqual([
      { seq: 2, who: 70, from: 0, to: 1000 },
      { seq: 4, who: 'composer', from: 2000, to: 3000 },
      { seq: 5, who: 'renderer', from: 3000, to: 4000 },
    ]);
  });

  it('are told of once more when the job fails: the last one counts', () => {
    const fell = (pid: number) => `worker host/${pid}/a/0 fell silent in render at 26 %`;
    const events = told('taken up, attempt 3', `its worker died 3 times: ${fell(70)}; ${fell(71)}; ${fell(72)}`);
    expect(deathsOf(events)).toEqual([{ seq: 2, who: 72, from: 0, to: 1000 }]);
  });
});

describe('a death of the worker that held the lease', () => {
  const deaths = [{ seq: 9, who: 70, from: 1000, to: 9000 }];

  it.each([
    ['its process was killed', { harms: [kill('orchestrator-1', 70, 5000)] }],
    [
      'its process was paused',
      { harms: [{ process: 'orchestrator-1', pid: 70, signal: 'SIGSTOP', time: 500, until: 8500 }] },
    ],
    [
      'its way to storage was cut',
      {
        names: new Map([[70, 'orchestrator-1']]),
        faults: [fault('link-cut', 'orchestrator-1 -> storage', 2000, 8000)],
      },
    ],
    [
      'its way to storage swallowed bytes, and the connection is still silent',
      {
        names: new Map([[70, 'orchestrator-1']]),
        faults: [fault('link-half-open', 'orchestrator-1 -> storage', -9000, -3000)],
      },
    ],
  ] as [string, Partial<OwnBlows>][])('is explained where %s', (_, more) => {
    expect(unexplainedDeaths(deaths, blows(more))).toEqual([]);
  });

  it.each([
    ['another process was killed', { harms: [kill('orchestrator-1', 71, 5000)] }],
    ['it was killed only later', { harms: [kill('orchestrator-1', 70, 9500)] }],
    [
      'it was paused, and went on before it claimed',
      { harms: [{ process: 'orchestrator-1', pid: 70, signal: 'SIGSTOP', time: 0, until: 900 }] },
    ],
    [
      'the way of another to storage was cut',
      {
        names: new Map([[70, 'orchestrator-1']]),
        faults: [fault('link-cut', 'orchestrator-2 -> storage', 2000, 8000)],
      },
    ],
    [
      'its way to storage was only slow',
      {
        names: new Map([[70, 'orchestrator-1']]),
        faults: [fault('link-slow', 'orchestrator-1 -> storage', 2000, 8000)],
      },
    ],
  ] as [string, Partial<OwnBlows>][])('is not explained where %s', (_, more) => {
    expect(unexplainedDeaths(deaths, blows(more))).toEqual(deaths);
  });
});

describe('losses of a composer at work', () => {
  const losses = deathsOf(told('taken up, attempt 1', LOST, LOST, LOST));

  it('are explained by as many blows of ours in their time', () => {
    const harms = [kill('composer', 70, 500), kill('composer', 71, 1500)];
    const faults = [fault('link-cut', 'orchestrators -> composer', 2500, 2600)];
    expect(unexplainedDeaths(losses, blows({ harms, faults }))).toEqual([]);
  });

  it('are not explained by one blow for two', () => {
    const harms = [kill('composer', 70, 500), kill('composer', 71, 1000)];
    expect(unexplainedDeaths(losses, blows({ harms })).map(({ seq }) => seq)).toEqual([4]);
  });

  it('are not explained by what befell others', () => {
    const harms = [kill('orchestrator-1', 70, 500)];
    const faults = [fault('link-cut', 'composer -> storage', 0, 3000)];
    expect(unexplainedDeaths(losses, blows({ harms, faults }))).toEqual(losses);
  });
});
