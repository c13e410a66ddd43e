import { STYLES } from '../styles/style-catalogue';

/** A genre that has no style of its own: the style nearest to it, and the tempo it is usually played at. */
export interface RelatedGenre {
  style: string;
  tempoBpm: number;
  /** Set where the genre is felt straight (50) or shuffled (66) unlike the style that stands in. */
  swingPercent?: number;
}

/**
 * Rows: the nearest style; tempo; swing where it differs; names, none of which the catalogue knows itself. Tempos are the
 * middles of the ranges that genre guides give (R. Snoman, Dance Music Manual, 4th ed.; M. Spicer & J. Covach, What's
 * That Sound; The New Grove Dictionary of Jazz).
 */
const ROWS: readonly (readonly [style: string, tempoBpm: number, swingPercent: number | undefined, names: string])[] = [
  ['boom-bap', 90, undefined, 'east coast'],
  ['lo-fi-hip-hop', 84, undefined, 'jazz hop, chill hop'],
  ['trap', 142, 50, 'phonk'],
  ['soul', 80, undefined, 'r n b'],
  ['afrobeat', 100, 50, 'afrobeats, afro pop'],
  ['lo-fi-hip-hop', 95, 50, 'reggaeton, dancehall'],
  ['techno', 130, undefined, 'electro, acid'],
  ['house', 126, undefined, 'dance music, club music, electronica, electronic music, electro house, electronic song, electronic track, electronic piece, electronic composition, electronic tune'],
  ['trance', 138, undefined, 'eurodance, hardstyle, goa trance'],
  ['house', 118, undefined, 'french house'],
  ['amapiano', 112, undefined, 'kizomba'],
  ['afrobeat', 112, undefined, 'afro house, moombahton'],
  ['drum-and-bass', 172, undefined, "drum'n'bass, d n b"],
  ['breakbeat', 132, undefined, 'footwork'],
  ['dubstep', 140, undefined, 'future bass, grime, hyperpop'],
  ['chiptune', 140, undefined, '8bit, chiptunes'],
  ['pop', 116, undefined, 'corporate, k pop, j pop, anime, bubblegum pop'],
  ['rock', 118, undefined, 'pop rock, soft rock, synth rock, grunge, garage rock, surf rock, psychedelic rock, glam rock, rockabilly'],
  ['rock', 132, undefined, 'prog, progressive rock, prog rock'],
  ['soul', 112, undefined, 'northern soul'],
  ['country', 108, undefined, 'honky tonk music'],
  ['folk', 104, undefined, 'sea shanty'],
  ['pop', 72, undefined, 'ballad'],
  ['jazz-swing', 150, 66, 'ragtime, rag, dixieland, new orleans jazz'],
  ['jazz-swing', 200, undefined, 'gypsy jazz, jazz manouche, free jazz'],
  ['salsa', 180, 50, 'latin jazz, merengue'],
  ['jazz-swing', 132, 50, 'bolero, fusion, jazz fusion, acid jazz, modal jazz, bachata, cumbia, mariachi'],
  ['classical', 108, undefined, 'symphony orchestra music'],
  ['baroque', 96, undefined, 'renaissance'],
  ['romantic', 96, undefined, 'opera, ballet'],
  ['orchestral', 112, undefined, 'polka'],
  ['ambient', 66, undefined, 'new age, dark ambient, spa music, world music, field recordings, binaural, healing music, industrial, musique concrete'],
]; // prettier-ignore

/** Genres by name that lean on another genre's style. */
export const RELATED_GENRES: ReadonlyMap<string, RelatedGenre> = new Map(
  ROWS.flatMap(([style, tempoBpm, swingPercent, names]) =>
    names
      .split(', ')
      .map(
        (name) => [name, swingPercent === undefined ? { style, tempoBpm } : { style, tempoBpm, swingPercent }] as const,
      ),
  ),
);

/** The first of some style ids that the catalogue has. @throws RangeError where it has none of them. */
export function firstInCatalogue(ids: readonly string[]): string {
  const found = ids.find((id) => STYLES.some((style) => style.id === id));
  if (found === undefined) throw new RangeError(`none of ${ids.join(', ')} is a style`);
  return found;
}
