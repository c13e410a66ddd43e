import { enumNames } from '@beatbot/contracts';
import type {
  Key as KeyMessage,
  KeyScope as KeyScopeName,
  KeySecret as SecretMessage,
} from '@beatbot/contracts/storage/v1/keys';
import type { FieldChecks } from '../edge/field-checks';
import { toTimestamp } from '../edge/proto-time';
import { type ApiKey, KEY_SCOPES, type KeyScope, type KeySecret } from './key';

const MAX_HINT = 12;

const scopeNames = enumNames<KeyScope, KeyScopeName>('KEY_SCOPE', KEY_SCOPES);

export function keyMessage(key: ApiKey): KeyMessage {
  return {
    id: key.id,
    owner: key.owner,
    name: key.name,
    scope: scopeNames.toMessage(key.scope),
    hint: key.hint,
    createTime: toTimestamp(key.createTime),
    expireTime: toTimestamp(key.expireTime),
    rotateTime: toTimestamp(key.rotateTime),
    lastUseTime: toTimestamp(key.lastUseTime),
    previousExpireTime: toTimestamp(key.previousExpireTime),
  };
}

export function scopeOf(name: KeyScopeName, checks: FieldChecks): KeyScope {
  const scope = KEY_SCOPES.find((known) => scopeNames.toMessage(known) === name);
  if (!scope) checks.refuse('scope', name, KEY_SCOPES.map((known) => scopeNames.toMessage(known)).join(', '));
  return scope ?? 'read';
}

export function secretOf(secret: SecretMessage | null | undefined, checks: FieldChecks): KeySecret {
  const { sha256 = '', hint = '' } = secret ?? {};
  return {
    sha256: checks.sha256('secret.sha256', sha256),
    hint: checks.text('secret.hint', hint, 1, MAX_HINT),
  };
}
