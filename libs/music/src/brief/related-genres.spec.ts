import { findStyleByAlias, STYLES } from '../styles/style-catalogue';
import { RELATED_GENRES } from './related-genres';

it('names genres that no style answers to, each with a style that there is', () => {
  const known = [...RELATED_GENRES.keys()].filter((name) => findStyleByAlias(name) !== undefined);
  expect(known).toEqual([]);
  const ids = STYLES.map(({ id }) => id);
  expect([...RELATED_GENRES].filter(([, { style }]) => !ids.includes(style))).toEqual([]);
});
