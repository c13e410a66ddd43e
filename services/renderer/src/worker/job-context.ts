import { setImmediate } from 'node:timers/promises';
import type { MessagePort } from 'node:worker_threads';
import type { FromJob, ToJob } from './job-types';

/** Thrown within a job that the main thread has cancelled. */
export class JobCancelled extends Error {}

/** Chunks that may be on their way before the main thread has taken the first. */
const WINDOW = 4;

/** A job's line to the main thread. Jobs of one thread take turns: each calls `pause` after a few milliseconds of work. */
export class JobContext {
  private cancelled = false;
  private underWay = 0;
  private framesReady = 0;
  private wake: () => void = () => undefined;

  constructor(private readonly port: MessagePort) {
    port.on('message', (message: ToJob) => {
      if (message.type === 'cancel') this.cancelled = true;
      else if (message.type === 'taken') this.underWay--;
      else this.framesReady = Math.max(this.framesReady, message.frames);
      this.wake();
    });
  }

  /** Lets other jobs and messages in. @throws JobCancelled */
  async pause(): Promise<void> {
    await setImmediate();
    if (this.cancelled) throw new JobCancelled();
  }

  /** A share, 0 to 1, or a count of frames, as the job defines it. */
  progress(value: number): void {
    this.post({ type: 'progress', value });
  }

  /** Hands bytes over, memory and all; waits while too many are on their way. @throws JobCancelled */
  async emit(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    while (this.underWay >= WINDOW) await this.message();
    this.underWay++;
    this.post({ type: 'bytes', bytes }, [bytes.buffer]);
  }

  /** Waits until at least that many frames were announced by `advance` messages. @throws JobCancelled */
  async untilReady(frames: number): Promise<void> {
    while (this.framesReady < frames) await this.message();
  }

  private async message(): Promise<void> {
    if (!this.cancelled) await new Promise<void>((resolve) => (this.wake = resolve));
    if (this.cancelled) throw new JobCancelled();
  }

  private post(message: FromJob, transfer: ArrayBuffer[] = []): void {
    this.port.postMessage(message, transfer);
  }
}
