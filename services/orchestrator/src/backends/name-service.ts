import { DomainError } from '@beatbot/service-kit';
import { Metadata } from '@grpc/grpc-js';

const DETAILS = 'grpc-status-details-bin';

/**
 * The client of a service, whose failures to reach it say which service is away instead of what gRPC tried in vain.
 * What the service itself answered stays as it is.
 */
export function nameService<Client extends object>(service: string, client: Client): Client {
  return new Proxy(client, {
    get(target, method) {
      const member: unknown = Reflect.get(target, method);
      if (typeof member !== 'function') return member;
      return (...given: unknown[]) => {
        const answer: unknown = member.apply(target, given);
        if (answer instanceof Promise) return answer.catch((error: unknown) => Promise.reject(named(service, error)));
        return isStream(answer) ? namedStream(service, answer) : answer;
      };
    },
  });
}

async function* namedStream(service: string, stream: AsyncIterable<unknown>): AsyncGenerator<unknown> {
  try {
    yield* stream;
  } catch (error) {
    throw named(service, error);
  }
}

function named(service: string, error: unknown): unknown {
  if (!(error instanceof DomainError) || error.reason !== 'UNAVAILABLE' || isAnswer(error.cause)) return error;
  return new DomainError('UNAVAILABLE', `the ${service} is away`, { cause: error.cause });
}

function isAnswer(status: unknown): boolean {
  if (typeof status !== 'object' || status === null || !('metadata' in status)) return false;
  return status.metadata instanceof Metadata && status.metadata.get(DETAILS).length > 0;
}

function isStream(answer: unknown): answer is AsyncIterable<unknown> {
  return typeof answer === 'object' && answer !== null && Symbol.asyncIterator in answer;
}
