import type { GrantedToken } from '@millrace/sdk';
import type { HeldTokens } from './access-token-store.ts';

/** Milliseconds before its end at which a token is renewed, so that it is good on arrival, with clocks that differ; at most a tenth of its life. */
const margin = 60_000;

/**
 * What is kept of what the other side gave.
 *
 * @param asked when it was asked, in milliseconds since 1970
 * @param former the refresh token that stays where no other one was given
 */
export function grantedTokens(
  { accessToken, expiresIn, refreshToken }: GrantedToken,
  asked: number,
  former?: string,
): Omit<HeldTokens, 'version'> {
  const next = refreshToken ?? former;
  const life = expiresIn === undefined ? undefined : expiresIn * 1000;
  return {
    tokens: { accessToken, ...(next !== undefined && { refreshToken: next }) },
    renewAt: life === undefined ? undefined : new Date(asked + life - Math.min(margin, life / 10)),
  };
}
