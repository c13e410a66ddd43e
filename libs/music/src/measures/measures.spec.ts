import { BAR, note, sampleScore, track } from '../score/testing/sample-score';
import { chordAgreement, isChordHeard } from './chord-agreement';
import { measureCadence } from './measure-cadence';
import { measureSwing } from './measure-swing';
import { grooveConsistency, pitchClassEntropy, polyphony, scaleConsistency } from './muspy-measures';
import { overlaps } from './overlaps';
import { rangeViolations } from './range-violations';
import { silentBars, soundingBars } from './silent-bars';
import { pitchClassDurations, pitchedNotes, soundingTracks } from './sounding-tracks';

const flute = (...notes: ReturnType<typeof note>[]) =>
  sampleScore({ tracks: [track({ id: 'a', instrument: 'flute', notes })] });

describe('sounding tracks', () => {
  it('leaves out what is muted or empty, and kits where pitch counts', () => {
    const score = sampleScore();
    score.tracks[3]!.mix.muted = true;
    score.tracks[2]!.notes = [];
    expect(soundingTracks(score).map(({ id }) => id)).toEqual(['drums', 'bass']);
    expect(pitchedNotes(score).every(({ pitch }) => pitch <= 45)).toBe(true);
  });

  it('sums how long pitch classes sound', () => {
    expect(pitchClassDurations([note(0, 100, 60), note(0, 50, 72), note(0, 7, 71)])).toEqual([
      150, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7,
    ]);
  });
});

describe('overlaps and ranges', () => {
  it('counts a note that begins as its equal ends as none', () => {
    expect(overlaps({ id: 'a', notes: [note(0, 100, 60), note(100, 100, 60), note(150, 10, 61)] })).toEqual([]);
    expect(overlaps({ id: 'a', notes: [note(0, 101, 60), note(100, 100, 60)] })).toMatchObject([
      { trackId: 'a', index: 1 },
    ]);
  });

  it('lists what an instrument cannot play', () => {
    const found = rangeViolations({
      id: 'a',
      instrument: 'flute',
      notes: [note(0, 1, 59), note(1, 1, 60), note(2, 1, 99)],
    });
    expect(found.map(({ index }) => index)).toEqual([0, 2]);
  });
});

describe('silence', () => {
  it('finds bars in which nothing sounds, and where the music ends', () => {
    const score = flute(note(0, 480, 70), note(BAR * 2 - 10, 20, 70));
    expect(silentBars(score)).toEqual([3]);
    expect(soundingBars(score)).toBe(3);
    score.tracks[0]!.mix.muted = true;
    expect(silentBars(score)).toEqual([0, 1, 2, 3]);
    expect(soundingBars(score)).toBe(0);
  });
});

describe('cadence', () => {
  it('looks at the last chord and at its bass', () => {
    expect(measureCadence(sampleScore())).toEqual({ chord: 'Dm', tonicChord: true, tonicBass: true });
    const inverted = sampleScore();
    inverted.tracks[1]!.notes[6]!.pitch = 41;
    expect(measureCadence(inverted)).toEqual({ chord: 'Dm', tonicChord: true, tonicBass: false });
    const open = sampleScore();
    open.chords[3]!.symbol = 'A7';
    expect(measureCadence(open)?.tonicChord).toBe(false);
    expect(measureCadence(sampleScore({ tracks: [] }))).toBeUndefined();
  });
});

describe('chords', () => {
  it('says how much of the time is spent on chord tones', () => {
    const score = flute(note(0, 300, 62), note(300, 100, 64), note(BAR, 400, 67));
    expect(chordAgreement(score)).toBeCloseTo(700 / 800, 9);
  });

  it('hears a chord by its root and third', () => {
    const [chord] = sampleScore().chords;
    expect(isChordHeard(flute(note(0, 100, 62), note(100, 100, 65)), chord!)).toBe(true);
    expect(isChordHeard(flute(note(0, 100, 62), note(100, 100, 69)), chord!)).toBe(false);
    expect(isChordHeard(flute(note(BAR, 100, 62), note(BAR, 100, 65)), chord!)).toBe(false);
  });
});

describe('swing', () => {
  const eighths = (offbeat: number) =>
    flute(
      ...Array.from({ length: 16 }, (_, index) => [
        note(index * 480, 100, 70),
        note(index * 480 + offbeat, 100, 70),
      ]).flat(),
    );
  it.each([
    [240, 50],
    [278, 57.9],
    [320, 66.7],
  ])('hears an off-beat at %i ticks as %f %%', (offbeat, percent) => {
    expect(measureSwing(eighths(offbeat), 480)).toBeCloseTo(percent, 1);
  });

  it('hears none without off-beats', () => {
    expect(measureSwing(eighths(120), 480)).toBeUndefined();
  });
});

describe('measures of MusPy', () => {
  it('pitch-class entropy: two classes alike give one bit', () => {
    expect(pitchClassEntropy(flute(note(0, 900, 60), note(1, 1, 67)))).toBeCloseTo(1, 12);
    expect(pitchClassEntropy(flute(note(0, 9, 60), note(1, 1, 72)))).toBeCloseTo(0, 12);
  });

  it('scale consistency: the best scale counts', () => {
    expect(
      scaleConsistency(flute(...[60, 62, 64, 65, 67, 69, 71, 61].map((pitch, index) => note(index, 1, pitch)))),
    ).toBeCloseTo(7 / 8, 12);
  });

  it('groove consistency: one place of 48 changes', () => {
    expect(grooveConsistency(flute(note(0, 1, 60), note(BAR, 1, 60)))).toBe(1);
    expect(grooveConsistency(flute(note(0, 1, 60), note(BAR, 1, 60), note(BAR + 480, 1, 60)))).toBeCloseTo(
      1 - 1 / 48,
      12,
    );
    expect(grooveConsistency(flute(note(0, 1, 60)))).toBeUndefined();
  });

  it('polyphony: the time in which two pitches sound', () => {
    expect(polyphony(flute(note(0, 100, 60), note(50, 150, 64)))).toBeCloseTo(50 / 200, 12);
    expect(polyphony(sampleScore({ tracks: [] }))).toBeUndefined();
  });
});
