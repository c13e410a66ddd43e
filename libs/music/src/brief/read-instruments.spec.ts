import { readInstruments } from './read-instruments';
import { Reading } from './reading';

/** "!" marks what is ruled out, "~" a stand-in, "=" what shall be alone. */
const read = (prompt: string) =>
  readInstruments(new Reading(prompt)).map(({ value }) => {
    const name = value.instrument ?? (value.seats ? 'ensemble' : 'generic');
    return `${value.negated ? '!' : ''}${value.alone ? '=' : ''}${name}${value.standIn ? '~' : ''} ${value.role}`;
  });

describe('readInstruments', () => {
  it.each<[string, string[]]>([
    ['Rhodes and upright bass', ['electric-piano-1 chords', 'acoustic-bass bass']],
    ['Electric Piano 1', ['electric-piano-1 chords']],
    ['flute melody', ['flute lead']],
    ['no choir, scored for trumpet', ['!choir-aahs pad', 'trumpet lead']],
    ['no choir scored for trumpet', ['!choir-aahs pad', 'trumpet lead']],
    ["don't use guitars or banjo", ['!generic chords', '!banjo chords']],
    ['melody on a flute', ['flute lead']],
    ['flute carries the tune, pizzicato cello below', ['flute lead', 'pizzicato-strings~ bass']],
    ['the oboe has the melody', ['oboe lead']],
    ['harmony in the trombones', ['trombone chords']],
    ['bass line on cello', ['cello bass']],
    ['viola in the middle', ['viola counter']],
    ['two violins', ['violin lead']],
    ['two nylon guitars, nothing else', ['=acoustic-guitar-nylon chords']],
    ['a cappella choir', ['=choir-aahs pad']],
    ['exclude: drums, percussion; include: violin', ['!generic drums', '!generic percussion', 'violin lead']],
    ['🎹 and 🎻', ['acoustic-grand-piano chords', 'violin lead']],
    ['lead organ', ['drawbar-organ lead']],
    ['cello bass line', ['cello bass']],
    ['piano bass drums', ['acoustic-grand-piano chords', 'generic bass', 'generic drums']],
    ['violins', ['string-ensemble-1 pad']],
    ['string quartet', ['ensemble chords']],
    ['timpani', ['timpani percussion']],
    ['ukulele', ['acoustic-guitar-nylon~ chords']],
    ['kazoo', ['harmonica~ lead']],
    ['solo piano', ['=acoustic-grand-piano chords']],
    ['strings only', ['=generic pad']],
    ['drum and bass', []],
    ['good vibes', []],
    ['piano and vibes', ['acoustic-grand-piano chords', 'vibraphone lead']],
    ['no drums', ['!generic drums']],
    ['without any heavy guitars', ['!distortion-guitar chords']],
    ['no drums or bass', ['!generic drums', '!generic bass']],
    ['no drums, piano', ['!generic drums', 'acoustic-grand-piano chords']],
    ['no drums, piano or bass', ['!generic drums', '!acoustic-grand-piano chords', '!generic bass']],
    ['no drums and a warm pad', ['!generic drums', 'pad-2-warm pad']],
    ['no drums but brushes', ['!generic drums', 'brush-kit drums']],
    ["don't use piano", ['!acoustic-grand-piano chords']],
    ['no melody', ['!generic lead']],
    ['a melody', []],
    ['beatless', ['!generic drums']],
    ['not only drums', ['=generic drums']],
  ])('%s: %j', (prompt, mentions) => expect(read(prompt)).toEqual(mentions));

  it('counts', () => expect(readInstruments(new Reading('two guitars'))[0]?.value.count).toBe(2));
});
