/** What a caller may do, from the least to the most; each includes the ones before it. */
export const SCOPES = ['read', 'write', 'admin', 'operator'] as const;

/**
 * `read`: reading. `write`: making, changing and deleting songs and jobs. `admin`: keys and webhooks of the owner.
 * `operator`: acting for any owner, and quotas; no key that is kept has it.
 */
export type Scope = (typeof SCOPES)[number];

/** Who calls, and what they may do. */
export interface Principal {
  owner: string;
  scope: Scope;
}

/** The owner of everything made without credentials, and of what the operator makes for nobody else. */
export const LOCAL_OWNER = 'local';

/** What a name of an owner can be, here and in storage. */
export const OWNER_PATTERN = /^[\x21-\x7e]{1,200}$/;

export function allows({ scope }: Principal, needed: Scope): boolean {
  return SCOPES.indexOf(scope) >= SCOPES.indexOf(needed);
}
