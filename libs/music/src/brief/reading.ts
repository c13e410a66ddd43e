import type { Span } from './brief';
import { tokenise, type Token } from './tokenise';

/** What a recogniser found in the tokens `from` to `to` (exclusive). */
export interface Finding<T> {
  value: T;
  from: number;
  to: number;
  span: Span;
}

/** A prompt on the way to being understood: its tokens, and which of them a recogniser has claimed. */
export class Reading {
  readonly tokens: readonly Token[];
  private readonly claimed: boolean[];

  constructor(
    readonly prompt: string,
    tokens: readonly Token[] = tokenise(prompt),
  ) {
    this.tokens = tokens;
    this.claimed = this.tokens.map(() => false);
  }

  /** The folded text of a token nobody has claimed, else ''. */
  free(index: number): string {
    return this.claimed[index] ? '' : this.word(index);
  }

  /** The folded text of a token, '' outside the prompt. */
  word(index: number): string {
    return this.tokens[index]?.folded ?? '';
  }

  isClaimed(index: number): boolean {
    return this.claimed[index] ?? true;
  }

  /** Claims the tokens `from` to `to` (exclusive) for a value. */
  claim<T>(from: number, to: number, value: T): Finding<T> {
    this.cover(from, to);
    return { value, from, to, span: this.span(from, to) };
  }

  /** Marks tokens as understood without a value of their own. */
  cover(from: number, to: number): void {
    this.claimed.fill(true, Math.max(0, from), to);
  }

  span(from: number, to: number): Span {
    const start = this.tokens[from]?.start ?? 0;
    const end = this.tokens[to - 1]?.end ?? start;
    return { start, end, text: this.prompt.slice(start, end) };
  }

  /** The index of the first token that starts at or after a UTF-16 offset. */
  indexAtOffset(offset: number, from: number): number {
    let index = from;
    while (index < this.tokens.length && (this.tokens[index]?.start ?? 0) < offset) index++;
    return index;
  }
}
