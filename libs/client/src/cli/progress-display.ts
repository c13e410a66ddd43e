import { Format, type Params, SingleBar } from 'cli-progress';
import type { JobEvent } from '../api-types';
import type { Terminal } from './terminal';

/** Shows how a job goes: a bar with stage and agent where people look, else a line for each change. */
export class ProgressDisplay {
  private bar?: SingleBar;
  private last = '';

  /** @param silent shows nothing: the answer is for a program */
  constructor(
    private readonly terminal: Terminal,
    private readonly silent = false,
  ) {}

  show(event: JobEvent): void {
    if (this.silent) return;
    if (this.terminal.interactive) this.redraw(event.percent, textOf(event));
    else this.print(event);
  }

  /** Bytes downloaded, of all. */
  showDownload(done: number, total: number, name: string): void {
    if (this.silent || !this.terminal.interactive) return;
    this.redraw(total === 0 ? 100 : Math.floor((100 * done) / total), `downloading ${name}`);
  }

  /** A line that stands above the bar. */
  note(line: string): void {
    if (this.silent) return;
    this.stop();
    this.terminal.err(line);
  }

  stop(): void {
    this.bar?.stop();
    this.bar = undefined;
  }

  private redraw(percent: number, text: string): void {
    if (!this.bar) {
      this.bar = new SingleBar({
        stream: process.stderr,
        hideCursor: true,
        clearOnComplete: true,
        fps: 15,
        format: (_options, params, payload: { text: string }) => this.line(params, payload.text),
      });
      this.bar.start(100, percent, { text });
      return;
    }
    this.bar.update(percent, { text });
  }

  private line(params: Params, text: string): string {
    const size = Math.max(10, Math.min(30, Math.floor(this.terminal.columns / 4)));
    const bar = Format.BarFormat(params.progress, {
      barsize: size,
      barCompleteString: '█'.repeat(size),
      barIncompleteString: '░'.repeat(size),
      barGlue: '',
    } as never);
    const line = `${bar} ${String(params.value).padStart(3)} %  ${text}`;
    return line.slice(0, this.terminal.columns - 1);
  }

  private print(event: JobEvent): void {
    const text = textOf(event);
    if (text === this.last) return;
    this.last = text;
    this.terminal.err(`${String(event.percent).padStart(3)} %  ${text}`);
  }
}

/** `compose · melody: verse-1` */
function textOf({ state, stage, agent, detail }: JobEvent): string {
  const stageText =
    state === 'awaiting_approval'
      ? 'waits for your yes to the plan'
      : state === 'failed' || state === 'cancelled'
        ? state
        : stage;
  const work = agent === '' ? detail : detail === '' || detail === agent ? agent : `${agent}: ${detail}`;
  return work === '' || work === stageText ? stageText : `${stageText} · ${work}`;
}
