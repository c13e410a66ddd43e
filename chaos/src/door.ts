import type { JobState } from './job-states';

/** An event as a client saw it. */
export interface SeenEvent {
  seq: number;
  state: JobState;
  stage: string;
  percent: number;
  /** When it came, by our clock. */
  seenAt: number;
}

export interface Accepted {
  jobId: string;
  songId: string;
}

/** What a song is asked with. */
export interface SongWish {
  prompt: string;
  bars: number;
  instruments: string[];
  seed: number;
  askForPlan: boolean;
}

/** A refusal that asking again cannot change. */
export class Refused extends Error {
  override readonly name = 'Refused';

  constructor(
    readonly reason: string,
    message: string,
  ) {
    super(message);
  }
}

/** A way into the system, for one owner. Each call is one try; what may be tried again rejects with anything but {@link Refused}. */
export interface Door {
  readonly owner: string;
  create(key: string, wish: SongWish): Promise<Accepted>;
  revise(key: string, songId: string, tempoBpm: number): Promise<Accepted>;
  /** The events above `after`, as they come; ends where the connection does. */
  events(jobId: string, after: number, signal: AbortSignal): AsyncIterable<SeenEvent>;
  cancel(jobId: string): Promise<void>;
  approve(jobId: string): Promise<void>;
}
