/** A genre that has no style of its own: the style nearest to it, and the tempo it is usually played at. */
export interface RelatedGenre {
  style: string;
  tempoBpm: number;
  /** Set where the genre is felt straight (50) or shuffled (66) unlike the style that stands in. */
  swingPercent?: number;
}

/** Rows: style, tempo, swing where it differs, names. Tempos are the middles of the ranges that genre guides give (R. Snoman, Dance Music Manual, 4th ed.; M. Spicer & J. Covach, What's That Sound). */
const ROWS: readonly (readonly [style: string, tempoBpm: number, swingPercent: number | undefined, names: string])[] = [
  ['lo-fi-hip-hop', 90, undefined, 'hip hop, hiphop, boom bap, rap, old school hip hop, east coast, g funk, jazz hop, jazzhop, instrumental hip hop'],
  ['lo-fi-hip-hop', 142, 50, 'trap, drill, phonk, cloud rap, mumble rap'],
  ['lo-fi-hip-hop', 80, undefined, 'trip hop, triphop, downtempo, r&b, rnb, neo soul, neosoul, soul, g-funk, rhythm and blues'],
  ['lo-fi-hip-hop', 95, 50, 'reggaeton, dancehall, afrobeats'],
  ['house', 130, undefined, 'techno, minimal techno, electro, edm, dance music, club music, electronic dance music, rave, electronica, electronic music, electro house, acid'],
  ['house', 138, undefined, 'trance, psytrance, hard trance, eurodance, hardstyle'],
  ['house', 118, undefined, 'disco, nu disco, italo disco, french touch, boogie, synthwave, retrowave, vaporwave, outrun, synthpop, synth pop, electropop, city pop, electronic song, electronic track, electronic piece, electronic composition, electronic tune'],
  ['house', 112, undefined, 'amapiano, afro house, afrobeat, kizomba, moombahton'],
  ['house', 172, undefined, 'drum and bass, drum n bass, drum & bass, dnb, d&b, jungle, breakcore, liquid dnb, liquid drum and bass'],
  ['house', 132, undefined, 'uk garage, ukg, 2 step, two step garage, garage house, speed garage, breakbeat, breaks, big beat, footwork'],
  ['house', 140, undefined, 'dubstep, brostep, riddim, future bass, grime, chiptune, chip tune, 8 bit music, video game music, video game, hyperpop, game'],
  ['rock', 118, undefined, 'pop, corporate, indie, indie pop, indie rock, pop rock, britpop, soft rock, alternative, alternative rock, folk rock, synth rock, shoegaze, dream pop, post rock, post punk, grunge, emo, k pop, kpop, j pop, jpop, anime'],
  ['rock', 165, undefined, 'punk, pop punk, punk rock, hardcore, ska, ska punk, thrash'],
  ['rock', 140, undefined, 'hard rock, metal, heavy metal, death metal, black metal, prog, progressive rock, prog rock, nu metal, metalcore, djent, classic rock, garage rock, surf rock, psychedelic rock, glam rock, arena rock, stoner rock'],
  ['rock', 104, undefined, 'funk, funk rock, motown, country, country rock, americana, bluegrass, folk, singer songwriter, gospel, southern rock, rock and roll, rock n roll, rockabilly, celtic, irish, sea shanty, worship'],
  ['rock', 76, undefined, 'reggae, dub, roots reggae, rocksteady'],
  ['rock', 72, undefined, 'ballad, power ballad, rock ballad, pop ballad'],
  ['jazz-swing', 110, 66, 'blues, slow blues, jump blues, boogie woogie, electric blues, delta blues, chicago blues, ragtime, dixieland, new orleans jazz'],
  ['jazz-swing', 200, undefined, 'bebop, hard bop, be bop, post bop, gypsy jazz, jazz manouche, free jazz'],
  ['jazz-swing', 70, undefined, 'jazz ballad, lounge, crooner'],
  ['jazz-swing', 132, 50, 'bossa nova, bossa, samba, latin jazz, latin, salsa, mambo, cha cha, rumba, bolero, son cubano, fusion, jazz fusion, acid jazz, smooth jazz, modal jazz, tango, flamenco, merengue, bachata, cumbia, klezmer, mariachi'],
  ['orchestral', 96, undefined, 'classical, baroque, romantic era, chamber music, opera, film music, soundtrack, film soundtrack, movie soundtrack, movie score, trailer, epic trailer, trailer music, neoclassical, impressionist, renaissance, concerto, sonata, ballet, overture, hybrid orchestral, minimalism, contemporary classical, fanfare'],
  ['orchestral', 112, undefined, 'march, military march, marching band, polka, hymn'],
  ['orchestral', 168, undefined, 'waltz, viennese waltz'],
  ['ambient', 66, undefined, 'new age, dark ambient, space music, meditation music, spa music, chillwave, chillout music, world music, raga, gamelan, field recordings, binaural, sleep music, healing music, industrial, musique concrete'],
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
