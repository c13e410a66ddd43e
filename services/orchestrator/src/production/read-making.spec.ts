import { domainErrorFromGrpc, DomainError, toGrpcStatus } from '@beatbot/service-kit';
import { Metadata, status } from '@grpc/grpc-js';
import { lostAtWork, readMaking } from './read-making';

interface Message {
  progress?: string;
  result?: string;
}

/** As a server's answer, and as a broken connection, come out of the client. */
const answered = domainErrorFromGrpc(toGrpcStatus(new DomainError('UNAVAILABLE', 'the storage is away')), 'renderer');
const broken = domainErrorFromGrpc(
  { code: status.UNAVAILABLE, details: 'Connection dropped', metadata: new Metadata() },
  'renderer',
);

async function* stream(...parts: (Message | DomainError)[]): AsyncGenerator<Message> {
  for (const part of parts) {
    if (part instanceof DomainError) throw part;
    yield part;
  }
}

async function failure(...parts: (Message | DomainError)[]): Promise<DomainError> {
  return readMaking('renderer', stream(...parts), async () => undefined).catch(
    (error: DomainError) => error,
  ) as Promise<DomainError>;
}

describe('readMaking', () => {
  it('hands on progress and answers with the result', async () => {
    const told: string[] = [];
    const made = readMaking('renderer', stream({ progress: 'half' }, { result: 'all' }), async (progress) => {
      told.push(progress);
    });
    await expect(made).resolves.toBe('all');
    expect(told).toEqual(['half']);
    expect(await failure({ progress: 'half' })).toMatchObject({
      reason: 'INTERNAL',
      message: 'an answer lacks result',
    });
  });

  it('tells a service that died at work from one that was not reached, and from what it answered', async () => {
    const died = await failure({ progress: 'half' }, broken);
    expect(died).toMatchObject({ reason: 'UNAVAILABLE', message: 'the renderer went away while it was at work' });
    expect(lostAtWork(died)).toBe('renderer');
    for (const other of [await failure(broken), await failure({ progress: 'half' }, answered)])
      expect(lostAtWork(other)).toBeUndefined();
  });

  it('takes a failure of whoever is told for theirs', async () => {
    const made = readMaking('renderer', stream({ progress: 'half' }, { result: 'all' }), () => Promise.reject(broken));
    await expect(made).rejects.toBe(broken);
  });
});
