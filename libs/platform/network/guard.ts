import { lookup as dnsLookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { MillraceError } from '@millrace/sdk';
import { refuseLiteralAddress } from './address-rules.ts';
import { guardedLookup } from './guarded-lookup.ts';

/** Where connectors may connect to: checked for literal addresses at once, for names in the socket's own look-up. */
export interface Guard {
  lookup: LookupFunction;
  /** Throws `address_not_allowed`. */
  checkHost(host: string): void;
  /** Throws `address_not_allowed` when a URL is not plain web or names a private address. */
  checkUrl(url: URL): void;
}

export function guard(
  allowPrivate: boolean,
  lookup: LookupFunction = allowPrivate ? dnsLookup : guardedLookup(),
): Guard {
  const checkHost = allowPrivate ? () => undefined : refuseLiteralAddress;
  return {
    lookup,
    checkHost,
    checkUrl(url) {
      if (url.protocol !== 'http:' && url.protocol !== 'https:') {
        throw new MillraceError(
          'address_not_allowed',
          `${url.protocol}// addresses are not allowed: use http:// or https://.`,
        );
      }
      checkHost(url.hostname);
    },
  };
}
