import { setTimeout as sleep } from 'node:timers/promises';
import { type Accepted, type Door, Refused, type SeenEvent, type SongWish } from './door';
import { isFinal } from './job-states';
import type { SeededRandom } from './seeded-random';

/** What a client knows of one job it asked for. */
export interface JobRecord {
  key: string;
  owner: string;
  askedAt: number;
  /** Every answer that accepted it; one job, if all is well. */
  accepted: Accepted[];
  events: SeenEvent[];
  cancelAsked: boolean;
  /** What broke a promise while it looked. */
  wrongs: string[];
}

const SHORTEST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 400;
const CANCEL_SHARE = 0.15;
const PLAN_SHARE = 0.1;
const REVISE_SHARE = 0.2;
const DROP_SHARE = 0.5;

/** A client's way with one song: it sends every request twice, drops and resumes, cancels or revises as the dice fall. */
export class JobLife {
  constructor(
    private readonly door: Door,
    private readonly random: SeededRandom,
    private readonly onRecord: (record: JobRecord) => void,
    /** Aborted when nobody waits any longer. */
    private readonly giveUp: AbortSignal,
  ) {}

  async live(key: string): Promise<void> {
    const { random } = this;
    const wish: SongWish = {
      prompt: random.pick(['lo-fi', 'house', 'ambient', 'jazz swing', 'rock song']),
      bars: 2,
      instruments: ['acoustic-bass'],
      // A few are equal, so that results are shared.
      seed: random.chance(0.1) ? random.below(4) : random.below(2 ** 32),
      askForPlan: random.chance(PLAN_SHARE),
    };
    const first = await this.follow(key, () => this.door.create(key, wish), random.chance(CANCEL_SHARE));
    const done = first.events.at(-1)?.state === 'succeeded';
    const songId = first.accepted[0]?.songId;
    if (!done || songId === undefined || !random.chance(REVISE_SHARE)) return;
    const again = `${key}-revised`;
    const tempoBpm = 60 + random.below(100);
    await this.follow(again, () => this.door.revise(again, songId, tempoBpm), random.chance(CANCEL_SHARE));
  }

  /** Asks for a job and follows it to its end. */
  private async follow(key: string, ask: () => Promise<Accepted>, cancels: boolean): Promise<JobRecord> {
    const record: JobRecord = {
      key,
      owner: this.door.owner,
      askedAt: Date.now(),
      accepted: [],
      events: [],
      cancelAsked: false,
      wrongs: [],
    };
    this.onRecord(record);
    try {
      // Twice at once; the second may be late or lost, but never a second job.
      const twins = [this.patiently(ask), this.patiently(ask)];
      record.accepted = await Promise.all(twins);
      const { jobId } = record.accepted[0] as Accepted;
      const cancelling = cancels ? this.cancelSoon(jobId, record) : undefined;
      await this.watch(jobId, record);
      await cancelling;
    } catch (error) {
      if (!this.giveUp.aborted) record.wrongs.push(`${key}: ${String(error)}`);
    }
    return record;
  }

  private async cancelSoon(jobId: string, record: JobRecord): Promise<void> {
    await this.pause(this.random.below(4000));
    record.cancelAsked = true;
    await this.patiently(() => this.door.cancel(jobId)).catch((error: unknown) => {
      if (!(error instanceof Refused && error.reason === 'JOB_ENDED')) throw error;
    });
  }

  private async watch(jobId: string, record: JobRecord): Promise<void> {
    for (let approved = false; !this.giveUp.aborted;) {
      const dropAfter = this.random.chance(DROP_SHARE) ? 1 + this.random.below(5) : Infinity;
      const connection = new AbortController();
      try {
        let count = 0;
        const after = record.events.at(-1)?.seq ?? 0;
        const signal = AbortSignal.any([connection.signal, this.giveUp]);
        for await (const event of this.door.events(jobId, after, signal)) {
          const expected = (record.events.at(-1)?.seq ?? 0) + 1;
          if (event.seq !== expected) record.wrongs.push(`${jobId}: event ${event.seq} came in place of ${expected}`);
          record.events.push(event);
          if (isFinal(event.state)) return;
          if (event.state === 'awaiting_approval' && !approved) {
            approved = true;
            await this.patiently(() => this.door.approve(jobId)).catch((error: unknown) => {
              // Cancelled meanwhile.
              if (!(error instanceof Refused && record.cancelAsked)) throw error;
            });
          }
          if (++count >= dropAfter) break;
        }
      } catch (error) {
        if (error instanceof Refused) throw error;
        await this.pause(LONGEST_PAUSE_MS);
      } finally {
        connection.abort();
      }
      await this.pause(SHORTEST_PAUSE_MS + this.random.below(LONGEST_PAUSE_MS));
    }
  }

  /** Tries until it is answered or refused. */
  private async patiently<T>(call: () => Promise<T>): Promise<T> {
    for (;;) {
      this.giveUp.throwIfAborted();
      try {
        return await call();
      } catch (error) {
        if (error instanceof Refused) throw error;
        await this.pause(LONGEST_PAUSE_MS);
      }
    }
  }

  private async pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.giveUp }).catch(() => undefined);
  }
}
