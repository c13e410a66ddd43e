import { candidateSeed } from '../agents/candidate-seed';
import { defaultBrief, type BriefValues } from '../brief/default-brief';
import { note, sampleScore } from '../score/testing/sample-score';
import type { Score } from '../score/score';
import { noteReceipt } from './note-receipt';

const asked: Partial<BriefValues> = {
  title: 'Sample',
  style: 'rock',
  seed: 7,
  key: { tonic: 'D', mode: 'minor' },
  tempoMilliBpm: 82_000,
  bars: 4,
  swingPercent: 50,
  form: [
    { name: 'a', bars: 2 },
    { name: 'b', bars: 2 },
  ],
  instruments: [
    { instrument: 'electric-piano-1', role: 'chords', asked: 'Rhodes', standIn: false },
    { instrument: 'acoustic-bass', role: 'bass', asked: 'upright bass', standIn: false },
  ],
  excluded: ['pad', 'trumpet'],
  progression: ['i', 'iv', 'V7', 'i'],
};
const score = (changes: Partial<Score> = {}) => sampleScore({ style: 'rock', ...changes });

/** The names of demands that are not met. */
function unmet(brief: Partial<BriefValues>, music: Score): string[] {
  return noteReceipt(defaultBrief({ ...asked, ...brief }), music)
    .demands.filter(({ met }) => !met)
    .map(({ demand }) => demand);
}

describe('noteReceipt', () => {
  it('finds every demand of the sample met, and says what was measured', () => {
    const receipt = noteReceipt(defaultBrief(asked), score());
    expect(receipt.demands.filter(({ met }) => !met)).toEqual([]);
    expect(receipt.demands.map(({ demand }) => demand)).toEqual(
      expect.arrayContaining([
        'key',
        'tempo',
        'meter',
        'swing',
        'bars',
        'form',
        'instrument',
        'excluded',
        'progression',
        'range',
        'overlaps',
        'silence',
        'cadence',
      ]),
    );
    expect(receipt.demands.find(({ demand }) => demand === 'key')?.measured).toMatch(/^D minor \(r 0\.\d\d\), then /);
    expect(receipt.demands.find(({ demand }) => demand === 'tempo')?.measured).toMatch(/^82\.\d bpm/);
    expect(receipt.measures.find(({ name }) => name === 'duration')).toEqual({
      name: 'duration',
      value: 11.707,
      unit: 's',
    });
  });

  const misses: [string, Partial<BriefValues>, Partial<Score>, string[]][] = [
    ['another key', { key: { tonic: 'E', mode: 'major' } }, {}, ['key']],
    ['another tempo', { tempoMilliBpm: 95_000 }, {}, ['tempo']],
    ['notes that run faster than the tempo asked', {}, { tempos: [{ tick: 0, milliBpm: 90_000 }] }, ['tempo']],
    ['another meter', { meter: { numerator: 3, denominator: 4 } }, {}, ['meter']],
    ['more bars', { bars: 8 }, {}, ['bars']],
    ['another form', { form: [{ name: 'a', bars: 4 }] }, {}, ['form']],
    ['swing', { swingPercent: 66 }, {}, ['swing']],
    [
      'an instrument that is not there',
      { instruments: [{ instrument: 'sitar', role: 'lead', asked: 'sitar', standIn: false }] },
      {},
      ['instrument'],
    ],
    ['no drums', { excluded: ['drums'] }, {}, ['excluded']],
    ['no flute', { excluded: ['flute'] }, {}, ['excluded']],
    ['other chords', { progression: ['I', 'IV'] }, {}, ['progression']],
    ['another style, title and seed', { style: 'house', title: 'X', seed: 8 }, {}, ['style', 'title', 'seed']],
  ];
  it.each(misses)('reports %s as not met', (_name, brief, changes, expected) => {
    expect(unmet(brief, score(changes))).toEqual(expect.arrayContaining(expected));
    expect(unmet(brief, score(changes)).filter((demand) => !expected.includes(demand) && demand !== 'swing')).toEqual(
      [],
    );
  });

  it('reports what no song may have', () => {
    const faulty = score();
    faulty.tracks[3]!.notes[0]!.pitch = 30;
    faulty.tracks[1]!.notes[0]!.durationTicks = 1000;
    faulty.chords[3]!.symbol = 'C';
    expect(unmet({}, faulty)).toEqual(expect.arrayContaining(['range', 'overlaps', 'cadence']));
    const gap = score();
    for (const track of gap.tracks)
      track.notes = track.notes.filter(({ startTick }) => startTick < 1920 || startTick >= 3840);
    expect(unmet({}, gap)).toContain('silence');
  });

  it('asks no cadence of a loop or a fade', () => {
    const open = score();
    open.tracks[1]!.notes[6] = note(5760, 960, 40);
    expect(unmet({}, open)).toEqual(['cadence']);
    expect(unmet({ loop: true }, open)).toEqual([]);
    expect(unmet({}, { ...open, master: { ...open.master, fadeOutTicks: 1920 } })).toEqual([]);
  });

  it('asks drums alone for no key but a stated one, and for no cadence', () => {
    const drums = score({ tracks: score().tracks.slice(0, 1) });
    const names = (brief: Partial<BriefValues>) =>
      noteReceipt(defaultBrief(brief), drums).demands.map(({ demand }) => demand);
    expect(names({ bars: 4 })).not.toContain('key');
    expect(names({ bars: 4 })).not.toContain('cadence');
    expect(names({ key: { tonic: 'D', mode: 'minor' } })).toContain('key');
  });

  it('asks for no key that was only read from stated chords, which measure as they may', () => {
    const names = (brief: Partial<BriefValues>) =>
      noteReceipt(defaultBrief(brief), score()).demands.map(({ demand }) => demand);
    expect(names({ progression: ['Dm', 'Bb', 'F', 'C'] })).not.toContain('key');
    expect(names({ progression: ['i', 'iv', 'V7', 'i'] })).toContain('key');
    expect(names({ progression: ['Dm', 'Bb', 'F', 'C'], key: { tonic: 'D', mode: 'minor' } })).toContain('key');
  });

  it('shows the seed asked for, of whichever candidate the score is', () => {
    const seed = (value: number) =>
      noteReceipt(defaultBrief(asked), score({ seed: value })).demands.find(({ demand }) => demand === 'seed');
    expect(seed(7)).toMatchObject({ asked: '7', measured: '7', met: true });
    const second = candidateSeed(7, 1);
    expect(seed(second)).toMatchObject({ asked: '7', measured: `${second}, its candidate 2`, met: true });
    expect(seed(candidateSeed(8, 1))).toMatchObject({ asked: '7', met: false });
  });

  it('says so where too little sounds to hear tempo and meter', () => {
    const sparse = score({ tracks: [{ ...score().tracks[3]!, notes: [note(0, 7680, 74)] }] });
    const demands = noteReceipt(defaultBrief({ ...asked, tempoMilliBpm: 90_000 }), sparse).demands;
    expect(demands.find(({ demand }) => demand === 'tempo')).toMatchObject({
      measured: '82 bpm as written',
      met: false,
    });
    expect(demands.find(({ demand }) => demand === 'meter')).toMatchObject({ measured: '4/4 as written', met: true });
  });

  it('passes on repairs, and tells of contradictions, stand-ins and what was not understood', () => {
    const repair = { agent: 'bass', fault: 'range', bars: '3', attempt: 1 };
    const brief = defaultBrief({
      ...asked,
      instruments: [{ instrument: 'flute', role: 'lead', asked: 'bansuri', standIn: true }],
      moods: ['dusty'],
      intensity: 80,
      contradictions: [
        { field: 'tempo', asked: ['120 bpm', '90 bpm'], chosen: '120 bpm' },
        { field: 'style', asked: ['reggae'], chosen: 'rock, the nearest style' },
      ],
      notUnderstood: [{ start: 0, end: 4, text: 'blub' }],
    });
    const receipt = noteReceipt(brief, score(), [repair]);
    expect(receipt.repairs).toEqual([repair]);
    expect(receipt.notUnderstood).toEqual(['blub']);
    expect(receipt.remarks).toEqual([
      'tempo: 120 bpm and 90 bpm cannot both be; 120 bpm was chosen.',
      'style: reggae cannot be had; instead: rock, the nearest style.',
      'There is no "bansuri" among the instruments; Flute stands in.',
      'Intensity (80 of 100) guided the energy of the sections and is not measured.',
      'Mood (dusty) guided the choices and is not measured.',
    ]);
  });
});
