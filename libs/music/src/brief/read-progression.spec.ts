import { keyOfProgression, readProgressions } from './read-progression';
import { Reading } from './reading';

const read = (prompt: string) => readProgressions(new Reading(prompt)).map(({ value }) => value);

describe('readProgressions', () => {
  it.each<[string, string]>([
    ['I-V-vi-IV', 'I V vi IV'],
    ['ii–V–I', 'ii V I'],
    ['i, VI, III, VII', 'i VI III VII'],
    ['iiø7 V7/V bVII', 'iiø7 V7/V bVII'],
    ['ii-V', 'ii V'],
    ['ii V', ''],
    ['Am F C G progression', 'Am F C G'],
    ['Am → F', 'Am F'],
    ['| Dm7 | G7 | Cmaj7 |', 'Dm7 G7 Cmaj7'],
    ['B♭maj7 - F♯m7b5 - D/F#', 'Bbmaj7 F#m7b5 D/F#'],
    ['Am F', ''],
    ['Am/F/C/G', 'Am F C G'],
    ['C - C/B - Am', 'C C/B Am'],
    ['D-7 G7 CΔ7', 'Dm7 G7 Cmaj7'],
    ['| Am | % | F |', 'Am Am F'],
    ['1-5-6-4', 'I V vi IV'],
    ['ii-V-I-I, I want', 'ii V I I'],
    ['1-2-3', ''],
    ['1-5', ''],
    ['4-5-6-7-1-2-3-4-5-6-7-1-2-3-4-5-6', ''],
    ['ii V I, two bars each', 'ii ii V V I I'],
    ['Am for two bars, then F for one bar', 'Am Am F'],
    ['Am for two bars', ''],
    ['vamp on E7', 'E7'],
    ['E7', ''],
    ['Andalusian cadence', 'i VII VI V'],
    ['I, I, I want', ''],
    ['I am a DJ', ''],
    ['lo-fi hi-fi sci-fi', ''],
    ['in D minor', ''],
  ])('%s: %s', (prompt, chords) =>
    expect(read(prompt).map((value) => value.chords.join(' '))).toEqual(chords ? [chords] : []),
  );

  it('notes bars that hold several chords', () => {
    expect(read('| Am F | C G |')[0]).toMatchObject({ chords: ['Am', 'F', 'C', 'G'], splitBars: true });
    expect(read('| Am | F |')[0]).toMatchObject({ splitBars: false });
    expect(read('Am - F, half a bar each')[0]).toMatchObject({ splitBars: true });
  });
});

describe('keyOfProgression', () => {
  it.each<[string, unknown]>([
    ['Am F C G', { tonic: 'A', mode: 'minor' }],
    ['C G Am F', { tonic: 'C', mode: 'major' }],
    ['Dm7 G7 Cmaj7 Cmaj7', { tonic: 'C', mode: 'major' }],
    ['i-iv-V', { mode: 'minor' }],
    ['I-IV-V', { mode: 'major' }],
    ['ii-V', undefined],
  ])('%s: %j', (prompt, key) => {
    const [progression] = read(prompt);
    expect(progression && keyOfProgression(progression)).toEqual(key);
  });
});
