import { isIP } from 'node:net';
import { MillraceError } from '@millrace/sdk';
import ipaddr from 'ipaddr.js';

/** Clouds serve instance credentials here although the address is formally public (Azure). */
const metadataAddresses = new Set(['168.63.129.16']);

/**
 * Whether an address is one of the open internet. Everything else is refused: private, loopback, link-local (with the metadata services of clouds),
 * carrier-grade NAT, unique local, multicast, reserved, and every form that carries an IPv4 address inside (mapped, NAT64, 6to4, Teredo).
 */
export function isPublicAddress(address: string): boolean {
  const plain = address.replace(/%.*$/, ''); // the zone of a link-local address
  if (!ipaddr.isValid(plain) || metadataAddresses.has(plain)) return false;
  const parsed = ipaddr.parse(plain);
  if (parsed.range() !== 'unicast') return false;
  // Of IPv6 only 2000::/3 is given out; that leaves out ::127.0.0.1 and whatever comes to be defined elsewhere.
  return parsed.kind() === 'ipv4' || ((parsed as ipaddr.IPv6).parts[0] ?? 0) >> 13 === 1;
}

/** Throws `address_not_allowed` when a host is written as an address that is not public; names are checked when they are looked up. */
export function refuseLiteralAddress(host: string): void {
  const bare = host.replace(/^\[(.*)\]$/, '$1');
  if (isIP(bare.replace(/%.*$/, '')) !== 0 && !isPublicAddress(bare)) throw addressNotAllowed(host);
}

export function addressNotAllowed(host: string): MillraceError {
  return new MillraceError(
    'address_not_allowed',
    `${host} is, or leads to, an address inside a private network. Use a public address, or let connectors reach private ones by MILLRACE_ALLOW_PRIVATE_ADDRESSES=true.`,
  );
}
