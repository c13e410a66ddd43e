import type { tracing } from '@opentelemetry/sdk-node';

/** What of an error repeats what a caller sent; its kind and code stay. */
const MESSAGES = ['grpc.error_message', 'exception.message', 'exception.stacktrace'];

/**
 * Takes out of spans what callers sent: what a URL asks for as they start, for it may hold tokens and signatures, and messages
 * of errors as they end, for they say which value was refused. Neither is any business of who reads traces.
 */
export class InputRemover implements tracing.SpanProcessor {
  onStart(span: tracing.Span): void {
    const { 'url.full': full, 'url.query': query } = span.attributes;
    // Whom we ask, and not for what: the path of a webhook may be its secret.
    if (typeof full === 'string') span.setAttribute('url.full', URL.canParse(full) ? new URL(full).origin : '');
    if (query !== undefined) span.setAttribute('url.query', '');
  }

  onEnd(span: tracing.ReadableSpan): void {
    for (const attributes of [span.attributes, ...span.events.map((event) => event.attributes ?? {})])
      for (const name of MESSAGES) delete attributes[name];
    delete span.status.message;
  }

  async forceFlush(): Promise<void> {}

  async shutdown(): Promise<void> {}
}
