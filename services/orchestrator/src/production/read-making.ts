import { DomainError } from '@beatbot/service-kit';
import type { StatusObject } from '@grpc/grpc-js';
import { present } from '../jobs/present';

/** Metadata of a failure: the service whose process, as far as we can see, died while it worked for us. */
const LOST_AT_WORK = 'lost_at_work';
const STATUS_DETAILS = 'grpc-status-details-bin';

interface Making<Progress, Result> {
  progress?: Progress | null;
  result?: Result | null;
}

/**
 * Reads the stream of a composer or renderer to its result.
 * @throws DomainError UNAVAILABLE, by {@link lostAtWork} told from others, where the connection broke after work had begun
 */
export async function readMaking<Progress, Result>(
  maker: string,
  stream: AsyncIterable<Making<Progress, Result>>,
  onProgress: (progress: Progress) => Promise<void>,
): Promise<Result> {
  const messages = stream[Symbol.asyncIterator]();
  let result: Result | undefined;
  let atWork = false;
  try {
    for (;;) {
      const message = await messages.next().catch((error: unknown) => {
        throw atWork && isBrokenConnection(error) ? lost(maker, error) : error;
      });
      if (message.done) break;
      atWork = true;
      if (message.value.progress) await onProgress(message.value.progress);
      if (message.value.result) result = message.value.result;
    }
  } finally {
    await messages.return?.();
  }
  return present(result, 'result');
}

/** The service that was lost while it worked; undefined for any other failure. */
export function lostAtWork(failure: DomainError): string | undefined {
  return failure.metadata[LOST_AT_WORK];
}

export function lost(maker: string, cause: unknown): DomainError {
  return new DomainError('UNAVAILABLE', `the ${maker} went away while it was at work`, {
    metadata: { [LOST_AT_WORK]: maker },
    cause,
  });
}

/** What a server answers carries details; a broken connection has none. */
function isBrokenConnection(error: unknown): boolean {
  if (!(error instanceof DomainError) || error.reason !== 'UNAVAILABLE') return false;
  const { metadata } = error.cause as Partial<StatusObject>;
  return metadata !== undefined && metadata.get(STATUS_DETAILS).length === 0;
}
