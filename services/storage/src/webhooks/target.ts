import { lookup } from 'node:dns/promises';
import ipaddr from 'ipaddr.js';

const MAX_URL = 2000;
/** Public by its number, and yet the inside of a cloud: Azure's wire server. */
const INSIDE = new Set(['168.63.129.16']);

/** Where a message goes: the URL, and the one address that was checked and is connected to. */
export interface Target {
  url: URL;
  address: string;
  family: 4 | 6;
}

/** Why nothing may be sent to a URL. */
export class ForbiddenTarget extends Error {
  override readonly name = 'ForbiddenTarget';
}

/** Finds the addresses of a name; the system's resolver but for tests. */
export type Resolve = (hostname: string) => Promise<{ address: string; family: number }[]>;

const resolveBySystem: Resolve = (hostname) => lookup(hostname, { all: true, verbatim: true });

/**
 * Reads the URL of a webhook.
 * @param allowed targets that need be neither https nor public, as `host:port`
 * @throws ForbiddenTarget for what is not https or names a user
 */
export function readTargetUrl(text: string, allowed: readonly string[]): URL {
  if (text.length > MAX_URL || !URL.canParse(text)) throw new ForbiddenTarget('it is no URL');
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') throw new ForbiddenTarget('it holds credentials');
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isAllowed(url, allowed)))
    throw new ForbiddenTarget('it is not https');
  return url;
}

/**
 * Resolves a URL's host once and checks all its addresses. Whoever connects uses the address answered, and does not
 * resolve again: a name cannot lead elsewhere in between (DNS rebinding).
 * @throws ForbiddenTarget where any address is not public: loopback, private, link-local, metadata services, ...
 */
export async function resolveTarget(
  url: URL,
  allowed: readonly string[],
  resolve: Resolve = resolveBySystem,
): Promise<Target> {
  const hostname = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const found = ipaddr.isValid(hostname)
    ? [{ address: hostname, family: ipaddr.parse(hostname).kind() === 'ipv4' ? 4 : 6 }]
    : await resolve(hostname);
  const [first] = found;
  if (!first) throw new ForbiddenTarget('its host has no address');
  if (!isAllowed(url, allowed) && !found.every(({ address }) => isPublic(address)))
    throw new ForbiddenTarget('its host is not on a public address');
  return { url, address: first.address, family: first.family === 6 ? 6 : 4 };
}

/** Whether an address is one of the internet, by IANA's special-purpose registries (RFC 6890). */
export function isPublic(address: string): boolean {
  if (INSIDE.has(address) || !ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== 'unicast') return false;
  // Of IPv6 only 2000::/3 is given out (RFC 4291, section 2.4); below lie old forms of IPv4.
  return !(parsed instanceof ipaddr.IPv6) || ((parsed.parts[0] ?? 0) & 0xe000) === 0x2000;
}

function isAllowed(url: URL, allowed: readonly string[]): boolean {
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return allowed.includes(`${url.hostname}:${port}`);
}
