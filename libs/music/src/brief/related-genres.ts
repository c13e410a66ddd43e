import { STYLES } from '../styles/style-catalogue';

/** A genre that has no style of its own: the style nearest to it, and the tempo it is usually played at. */
export interface RelatedGenre {
  style: string;
  tempoBpm: number;
  /** Set where the genre is felt straight (50) or shuffled (66) unlike the style that stands in. */
  swingPercent?: number;
}

/**
 * Rows: styles, the nearest first, of which the catalogue's first serves; tempo; swing where it differs; names. Tempos are
 * the middles of the ranges that genre guides give (R. Snoman, Dance Music Manual, 4th ed.; M. Spicer & J. Covach, What's
 * That Sound; The New Grove Dictionary of Jazz). Names that the catalogue itself knows are read there first.
 */
const ROWS: readonly (readonly [styles: string, tempoBpm: number, swingPercent: number | undefined, names: string])[] = [
  ['boom-bap lo-fi-hip-hop', 90, undefined, 'hip hop, hiphop, boom bap, boombap, rap, old school hip hop, east coast, g funk, g-funk, instrumental hip hop'],
  ['lo-fi-hip-hop', 84, undefined, 'jazz hop, jazzhop, chill hop'],
  ['trap lo-fi-hip-hop', 142, 50, 'trap, phonk, cloud rap, mumble rap, trap beat'],
  ['drill trap lo-fi-hip-hop', 142, 50, 'drill, uk drill'],
  ['downtempo lo-fi-hip-hop', 80, undefined, 'trip hop, triphop, downtempo, chillout music'],
  ['soul-r-and-b soul r-and-b lo-fi-hip-hop', 80, undefined, 'r&b, rnb, r n b, neo soul, neosoul, soul, rhythm and blues, soul music'],
  ['afrobeat lo-fi-hip-hop', 100, 50, 'afrobeats, afro pop, afropop'],
  ['lo-fi-hip-hop', 95, 50, 'reggaeton, dancehall'],
  ['techno house', 130, undefined, 'techno, minimal techno, dub techno, detroit techno, electro, acid, acid techno'],
  ['house', 126, undefined, 'edm, dance music, club music, electronic dance music, rave, electronica, electronic music, electro house, electronic song, electronic track, electronic piece, electronic composition, electronic tune'],
  ['deep-house house', 122, undefined, 'deep house'],
  ['trance house', 138, undefined, 'trance, psytrance, hard trance, eurodance, hardstyle, goa trance'],
  ['disco house', 118, undefined, 'disco, nu disco, italo disco, boogie'],
  ['house', 118, undefined, 'french touch, french house'],
  ['synthwave house', 108, undefined, 'synthwave, retrowave, vaporwave, outrun, synthpop, synth pop, electropop, darksynth'],
  ['pop house', 110, undefined, 'city pop'],
  ['amapiano house', 112, undefined, 'amapiano, kizomba'],
  ['afrobeat house', 112, undefined, 'afrobeat, afro house, moombahton'],
  ['drum-and-bass house', 172, undefined, "drum and bass, drum n bass, drum'n'bass, drum & bass, dnb, d&b, d n b, jungle, breakcore, liquid dnb, liquid drum and bass, neurofunk"],
  ['uk-garage house', 132, undefined, 'uk garage, ukg, 2 step, two step garage, garage house, speed garage, 2 step garage'],
  ['breakbeat house', 132, undefined, 'breakbeat, breakbeats, breaks, big beat, footwork'],
  ['dubstep house', 140, undefined, 'dubstep, brostep, riddim, future bass, grime, hyperpop'],
  ['chiptune house', 140, undefined, 'chiptune, chip tune, chip music, 8 bit, 8bit, 8 bit music, chiptunes'],
  ['video-game chiptune house', 130, undefined, 'video game music, video game, game, game music'],
  ['pop rock', 116, undefined, 'pop, corporate, k pop, kpop, j pop, jpop, anime, dance pop, pop song, pop music, bubblegum pop'],
  ['indie rock', 120, undefined, 'indie, indie pop, indie rock, britpop, alternative, alternative rock, shoegaze, dream pop, post rock, post punk'],
  ['rock', 118, undefined, 'pop rock, soft rock, folk rock, synth rock, grunge, emo, classic rock, garage rock, surf rock, psychedelic rock, glam rock, arena rock, southern rock, rock and roll, rock n roll, rockabilly'],
  ['punk rock', 165, undefined, 'punk, pop punk, punk rock, hardcore'],
  ['ska punk rock', 160, undefined, 'ska, ska punk, two tone, third wave ska'],
  ['hard-rock rock', 140, undefined, 'hard rock, metal, heavy metal, thrash, death metal, black metal, doom metal, nu metal, metalcore, djent, stoner rock'],
  ['rock', 132, undefined, 'prog, progressive rock, prog rock'],
  ['funk rock', 104, undefined, 'funk, funk rock, jazz funk'],
  ['soul-r-and-b soul r-and-b rock', 112, undefined, 'motown, northern soul'],
  ['gospel rock', 92, undefined, 'gospel, worship, gospel music'],
  ['country rock', 108, undefined, 'country, country rock, americana, country music, honky tonk music'],
  ['bluegrass country rock', 130, undefined, 'bluegrass'],
  ['folk rock', 104, undefined, 'folk, singer songwriter, sea shanty, folk music'],
  ['celtic folk rock', 112, undefined, 'celtic, irish, irish folk, scottish, celtic music'],
  ['reggae rock', 76, undefined, 'reggae, roots reggae, rocksteady'],
  ['dub reggae rock', 74, undefined, 'dub, dub reggae'],
  ['pop rock', 72, undefined, 'ballad, power ballad, rock ballad, pop ballad'],
  ['blues jazz-swing', 100, 66, 'blues, slow blues, electric blues, delta blues, chicago blues, jump blues, blues music'],
  ['jazz-swing', 150, 66, 'boogie woogie, ragtime, rag, dixieland, new orleans jazz'],
  ['bebop jazz-swing', 200, undefined, 'bebop, hard bop, be bop, post bop'],
  ['jazz-swing', 200, undefined, 'gypsy jazz, jazz manouche, free jazz'],
  ['jazz-ballad jazz-swing', 70, undefined, 'jazz ballad, lounge, crooner'],
  ['bossa-nova jazz-swing', 132, 50, 'bossa nova, bossa'],
  ['samba jazz-swing', 100, 50, 'samba'],
  ['salsa jazz-swing', 180, 50, 'salsa, mambo, cha cha, rumba, son cubano, latin, latin jazz, merengue'],
  ['jazz-swing', 132, 50, 'bolero, fusion, jazz fusion, acid jazz, smooth jazz, modal jazz, bachata, cumbia, mariachi'],
  ['tango jazz-swing', 120, 50, 'tango, milonga'],
  ['flamenco jazz-swing', 120, 50, 'flamenco, bulerias'],
  ['klezmer jazz-swing', 132, 50, 'klezmer'],
  ['classical orchestral', 108, undefined, 'classical, classical music, chamber music, concerto, sonata, symphony orchestra music'],
  ['baroque classical orchestral', 96, undefined, 'baroque, renaissance, baroque music'],
  ['romantic orchestral', 96, undefined, 'romantic era, opera, ballet, overture'],
  ['impressionist orchestral', 72, undefined, 'impressionist, impressionism, impressionistic'],
  ['minimalist orchestral', 112, undefined, 'minimalism, contemporary classical, neoclassical'],
  ['cinematic orchestral', 92, undefined, 'film music, soundtrack, film soundtrack, movie soundtrack, movie score, hybrid orchestral'],
  ['epic-trailer orchestral', 100, undefined, 'trailer, epic trailer, trailer music'],
  ['march orchestral', 112, undefined, 'march, military march, marching band, fanfare'],
  ['orchestral', 112, undefined, 'polka, hymn'],
  ['waltz orchestral', 168, undefined, 'waltz, viennese waltz'],
  ['ambient', 66, undefined, 'new age, dark ambient, space music, meditation music, spa music, chillwave, world music, field recordings, binaural, sleep music, healing music, industrial, musique concrete'],
  ['raga ambient', 66, undefined, 'raga, raag, indian classical'],
  ['gamelan ambient', 66, undefined, 'gamelan music, gamelan'],
]; // prettier-ignore

/** Genres by name that lean on another genre's style. */
export const RELATED_GENRES: ReadonlyMap<string, RelatedGenre> = new Map(
  ROWS.flatMap(([styles, tempoBpm, swingPercent, names]) => {
    const style = firstInCatalogue(styles.split(' '));
    return names
      .split(', ')
      .map(
        (name) => [name, swingPercent === undefined ? { style, tempoBpm } : { style, tempoBpm, swingPercent }] as const,
      );
  }),
);

/** The first of some style ids that the catalogue has. @throws RangeError where it has none of them. */
export function firstInCatalogue(ids: readonly string[]): string {
  const found = ids.find((id) => STYLES.some((style) => style.id === id));
  if (found === undefined) throw new RangeError(`none of ${ids.join(', ')} is a style`);
  return found;
}
