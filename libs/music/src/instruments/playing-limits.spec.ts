import { DRUM_KEYS } from './drum-key';
import { instrument } from './instrument';
import { breathOf, fitsDrummer, fitsSixStrings, fitsTwoHands, isAcousticKit, playableTogether } from './playing-limits';

describe('what a player can do', () => {
  it.each<[string, number[], boolean]>([
    ['nothing', [], true],
    ['a tenth in one hand', [48, 52, 55, 64], true],
    ['a bass note and a chord', [36, 60, 64, 67, 72], true],
    ['three places at once', [36, 60, 84], false],
    ['eleven notes', [48, 49, 50, 51, 52, 60, 61, 62, 63, 64, 65], false],
    ['six neighbours and a far one', [30, 60, 61, 62, 63, 64, 65], false],
  ])('on a keyboard: %s', (_name, pitches, fits) => expect(fitsTwoHands(pitches)).toBe(fits));

  it.each<[string, number[], boolean]>([
    ['open E major', [40, 47, 52, 56, 59, 64], true],
    ['F with a barre', [41, 48, 53, 57, 60, 65], true],
    ['a power chord', [45, 52, 57], true],
    ['a note below the lowest string', [38, 45], false],
    ['two notes on the lowest string', [40, 41], false],
    ['a stretch over the neck', [41, 47, 70], false],
    ['seven notes', [40, 45, 50, 55, 59, 64, 69], false],
  ])('on six strings: %s', (_name, pitches, fits) => expect(fitsSixStrings(pitches)).toBe(fits));

  it('at the drums', () => {
    const { kick, snare, crash } = DRUM_KEYS;
    expect(fitsDrummer([kick, snare, crash, DRUM_KEYS['pedal-hi-hat']])).toBe(true);
    expect(fitsDrummer([snare, crash, DRUM_KEYS['closed-hi-hat']])).toBe(false);
    // Hand percussion is somebody else's.
    expect(fitsDrummer([snare, crash, DRUM_KEYS.shaker, DRUM_KEYS['low-conga']])).toBe(true);
    expect(isAcousticKit({ id: 'jazz-kit' })).toBe(true);
    expect(isAcousticKit({ id: 'tr-808-kit' })).toBe(false);
  });

  it('is asked of those whom it concerns', () => {
    expect(playableTogether(instrument('acoustic-grand-piano'))).toBe(fitsTwoHands);
    expect(playableTogether(instrument('acoustic-guitar-nylon'))).toBe(fitsSixStrings);
    expect(playableTogether(instrument('string-ensemble-1'))).toBeUndefined();
    expect(breathOf(instrument('flute'))?.seconds).toBe(10);
    expect(breathOf(instrument('violin'))).toBeUndefined();
    expect(breathOf(instrument('choir-aahs'))).toBeUndefined();
  });
});
