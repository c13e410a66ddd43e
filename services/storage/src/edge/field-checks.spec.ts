import { FieldChecks } from './field-checks';
import { canonicalJson } from './json-document';
import { readPageToken, writePageToken } from './page-token';
import { toTimestamp } from './proto-time';

function refused(check: (checks: FieldChecks) => unknown): string[] {
  const checks = new FieldChecks();
  check(checks);
  try {
    checks.done();
  } catch (error) {
    return (error as { fields: { field: string }[] }).fields.map(({ field }) => field);
  }
  return [];
}

describe('FieldChecks', () => {
  it('names every bad field, its value and what is allowed, at once', () => {
    const checks = new FieldChecks();
    checks.integer('percent', 101, 0, 100);
    checks.id('job_id', 'x');
    expect(() => checks.done()).toThrow(
      expect.objectContaining({
        reason: 'INVALID_ARGUMENT',
        message: 'percent 101 is not allowed: 0 to 100 (and 1 more)',
        fields: [
          { field: 'percent', value: 101, allowed: '0 to 100' },
          { field: 'job_id', value: 'x', allowed: 'an id as it was given out (a UUID)' },
        ],
      }),
    );
  });

  it('takes what is right', () => {
    const checks = new FieldChecks();
    expect(checks.integer('n', 0, 0, 0)).toBe(0);
    expect(checks.id('id', '01A20EF4-4DD2-75D1-8152-DDBFD4C22C8D')).toBe('01a20ef4-4dd2-75d1-8152-ddbfd4c22c8d');
    expect(checks.pageSize('page_size', 0, 100, 50)).toBe(50);
    expect(checks.text('text', 'über 🎵', 0, 10)).toBe('über 🎵');
    expect(checks.text('text', 'two\nlines', 0, 10, true)).toBe('two\nlines');
    expect(checks.objectKey('key', 'stems/a-b_c.d/0')).toBe('stems/a-b_c.d/0');
    expect(checks.duration('wait', { seconds: 1, nanos: 500_000_000 }, 0, 2000)).toBe(1500);
    expect(checks.duration('wait', null, 0, 2000)).toBe(0);
    checks.done();
  });

  it.each([NaN, 1.5, -1, 2 ** 53, Infinity])('refuses %d as an integer', (value) => {
    expect(refused((checks) => checks.integer('n', value, 0, Number.MAX_SAFE_INTEGER))).toEqual(['n']);
  });

  it.each(['a\0', '\ud800', 'tab\t', '', 'x'.repeat(11)])('refuses the text %j', (value) => {
    expect(refused((checks) => checks.text('text', value, 1, 10))).toEqual(['text']);
  });

  it('refuses times out of bounds and required ones that are absent', () => {
    expect(refused((checks) => checks.duration('lease', null, 100, 200))).toEqual(['lease']);
    expect(refused((checks) => checks.duration('lease', { seconds: NaN, nanos: 0 }, 100, 200))).toEqual(['lease']);
    expect(refused((checks) => checks.duration('lease', { seconds: -1, nanos: 0 }, 0, 200))).toEqual(['lease']);
  });

  it('refuses in documents what a database would lose, by path', () => {
    const document = (value: object) => refused((checks) => checks.document('plan', value));
    expect(document({ trackIds: [{ midiName: 'a\0' }] })).toEqual(['plan.track_ids[0].midi_name']);
    expect(document({ value: NaN })).toEqual(['plan.value']);
    expect(document({ '\0': 1 })).toEqual(['plan']);
    expect(document({ long: 'x'.repeat(1024 * 1024) })).toEqual(['plan']);
    let deep = {};
    for (let i = 0; i < 40; i++) deep = { deep };
    expect(document(deep)).toHaveLength(1);
    expect(document({ a: [1, null, 'x', { b: true }] })).toEqual([]);
  });

  it('refuses labels that are too many, too long or the same', () => {
    expect(refused((checks) => checks.tags('tags', ['a', 'a']))).toEqual(['tags']);
    expect(refused((checks) => checks.tags('tags', ['a', '']))).toEqual(['tags[1]']);
    expect(
      refused((checks) =>
        checks.tags(
          'tags',
          Array.from({ length: 33 }, (_, i) => String(i)),
        ),
      ),
    ).toEqual(['tags']);
  });
});

describe('page tokens', () => {
  it('hold for their query only', () => {
    const place = { value: 'Żółw', id: 'x' };
    const token = writePageToken({ order: 'title', text: '' }, place);
    expect(readPageToken({ text: '', order: 'title' }, token)).toEqual(place);
    expect(readPageToken({ order: 'title' }, '')).toBeUndefined();
    expect(() => readPageToken({ order: 'title', text: 'x' }, token)).toThrow('page_token');
    expect(() => readPageToken({ order: 'title', text: '' }, token.slice(2))).toThrow('page_token');
  });
});

describe('canonicalJson', () => {
  it('is the same for equal documents, whatever their order and absent values', () => {
    expect(canonicalJson({ b: [{ d: 1, c: null }], a: undefined })).toBe(
      canonicalJson({ a: null, b: [{ c: undefined, d: 1 }] }),
    );
    expect(canonicalJson({ a: [1, 2] })).not.toBe(canonicalJson({ a: [2, 1] }));
  });
});

describe('toTimestamp', () => {
  it('keeps milliseconds, also before 1970', () => {
    expect(toTimestamp(new Date(1500))).toEqual({ seconds: 1, nanos: 500_000_000 });
    expect(toTimestamp(new Date(-1))).toEqual({ seconds: -1, nanos: 999_000_000 });
    expect(toTimestamp(null)).toBeUndefined();
  });
});
