import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { Metadata, ServerUnaryCall, ServerReadableStream, ServerWritableStream } from '@grpc/grpc-js';
import { DomainError } from '../errors/domain-error';

export const OWNER_KEY = 'x-beatbot-owner';
export const REQUEST_ID_KEY = 'x-request-id';
export const TRACEPARENT_KEY = 'traceparent';

const REQUEST_ID = /^[\w.:-]{1,128}$/;

/** A caller whose deadline passes cancels, a little before the deadline passes here as well. */
const DEADLINE_SLACK_MS = 50;

/** What grpc-js hands to a handler, of any kind of method. */
export type ServerCall =
  ServerUnaryCall<unknown, unknown> | ServerReadableStream<unknown, unknown> | ServerWritableStream<unknown, unknown>;

/** Who calls, until when, and whether they still wait. Handlers pass it on to every client call they make. */
export class CallContext {
  private readonly controller = new AbortController();

  constructor(
    readonly requestId: string,
    /** The caller's deadline; undefined where the caller set none. */
    readonly deadline?: Date,
    /** The owner the call names, if any; read `owner` where one is needed. */
    readonly ownerIfAny?: string,
    readonly traceparent?: string,
  ) {}

  /** Aborted, with a DomainError as reason, when the caller has gone or the deadline has passed. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** @throws DomainError UNAUTHENTICATED when the call names no owner */
  get owner(): string {
    if (this.ownerIfAny === undefined)
      throw new DomainError('UNAUTHENTICATED', `the call names no owner: metadata ${OWNER_KEY} is missing`);
    return this.ownerIfAny;
  }

  /** Ends the call with this answer, whatever its handler is at. */
  end(answer: DomainError): void {
    this.controller.abort(answer);
  }

  cancel(): void {
    const passed = this.deadline !== undefined && this.deadline.getTime() <= Date.now() + DEADLINE_SLACK_MS;
    this.end(
      passed
        ? new DomainError('DEADLINE_EXCEEDED', 'the deadline of the call has passed')
        : new DomainError('CANCELLED', 'the caller cancelled the call'),
    );
  }
}

const contexts = new WeakMap<object, CallContext>();

/** The context of a server call; the same one however often it is asked for. */
export function callContext(call: ServerCall, _metadata?: Metadata): CallContext {
  let context = contexts.get(call);
  if (!context) {
    const deadline = call.getDeadline();
    const text = (key: string): string | undefined => {
      const value = call.metadata.get(key)[0];
      return typeof value === 'string' && value !== '' ? value : undefined;
    };
    const requestId = text(REQUEST_ID_KEY);
    context = new CallContext(
      requestId !== undefined && REQUEST_ID.test(requestId) ? requestId : randomUUID(),
      deadline instanceof Date ? deadline : Number.isFinite(deadline) ? new Date(deadline) : undefined,
      text(OWNER_KEY),
      text(TRACEPARENT_KEY),
    );
    contexts.set(call, context);
    const created = context;
    (call as NodeJS.EventEmitter).on('cancelled', () => created.cancel());
    if (call.cancelled) created.cancel();
  }
  return context;
}

/** The call being served, for log lines only: what work a handler starts is told its context, it does not find it. */
export const currentCall = new AsyncLocalStorage<CallContext>();
