import { meetsTarget, type Figure } from './figure';
import { figureTable, withSection } from './report';

const figure: Figure = { name: 'system.start', value: 3.14159, unit: 's', target: 8, better: 'lower' };
const conditions = { commit: 'abc', node: 'v24', cpu: 'some cpu', date: '2026-01-01' };

describe('the report', () => {
  it('tells by the direction whether a target is met', () => {
    expect(meetsTarget(figure)).toBe(true);
    expect(meetsTarget({ ...figure, value: 9 })).toBe(false);
    expect(meetsTarget({ ...figure, better: 'higher' })).toBe(false);
    expect(meetsTarget({ ...figure, target: undefined })).toBeUndefined();
  });

  it('has a row for each figure', () => {
    expect(figureTable([figure]).split('\n')[2]).toBe('| system.start | 3.14 | s | <= 8 | yes |  |');
  });

  it('replaces the section of the bench that ran and keeps the others', () => {
    const first = withSection('', 'system', 'all', [figure], conditions);
    const second = withSection(first, 'render', 'sound', [figure], conditions);
    const third = withSection(second, 'system', 'all', [{ ...figure, value: 5 }], conditions);
    expect(third.match(/^## /gm)).toHaveLength(2);
    expect(third).toContain('## render');
    expect(third).toContain('| system.start | 5 |');
    expect(third).not.toContain('3.14 | s | <= 8 | yes |  |\n\n## render');
  });
});
