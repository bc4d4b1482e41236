import { lookup as dnsLookup, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { addressNotAllowed, isPublicAddress } from './address-rules.ts';

type Resolve = (
  host: string,
  options: { all: true },
  done: (error: Error | null, found: LookupAddress[]) => void,
) => void;

/**
 * A socket's look-up that refuses a name when any of its addresses is not public. The socket connects to what was checked here, so a
 * name that changes its address between a check and its use (DNS rebinding) gains nothing.
 */
export function guardedLookup(resolve: Resolve = dnsLookup): LookupFunction {
  return (host, options, done) => {
    resolve(host, { ...options, all: true }, (error, found) => {
      if (error) return done(error, '', 0);
      if (found.length === 0 || !found.every(({ address }) => isPublicAddress(address))) {
        return done(addressNotAllowed(host), '', 0);
      }
      const [first] = found;
      if (options.all || !first) return done(null, found);
      return done(null, first.address, first.family);
    });
  };
}
