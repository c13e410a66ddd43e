import { Readiness } from './readiness';

describe('Readiness', () => {
  it('is not ready before its first check has passed', async () => {
    const readiness = new Readiness();
    let pass: () => void = () => {};
    readiness.addCheck('slow', () => new Promise<void>((resolve) => (pass = resolve)));
    const started = readiness.start(60_000);
    expect(readiness.state().ready).toBe(false);
    pass();
    await started;
    expect(readiness.state()).toEqual({ ready: true, draining: false, checks: { slow: 'ok' } });
    readiness.drain();
    expect(readiness.state().ready).toBe(false);
  });

  it('asks often while something is away, whatever the interval', async () => {
    const readiness = new Readiness();
    let tries = 0;
    readiness.addCheck('late', async () => {
      if (++tries < 3) throw new Error('not yet');
    });
    const ready = new Promise<void>((resolve) => readiness.onChange((state) => state && resolve()));
    await readiness.start(60_000);
    await ready;
    expect(tries).toBe(3);
    readiness.drain();
  });
});
