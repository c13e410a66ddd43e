import { defaultBrief } from './default-brief';

describe('defaultBrief', () => {
  it('takes what is not given from the style', () => {
    const brief = defaultBrief({ style: 'house', bars: 16 });
    expect(brief.bars).toEqual({ value: 16, provenance: 'stated', spans: [] });
    expect(brief.tempoMilliBpm).toEqual({ value: 124_000, provenance: 'default', spans: [] });
  });

  it('knows no other style', () => expect(() => defaultBrief({ style: 'polka' })).toThrow('style "polka"'));
});
