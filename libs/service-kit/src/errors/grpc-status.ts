import { Metadata, type StatusObject, status } from '@grpc/grpc-js';
import { DomainError, type FieldViolation, shortText } from './domain-error';
import { type Details, decodeStatus, encodeStatus } from './google-rpc';
import { isReason, reasonOfCode } from './reasons';

/** `ErrorInfo.domain` of every BeatBot error. */
export const ERROR_DOMAIN = 'beatbot.dev';

const DETAILS_KEY = 'grpc-status-details-bin';
/** gRPC's retry design (proposal A6): how long a client's retries hold off. */
const PUSHBACK_KEY = 'grpc-retry-pushback-ms';
/** Trailers share one header frame; what does not fit would end the connection. */
const MAX_MESSAGE = 1000;
const MAX_FIELDS = 10;
const MAX_FIELD = 100;
const MAX_ALLOWED = 300;
const RETRY_AFTER_MS = 1000;
/** ErrorInfo's metadata entry with the values of BadRequest's fields: a JSON list of texts, null where there is none. */
const VALUES = 'values';

/** A DomainError as the status a gRPC server ends a call with: ErrorInfo, BadRequest and RetryInfo in `grpc-status-details-bin`. */
export function toGrpcStatus(error: DomainError): StatusObject {
  const message = cut(error.message, MAX_MESSAGE);
  const fields = error.fields.slice(0, MAX_FIELDS).map(({ field, value, allowed }) => ({
    field: cut(field, MAX_FIELD),
    value: value === undefined ? null : shortText(value),
    allowed: cut(allowed, MAX_ALLOWED),
  }));
  const details: Details = {
    ErrorInfo: {
      reason: error.reason,
      domain: ERROR_DOMAIN,
      metadata: {
        ...error.metadata,
        ...(fields.length > 0 && { [VALUES]: JSON.stringify(fields.map(({ value }) => value)) }),
      },
    },
  };
  if (fields.length > 0) {
    details.BadRequest = {
      fieldViolations: fields.map(({ field, allowed }) => ({ field, description: allowed })),
    };
  }
  const metadata = new Metadata();
  if (error.retryAfterMs !== undefined) {
    const seconds = Math.floor(error.retryAfterMs / 1000);
    details.RetryInfo = { retryDelay: { seconds, nanos: Math.round((error.retryAfterMs - seconds * 1000) * 1e6) } };
    metadata.set(PUSHBACK_KEY, String(Math.round(error.retryAfterMs)));
  }
  metadata.set(DETAILS_KEY, encodeStatus(error.grpcCode, message, details));
  return { code: error.grpcCode, details: message, metadata };
}

/**
 * The client's side: the DomainError that the server threw, or one with the code's general reason where the status carries no
 * details of ours. `service` is named where it could not be reached.
 */
export function domainErrorFromGrpc(error: unknown, service?: string): DomainError {
  if (error instanceof DomainError) return error;
  if (!isStatus(error)) return new DomainError('INTERNAL', 'internal error', { cause: error });
  const bytes = error.metadata?.get(DETAILS_KEY)[0];
  const details = bytes instanceof Buffer ? decodeStatus(bytes) : {};
  const info = details.ErrorInfo;
  if (!info && (error.code === status.UNAVAILABLE || isCutStream(error)) && service !== undefined) {
    // What gRPC says names addresses, which are no caller's business.
    return new DomainError('UNAVAILABLE', `the ${service} is away`, {
      retryAfterMs: RETRY_AFTER_MS,
      cause: error,
    });
  }
  if (!info && error.code === status.DEADLINE_EXCEEDED && service !== undefined)
    return new DomainError('DEADLINE_EXCEEDED', `the ${service} did not answer in time`, { cause: error });
  const reason = info && info.domain === ERROR_DOMAIN && isReason(info.reason) ? info.reason : reasonOfCode(error.code);
  const { [VALUES]: values = '[]', ...metadata } = info?.metadata ?? {};
  return new DomainError(reason, error.details || status[error.code] || 'error', {
    fields: fieldsOf(details, parsed(values)),
    metadata,
    retryAfterMs:
      details.RetryInfo && details.RetryInfo.retryDelay.seconds * 1000 + details.RetryInfo.retryDelay.nanos / 1e6,
    cause: error,
  });
}

/** Whether the transport ended the call: what grpc-js then calls INTERNAL no server has said. */
function isCutStream({ code, details }: StatusObject): boolean {
  return code === status.INTERNAL && details.startsWith('Received RST_STREAM with code');
}

/** Values come back as they were, except that long ones were shortened to text. */
function fieldsOf({ BadRequest }: Details, values: unknown): FieldViolation[] {
  const texts: unknown[] = Array.isArray(values) ? values : [];
  return (BadRequest?.fieldViolations ?? []).map(({ field, description: allowed }, index) => {
    const text = texts[index];
    return typeof text === 'string' ? { field, value: parsed(text), allowed } : { field, allowed };
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function isStatus(error: unknown): error is StatusObject {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    typeof error.code === 'number' &&
    'details' in error
  );
}

/** Lone surrogates, which a cut may make, cannot be percent-encoded as `grpc-message` is. */
function cut(text: string, length: number): string {
  return text.slice(0, length).replace(/\p{Surrogate}/gu, '\uFFFD');
}
