import { FAULT_KINDS, faultSchedule } from './fault-schedule';

const options = { seed: 1, minutes: 2, leaseMs: 4000 };

describe('faultSchedule', () => {
  it('is the same for the same seed and another for another', () => {
    expect(faultSchedule(options)).toEqual(faultSchedule(options));
    expect(faultSchedule({ ...options, seed: 2 })).not.toEqual(faultSchedule(options));
  });

  it('has a kill every five seconds and, in two minutes, every kind of fault', () => {
    for (let seed = 0; seed < 50; seed++) {
      const faults = faultSchedule({ ...options, seed });
      const kills = faults.filter(({ kind }) => kind === 'kill').map(({ atMs }) => atMs);
      expect(kills).toEqual(Array.from({ length: 23 }, (_, index) => (index + 1) * 5000));
      expect(new Set(faults.map(({ kind }) => kind))).toEqual(new Set([...FAULT_KINDS, 'kill']));
    }
  });

  it('has one lasting fault at a time, in order, all over before the end', () => {
    const faults = faultSchedule({ ...options, minutes: 30 });
    expect(faults.map(({ atMs }) => atMs)).toEqual(faults.map(({ atMs }) => atMs).sort((a, b) => a - b));
    let free = 0;
    for (const { atMs, durationMs } of faults.filter(({ kind }) => kind !== 'kill')) {
      expect(atMs).toBeGreaterThanOrEqual(free);
      free = atMs + durationMs;
    }
    expect(free).toBeLessThanOrEqual(30 * 60_000);
    expect(faults.find(({ kind }) => kind === 'objects-away')?.durationMs).toBe(60_000);
    expect(faults.find(({ kind }) => kind === 'zombie')?.durationMs).toBeGreaterThan(4000);
  });
});
