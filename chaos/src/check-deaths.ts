import type { Harm } from './chaos-system';
import type { PastFault } from './fault-runner';
import { KEEPALIVE_MS, type ProcessName } from './fault-schedule';
import { grouped } from './grouped';

/** What we did that lets a worker seem dead. */
export interface OwnBlows {
  harms: readonly Harm[];
  faults: readonly PastFault[];
  /** Which process had that number; those of all processes that ever lived through a fault. */
  names: ReadonlyMap<number, ProcessName>;
}

/** An event of a job, as far as deaths show in it. */
export interface ToldEvent {
  seq: number;
  detail: string;
  /** In milliseconds since 1970. */
  time: number;
}

/** A death that a job's events tell of. */
export interface Death {
  seq: number;
  /** Number of the orchestrator's process, or the service that was at work for it. */
  who: number | 'composer' | 'renderer';
  /** When it may have happened, in milliseconds since 1970. */
  from: number;
  to: number;
}

interface Span {
  from: number;
  to: number;
}

const TAKEN_UP = /^taken up/;
/** A worker's name begins with host and process. */
const SILENT = /worker [^/\s]+\/(\d+)\/\S+ fell silent/;
const AWAY = /the (composer|renderer) went away while it was at work/;

/** A job is tried this often. */
export const MAX_DEATHS = 3;

/** The deaths that events tell of: of who held the lease, and of composers and renderers at work. */
export function deathsOf(events: readonly ToldEvent[]): Death[] {
  let claimed = 0;
  let since = 0;
  const deaths: Death[] = [];
  for (const { seq, detail, time } of events) {
    if (TAKEN_UP.test(detail)) since = claimed = time;
    // The event that fails a job tells of all deaths before it once more; its own is the last.
    const parts = detail.split('; ');
    const pid = parts.map((part) => SILENT.exec(part)?.[1]).findLast((found) => found !== undefined);
    const service = parts.map((part) => AWAY.exec(part)?.[1]).findLast((found) => found !== undefined);
    if (pid !== undefined) deaths.push({ seq, who: Number(pid), from: claimed, to: time });
    else if (service !== undefined) {
      deaths.push({ seq, who: service as 'composer' | 'renderer', from: since, to: time });
      since = time;
    }
  }
  return deaths;
}

/**
 * The deaths that nothing we did explains. One blow explains one loss of a composer or renderer by a job, for who tries
 * again is with another process; who claims while it is paused or cut off may seem dead more than once.
 */
export function unexplainedDeaths(deaths: readonly Death[], blows: OwnBlows): Death[] {
  return [...grouped(deaths, ({ who }) => who)].flatMap(([who, ofOne]) => {
    if (typeof who === 'number') {
      const spans = spansOfWorker(who, blows);
      return ofOne.filter((death) => !spans.some((span) => overlap(span, death)));
    }
    const left = spansOfMaker(who, blows).sort((one, other) => one.to - other.to);
    return ofOne.filter((death) => {
      const found = left.findIndex((span) => overlap(span, death));
      if (found >= 0) left.splice(found, 1);
      return found < 0;
    });
  });
}

/** When an orchestrator's process could not be heard. */
function spansOfWorker(pid: number, { harms, faults, names }: OwnBlows): Span[] {
  return [
    ...harms.filter((harm) => harm.pid === pid).map(({ time, until }) => ({ from: time, to: until })),
    ...faults.filter(({ target }) => target === `${names.get(pid)} -> storage`).flatMap(spanOfLink),
  ];
}

/** When a composer or renderer could have been lost by who waited for it. */
function spansOfMaker(service: 'composer' | 'renderer', { harms, faults }: OwnBlows): Span[] {
  return [
    ...harms
      .filter((harm) => harm.process === service)
      .map(({ signal, time, until }) => ({ from: time, to: signal === 'SIGKILL' ? time : until })),
    ...faults.filter(({ target }) => target === `orchestrators -> ${service}`).flatMap(spanOfLink),
  ];
}

/** A connection that swallowed bytes stays silent until its keepalive gives up. */
function spanOfLink({ kind, beganAt, endedAt }: PastFault): Span[] {
  if (kind === 'link-cut') return [{ from: beganAt, to: endedAt }];
  return kind === 'link-half-open' ? [{ from: beganAt, to: endedAt + KEEPALIVE_MS }] : [];
}

function overlap(one: Span, other: Span): boolean {
  return one.from <= other.to && other.from <= one.to;
}
