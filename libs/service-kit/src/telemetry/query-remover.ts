import type { tracing } from '@opentelemetry/sdk-node';

/** Takes queries out of spans as they start: they may hold tokens and signatures, which are no business of who reads traces. */
export class QueryRemover implements tracing.SpanProcessor {
  onStart(span: tracing.Span): void {
    const { 'url.full': full, 'url.query': query } = span.attributes;
    if (typeof full === 'string') span.setAttribute('url.full', full.replace(/\?.*$/s, ''));
    if (query !== undefined) span.setAttribute('url.query', '');
  }

  onEnd(): void {}

  async forceFlush(): Promise<void> {}

  async shutdown(): Promise<void> {}
}
