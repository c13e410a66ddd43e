import type { Contradiction } from './brief';
import type { LimitField } from './read-limits';
import type { InstrumentMention } from './read-instruments';
import type { Finding } from './reading';
import { partition, scopeAt, type Scope } from './section-scopes';

/** Findings sorted into what holds for the whole song, and contradictions for what was asked of one section only. */
export class SectionDemands {
  private readonly named = new Map<string, Contradiction>();

  constructor(private readonly scopes: readonly Scope[]) {}

  /**
   * The findings that hold for the whole song. What is asked of one section cannot be had apart and is noted; where
   * nothing is asked of the whole, the verse's demand serves for it, or else the first.
   */
  wholeSong<T>(field: string, findings: readonly Finding<T>[]): Finding<T>[] {
    const { global, sectional } = partition(findings, this.scopes);
    for (const { scope } of sectional) this.note(field, scope.span.text);
    if (global.length > 0 || sectional.length === 0) return global;
    const verse = sectional.find(({ scope }) => scope.section === 'verse');
    return [(verse ?? sectional[0])?.finding].filter((finding) => finding !== undefined);
  }

  /** Instruments of one section play in the song; what is ruled out of one section stays in it. */
  instruments(mentions: readonly Finding<InstrumentMention>[]): Finding<InstrumentMention>[] {
    return mentions.flatMap((mention) => {
      const scope = scopeAt(this.scopes, mention.from);
      if (!scope) return [mention];
      this.note(mention.value.negated ? 'excluded' : 'instruments', scope.span.text);
      const { alone: _, ...rest } = mention.value;
      return mention.value.negated ? [] : [{ ...mention, value: rest }];
    });
  }

  /** Demands that no song can keep. */
  limits(limits: readonly Finding<LimitField>[]): void {
    for (const { value, from, span } of limits) this.note(value, scopeAt(this.scopes, from)?.span.text ?? span.text);
  }

  /** What cannot be had, each with what is done instead; `whole` writes out what a field is throughout the song. */
  contradictions(whole: Readonly<Record<string, string>>): Contradiction[] {
    return [...this.named.values()].map((entry) => ({ ...entry, chosen: whole[entry.field] ?? entry.chosen }));
  }

  private note(field: string, asked: string): void {
    const known = this.named.get(`${field} ${asked}`);
    if (!known) this.named.set(`${field} ${asked}`, { field, asked: [asked], chosen: 'what serves the whole song' });
  }
}
