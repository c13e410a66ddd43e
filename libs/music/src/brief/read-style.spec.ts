import { readStyles } from './read-style';
import { Reading } from './reading';

const read = (prompt: string) =>
  readStyles(new Reading(prompt)).map(
    ({ value }) => `${value.style}${value.related ? ' related' : ''}${value.kind === 'noun' ? '' : ` ${value.kind}`}`,
  );

describe('readStyles', () => {
  it.each<[string, string[]]>([
    ['Lo-Fi Hip-Hop', ['lo-fi-hip-hop']],
    ['chillhop', ['lo-fi-hip-hop']],
    ['jazzy house', ['jazz-swing adjective', 'house']],
    ['drum & bass', ['drum-and-bass']],
    ['eurodance', ['house related']],
    ['not jazz', []],
    ['swing', ['jazz-swing']],
    ['house with swing', ['house']],
    ['polka dots', ['orchestral related']],
    ['lo-fi ambient', ['lo-fi-hip-hop either', 'ambient either']],
    ['something', []],
  ])('%s: %j', (prompt, styles) => expect(read(prompt)).toEqual(styles));
});
