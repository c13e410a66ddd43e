import { interpretPrompt } from './interpret-prompt';

/** Contradictions as "field: asked -> chosen", without those of genres, which depend on the catalogue. */
function named(prompt: string): string[] {
  return interpretPrompt(prompt)
    .contradictions.filter(({ field }) => field !== 'style')
    .map(({ field, asked, chosen }) => `${field}: ${asked.join(' | ')} -> ${chosen}`);
}

describe('demands on one section', () => {
  it.each<[string, string[]]>([
    ['rock in E major, bridge in 3/4', ['meter: bridge in 3/4 -> 3/4 throughout']],
    ['rock in E major in 4/4, bridge in 3/4', ['meter: bridge in 3/4 -> 4/4 throughout']],
    ['rock in E major, bridge in A minor', ['key: bridge in A minor -> E major throughout']],
    ['rock at 90 bpm, twice as fast in the chorus', ['tempo: twice as fast in the chorus -> 90 bpm throughout']],
    ['rock, verse at 100 bpm, chorus at 120 bpm', [
      'tempo: verse at 100 bpm -> 100 bpm throughout', 'tempo: chorus at 120 bpm -> 100 bpm throughout',
    ]],
    ['rock in D major, modulate up a tone for the last chorus', ['key: modulate up a tone for the last chorus -> D major throughout']],
    ['rock, intro without drums', ['excluded: intro without drums -> in the sections that suit the part']],
    ['rock, strings only in the chorus', ['instruments: strings only in the chorus -> in the sections that suit the part']],
    ['rock, chorus: C G Am F', ['progression: chorus: C G Am F -> C G Am F throughout']],
    ['ambient tuned to 432 Hz', ['tuning: tuned to 432 Hz -> equal temperament at A = 440 Hz, instruments in their usual tuning']],
    ['rock with a bridge in D minor', ['key: a bridge in D minor -> D minor throughout']],
    ['rock in verse-chorus form in D minor', []],
    ['rock, intro, verse, chorus in D minor', []],
    ['rock, intro 4 bars, verse 8 bars, chorus 8 bars', []],
  ])('of %j', (prompt, expected) => expect(named(prompt)).toEqual(expected)); // prettier-ignore

  it('does not rule out of the song what shall be out of one section', () => {
    const brief = interpretPrompt('rock with piano, no drums in the intro, strings only in the chorus');
    expect(brief.excluded.value).toEqual([]);
    expect(brief.instruments.value.map(({ instrument }) => instrument)).toEqual([
      'acoustic-grand-piano',
      'string-ensemble-1',
    ]);
  });

  it('takes a demand of the whole before one of a section', () => {
    const brief = interpretPrompt('bridge in 3/4 in B flat, otherwise 4/4 in E flat major');
    expect([brief.meter.value, brief.key.value]).toEqual([
      { numerator: 4, denominator: 4 },
      { tonic: 'Eb', mode: 'major' },
    ]);
  });
});
