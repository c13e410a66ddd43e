import { InputError } from '../input-error';
import { INSTRUMENTS, type Instrument } from '../instruments/instrument';
import { ROLES, type Key } from '../score/score';
import { findStyleByAlias, STYLES } from '../styles/style-catalogue';
import type { Controls } from './brief';
import { nearest } from './nearest';
import { checkKey } from './read-key';
import { checkBars } from './read-length';
import { checkMeter } from './read-meter';
import { checkIntensity } from './read-mood';
import { checkTempo } from './read-tempo';
import { checkTitle } from './read-title';

const BY_NAME = new Map<string, Instrument>(
  INSTRUMENTS.flatMap((entry) =>
    [entry.id, entry.name, ...entry.aliases].map((name) => [name.toLowerCase(), entry] as const),
  ),
);

/**
 * Controls checked and with names resolved: styles and instruments become catalogue ids.
 * @throws InputError that names the control (`controls.tempoBpm`) and, for names, the nearest ones allowed.
 */
export function checkControls(controls: Controls): Controls {
  const checked: Controls = { ...controls };
  if (controls.title !== undefined) {
    checkTitle('controls.title', controls.title);
    checked.title = controls.title.trim();
  }
  if (controls.style !== undefined) checked.style = styleId(controls.style);
  if (controls.key !== undefined) checked.key = controlKey(controls.key);
  if (controls.tempoBpm !== undefined) checkTempo('controls.tempoBpm', controls.tempoBpm);
  if (controls.meter !== undefined) checkMeter('controls.meter', controls.meter);
  if (controls.bars !== undefined) checkBars('controls.bars', controls.bars);
  if (controls.intensity !== undefined) checkIntensity('controls.intensity', controls.intensity);
  if (controls.instruments)
    checked.instruments = controls.instruments.map((name) => instrumentId('controls.instruments', name));
  if (controls.exclude) checked.exclude = controls.exclude.map(excludedTarget);
  for (const name of checked.instruments ?? []) {
    if (checked.exclude?.includes(name))
      throw new InputError('controls.exclude', name, 'an instrument that controls.instruments does not ask for');
  }
  return checked;
}

/** The catalogue id of an instrument by id, name or alias. @throws InputError with the nearest names. */
export function instrumentId(field: string, name: string): string {
  const found = BY_NAME.get(name.trim().toLowerCase());
  if (found) return found.id;
  const near = nearest(
    name,
    INSTRUMENTS.map((entry) => entry.id),
    3,
  );
  throw new InputError(field, name, `an instrument of the catalogue; nearest: ${near.join(', ')}`);
}

function styleId(name: string): string {
  const found = findStyleByAlias(name);
  if (found) return found.id;
  const ids = STYLES.map((entry) => entry.id);
  throw new InputError('controls.style', name, `one of ${nearest(name, ids, ids.length).join(', ')}`);
}

function excludedTarget(name: string): string {
  const role = ROLES.find((entry) => entry === name.trim().toLowerCase());
  if (role) return role;
  try {
    return instrumentId('controls.exclude', name);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError('controls.exclude', name, `a role (${ROLES.join(', ')}) or ${error.allowed}`);
  }
}

function controlKey(key: Key): Key {
  return checkKey('controls.key', { tonic: key.tonic.replace('♯', '#').replace('♭', 'b'), mode: key.mode });
}
