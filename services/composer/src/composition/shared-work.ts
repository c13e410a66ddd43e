import { EventEmitter, once, setMaxListeners } from 'node:events';

/** What one caller of {@link SharedWork} sees: what the work reported, from its beginning, and then its result. */
export type Report<Progress, Result> = { progress: Progress } | { result: Result };

interface Running<Progress, Result> {
  reports: Report<Progress, Result>[];
  failure?: { error: unknown };
  done: boolean;
  callers: number;
  controller: AbortController;
  /** Wakes the callers that wait. */
  news: EventEmitter;
}

/**
 * Single flight: equal work that is asked for while it runs is done once. Every caller gets all reports; the work is
 * aborted when the last caller has gone.
 */
export class SharedWork<Progress, Result> {
  private readonly running = new Map<string, Running<Progress, Result>>();

  /** How many works run. */
  get size(): number {
    return this.running.size;
  }

  has(key: string): boolean {
    return this.running.has(key);
  }

  /**
   * Joins the work of that key, or starts it. A caller goes by leaving the loop or by its signal.
   * @throws what the work throws; the signal's reason
   */
  async *join(
    key: string,
    caller: AbortSignal,
    work: (report: (progress: Progress) => void, signal: AbortSignal) => Promise<Result>,
  ): AsyncGenerator<Report<Progress, Result>> {
    const shared = this.running.get(key) ?? this.start(key, work);
    shared.callers += 1;
    try {
      for (let at = 0; ; at += 1) {
        while (at >= shared.reports.length) {
          if (shared.failure) throw shared.failure.error;
          if (shared.done) return;
          caller.throwIfAborted();
          await next(shared.news, caller);
        }
        const report = shared.reports[at];
        if (report) yield report;
      }
    } finally {
      shared.callers -= 1;
      if (shared.callers === 0 && !shared.done) {
        // Nobody may join what is about to be aborted.
        this.running.delete(key);
        shared.controller.abort();
      }
    }
  }

  private start(
    key: string,
    work: (report: (progress: Progress) => void, signal: AbortSignal) => Promise<Result>,
  ): Running<Progress, Result> {
    const shared: Running<Progress, Result> = {
      reports: [],
      done: false,
      callers: 0,
      controller: new AbortController(),
      news: new EventEmitter().setMaxListeners(0),
    };
    // Every node of a graph listens to it.
    setMaxListeners(0, shared.controller.signal);
    this.running.set(key, shared);
    const report = (progress: Progress): void => {
      shared.reports.push({ progress });
      shared.news.emit('news');
    };
    work(report, shared.controller.signal)
      .then(
        (result) => void shared.reports.push({ result }),
        (error: unknown) => void (shared.failure = { error }),
      )
      .finally(() => {
        shared.done = true;
        if (this.running.get(key) === shared) this.running.delete(key);
        shared.news.emit('news');
      });
    return shared;
  }
}

async function next(news: EventEmitter, caller: AbortSignal): Promise<void> {
  try {
    await once(news, 'news', { signal: caller });
  } catch (error) {
    caller.throwIfAborted();
    throw error;
  }
}
