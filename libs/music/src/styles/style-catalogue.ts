import { InputError } from '../input-error';
import { ambient } from './ambient';
import { house } from './house';
import { jazzSwing } from './jazz-swing';
import { loFiHipHop } from './lo-fi-hip-hop';
import { orchestral } from './orchestral';
import { rock } from './rock';
import { styleSchema, type Style } from './style';

/** Every style, by id. */
export const STYLES: readonly Style[] = [ambient, house, jazzSwing, loFiHipHop, orchestral, rock].map((data) =>
  styleSchema.parse(data),
);

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
