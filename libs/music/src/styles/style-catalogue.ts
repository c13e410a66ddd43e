import { InputError } from '../input-error';
import { afrobeat } from './afrobeat';
import { amapiano } from './amapiano';
import { ambient } from './ambient';
import { baroque } from './baroque';
import { bebop } from './bebop';
import { bluegrass } from './bluegrass';
import { blues } from './blues';
import { boomBap } from './boom-bap';
import { bossaNova } from './bossa-nova';
import { breakbeat } from './breakbeat';
import { celtic } from './celtic';
import { chiptune } from './chiptune';
import { cinematic } from './cinematic';
import { classical } from './classical';
import { country } from './country';
import { deepHouse } from './deep-house';
import { disco } from './disco';
import { downtempo } from './downtempo';
import { drill } from './drill';
import { drumAndBass } from './drum-and-bass';
import { dub } from './dub';
import { dubstep } from './dubstep';
import { epicTrailer } from './epic-trailer';
import { flamenco } from './flamenco';
import { folk } from './folk';
import { funk } from './funk';
import { gamelan } from './gamelan';
import { gospel } from './gospel';
import { hardRock } from './hard-rock';
import { house } from './house';
import { impressionist } from './impressionist';
import { indie } from './indie';
import { jazzBallad } from './jazz-ballad';
import { jazzSwing } from './jazz-swing';
import { klezmer } from './klezmer';
import { loFiHipHop } from './lo-fi-hip-hop';
import { march } from './march';
import { middleEastern } from './middle-eastern';
import { minimalist } from './minimalist';
import { orchestral } from './orchestral';
import { pop } from './pop';
import { punk } from './punk';
import { raga } from './raga';
import { reggae } from './reggae';
import { rock } from './rock';
import { romantic } from './romantic';
import { salsa } from './salsa';
import { samba } from './samba';
import { ska } from './ska';
import { soul } from './soul';
import { synthwave } from './synthwave';
import { tango } from './tango';
import { techno } from './techno';
import { trance } from './trance';
import { trap } from './trap';
import { ukGarage } from './uk-garage';
import { videoGame } from './video-game';
import { waltz } from './waltz';
import { styleSchema, type Style } from './style';

/** Every style, by id. */
export const STYLES: readonly Style[] = [
  afrobeat,
  amapiano,
  ambient,
  baroque,
  bebop,
  bluegrass,
  blues,
  boomBap,
  bossaNova,
  breakbeat,
  celtic,
  chiptune,
  cinematic,
  classical,
  country,
  deepHouse,
  disco,
  downtempo,
  drill,
  drumAndBass,
  dub,
  dubstep,
  epicTrailer,
  flamenco,
  folk,
  funk,
  gamelan,
  gospel,
  hardRock,
  house,
  impressionist,
  indie,
  jazzBallad,
  jazzSwing,
  klezmer,
  loFiHipHop,
  march,
  middleEastern,
  minimalist,
  orchestral,
  pop,
  punk,
  raga,
  reggae,
  rock,
  romantic,
  salsa,
  samba,
  ska,
  soul,
  synthwave,
  tango,
  techno,
  trance,
  trap,
  ukGarage,
  videoGame,
  waltz,
].map((data) => styleSchema.parse(data));

const BY_ID = new Map(STYLES.map((entry) => [entry.id, entry]));
const BY_ALIAS = new Map(
  STYLES.flatMap((entry) =>
    [entry.id, entry.name.toLowerCase(), ...entry.aliases].map((name) => [name, entry] as const),
  ),
);

/** The style of that id. @throws InputError where the catalogue has none. */
export function style(id: string): Style {
  const found = BY_ID.get(id);
  if (!found) throw new InputError('style', id, `one of ${STYLES.map((entry) => entry.id).join(', ')}`);
  return found;
}

/** The style that people call so (id, name or alias, in any case), or undefined. */
export function findStyleByAlias(name: string): Style | undefined {
  return BY_ALIAS.get(name.trim().toLowerCase());
}
