import { interpretPrompt } from './interpret-prompt';
import { correction, respelled } from './spelling';
import { Reading } from './reading';

describe('correction', () => {
  it.each([
    ['tecno', 'techno'],
    ['pinao', 'piano'],
    ['jazzz', 'jazz'],
    ['saxaphone', 'saxophone'],
    ['harpsicord', 'harpsichord'],
    ['orcestral', 'orchestral'],
    ['vioiln', 'violin'],
    ['trombbome', 'trombone'],
    ['hpo', 'hop'],
  ])('reads %s as %s', (typed, meant) => expect(correction(typed)).toBe(meant));

  it.each(['horse', 'cell', 'fleet', 'piano', 'house', 'zzzzzz', 'ab', 'lock', 'xylographicon'])(
    'leaves %s alone',
    (word) => expect(correction(word)).toBeUndefined(),
  );
});

describe('respelled', () => {
  it('keeps what was typed in its spans, and changes nothing that is claimed', () => {
    const brief = interpretPrompt('jaz with saxaphone, called "Jaz"');
    expect(brief.title.value).toBe('Jaz');
    expect(brief.style.spans).toEqual([{ start: 0, end: 3, text: 'jaz' }]);
    expect(brief.instruments.value).toMatchObject([{ instrument: 'alto-sax', asked: 'saxaphone' }]);
  });

  it('has nothing to say where all is well', () => expect(respelled(new Reading('a piano piece'))).toBeUndefined());

  it('believes one slip of a name, not two', () => {
    expect(interpretPrompt('music by Violan').notUnderstood).toEqual([]);
    expect(interpretPrompt('music by Viorlan').notUnderstood).toMatchObject([{ text: 'Viorlan' }]);
  });
});
