import { JOB_STATES } from './job';
import { assertMove, isEnded, mayMove } from './job-state';

describe('the state machine of a job', () => {
  it('allows these moves and no others', () => {
    const allowed = JOB_STATES.flatMap((from) =>
      JOB_STATES.filter((to) => mayMove(from, to)).map((to) => `${from} -> ${to}`),
    );
    expect(allowed).toEqual([
      'queued -> running',
      'queued -> cancelled',
      'running -> queued',
      'running -> awaiting_approval',
      'running -> succeeded',
      'running -> failed',
      'running -> cancelled',
      'awaiting_approval -> queued',
      'awaiting_approval -> cancelled',
      'failed -> queued',
      'cancelled -> queued',
    ]);
  });

  it('refuses a move with its reason and what would be allowed', () => {
    expect(() => assertMove('j', 'succeeded', 'queued')).toThrow(expect.objectContaining({ reason: 'JOB_ENDED' }));
    expect(() => assertMove('j', 'queued', 'succeeded')).toThrow(
      expect.objectContaining({ reason: 'FAILED_PRECONDITION' }),
    );
    expect(() => assertMove('j', 'queued', 'succeeded')).toThrow('running, cancelled');
    expect(() => assertMove('j', 'queued', 'running')).not.toThrow();
  });

  it('has three ends', () => {
    expect(JOB_STATES.filter(isEnded)).toEqual(['succeeded', 'failed', 'cancelled']);
  });
});
