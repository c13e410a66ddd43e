import type { IncomingMessage } from 'node:http';
import ipaddr from 'ipaddr.js';
import proxyaddr from 'proxy-addr';

/** Of an IPv6 address, which tells a network: one client has all of a /64. */
const NETWORK_BITS = 64;
const MAX_LENGTH = 64;

/** Tells from where a request comes, through the proxies that are trusted to say so. */
export type ClientAddress = (request: IncomingMessage) => string;

/** @param trusted addresses and networks of proxies whose X-Forwarded-For is believed */
export function clientAddress(trusted: string[]): ClientAddress {
  const trust = proxyaddr.compile(trusted);
  return (request) => networkOf(proxyaddr(request, trust) ?? '');
}

/** An IPv4 address; of an IPv6 address its /64; of what a proxy says else, that. */
export function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return address.slice(0, MAX_LENGTH);
  const parsed = ipaddr.process(address);
  if (parsed.kind() === 'ipv4') return parsed.toString();
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toString()}/${NETWORK_BITS}`).toString()}/${NETWORK_BITS}`;
}
