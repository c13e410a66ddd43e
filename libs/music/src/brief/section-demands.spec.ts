import { interpretPrompt } from './interpret-prompt';

/** Contradictions as "field: asked -> chosen", without those of genres, which depend on the catalogue. */
function named(prompt: string): string[] {
  return interpretPrompt(prompt)
    .contradictions.filter(({ field }) => field !== 'style')
    .map(({ field, asked, chosen }) => `${field}: ${asked.join(' | ')} -> ${chosen}`);
}

/** What the sections of the form are asked for, by number: `bridge-1 {"meter":...}`. */
function asked(prompt: string): string[] {
  const counts = new Map<string, number>();
  return interpretPrompt(prompt).form.value.flatMap(({ name, bars: _, ...own }) => {
    counts.set(name, (counts.get(name) ?? 0) + 1);
    return Object.keys(own).length ? [`${name}-${counts.get(name) ?? 0} ${JSON.stringify(own)}`] : [];
  });
}

const FORM = 'intro 4, verse 8, chorus 8, verse 8, chorus 8, outro 4';

describe('demands on one section', () => {
  it.each<[string, string[]]>([
    ['rock in E major in 4/4, bridge in 3/4', ['bridge-1 {"meter":{"numerator":3,"denominator":4}}']],
    ['rock in E major, bridge in A minor', ['bridge-1 {"key":{"tonic":"A","mode":"minor"}}']],
    ['rock with a bridge in D minor', []],
    [`rock, ${FORM}, chorus at 120 bpm, verse at 100 bpm`, ['chorus-1 {"tempoMilliBpm":120000}', 'chorus-2 {"tempoMilliBpm":120000}']],
    [`rock at 90 bpm, ${FORM}, twice as fast in the second chorus`, ['chorus-2 {"tempoMilliBpm":180000}']],
    [`rock at 90 bpm, ${FORM}, half the speed in the intro`, ['intro-1 {"tempoMilliBpm":45000}']],
    [`rock in D major, ${FORM}, modulate up a tone for the last chorus`, ['chorus-2 {"key":{"tonic":"E","mode":"major"}}', 'outro-1 {"key":{"tonic":"E","mode":"major"}}']],
    [`rock in D minor, ${FORM}, first chorus a minor third lower`, ['chorus-1 {"key":{"tonic":"B","mode":"minor"}}']],
    [`rock, ${FORM}, intro without drums`, ['intro-1 {"silent":["drums"]}']],
    [`rock, ${FORM}, no drums or bass until the first chorus`, ['intro-1 {"silent":["drums","bass"]}', 'verse-1 {"silent":["drums","bass"]}']],
    [`rock, ${FORM}, choir enters in the second verse`, [
      'intro-1 {"silent":["choir-aahs"]}', 'verse-1 {"silent":["choir-aahs"]}', 'chorus-1 {"silent":["choir-aahs"]}', 'verse-2 {"playing":["choir-aahs"]}',
    ]],
    [`rock, ${FORM}, outro with only piano`, ['outro-1 {"only":["acoustic-grand-piano"]}']],
    [`rock, ${FORM}, only piano and flute in the outro`, ['outro-1 {"only":["acoustic-grand-piano","flute"]}']],
    [`rock, ${FORM}, outro a cappella`, ['outro-1 {"only":["choir-aahs"]}']],
    ['rock in verse-chorus form in D minor', []],
    ['rock, intro, verse, chorus in D minor', []],
    ['rock, intro 4 bars, verse 8 bars, chorus 8 bars', []],
  ])('of %j', (prompt, expected) => {
    expect(asked(prompt)).toEqual(expected);
    expect(named(prompt)).toEqual([]);
  }); // prettier-ignore

  it.each<[string, string[]]>([
    ['rock, chorus: C G Am F', ['progression: chorus: C G Am F -> C G Am F throughout']],
    ['ambient tuned to 432 Hz', ['tuning: tuned to 432 Hz -> equal temperament at A = 440 Hz, instruments in their usual tuning']],
    ['rock at 300 bpm, twice as fast in the chorus', ['tempo: twice as fast in the chorus -> 300 bpm throughout']],
    ['rock in E major with a key change', ['key: key change -> E major throughout']],
    [`rock in E major, ${FORM}, up a tone in the fourth chorus`, ['key: up a tone in the fourth chorus -> E major throughout']],
  ])('that cannot be had is named: %j', (prompt, expected) => expect(named(prompt)).toEqual(expected)); // prettier-ignore

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

  it('claims no meter or tempo of the song where only a section has one', () => {
    const brief = interpretPrompt(`rock, ${FORM}, chorus in 3/4 at 150 bpm`);
    expect([brief.meter.provenance, brief.tempoMilliBpm.provenance]).toEqual(['default', 'default']);
    expect(brief.form.value[2]).toMatchObject({ meter: { numerator: 3, denominator: 4 }, tempoMilliBpm: 150_000 });
  });
});
