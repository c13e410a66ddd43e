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
