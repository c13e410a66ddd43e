import { REASONS, type Reason } from './reasons';

/** A field that cannot be used: its path (`controls.tempo_bpm`), the value it had, and what is allowed there. */
export interface FieldViolation {
  field: string;
  value?: unknown;
  allowed: string;
}

export interface DomainErrorOptions {
  fields?: FieldViolation[];
  /** Further facts for machines, as text. */
  metadata?: Record<string, string>;
  /** When the caller may try again. */
  retryAfterMs?: number;
  cause?: unknown;
}

/** The one error that crosses a service's edge: a stable reason, a sentence for people, and details for machines. */
export class DomainError extends Error {
  override readonly name = 'DomainError';
  readonly fields: FieldViolation[];
  readonly metadata: Record<string, string>;
  readonly retryAfterMs?: number;

  constructor(
    readonly reason: Reason,
    message: string,
    options: DomainErrorOptions = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.fields = options.fields ?? [];
    this.metadata = options.metadata ?? {};
    this.retryAfterMs = options.retryAfterMs;
  }

  get grpcCode(): number {
    return REASONS[this.reason].grpc;
  }

  get httpStatus(): number {
    return REASONS[this.reason].http;
  }
}

/** INVALID_ARGUMENT for one field, its message naming field, value and what is allowed. */
export function invalidArgument(field: string, value: unknown, allowed: string): DomainError {
  return new DomainError('INVALID_ARGUMENT', `${field} ${shortText(value)} is not allowed: ${allowed}`, {
    fields: [{ field, value, allowed }],
  });
}

/** A value as short text for messages, at most 200 characters. */
export function shortText(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 200 ? `${text.slice(0, 197)}...` : text;
}
