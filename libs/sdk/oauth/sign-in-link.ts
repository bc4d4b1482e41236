import { createHash } from 'node:crypto';
import type { OAuth2 } from '../connector/index.ts';
import { MillraceError } from '../errors/index.ts';

/** One attempt at signing in. */
export interface SignInAttempt {
  /** Where the vendor's page leads back to. */
  redirectUri: string;
  /** Names the attempt; nobody can guess it. */
  state: string;
  /** Known to nobody but who asks for the tokens (RFC 7636, 4.1: 43 to 128 characters). */
  verifier: string;
}

/**
 * The link to the vendor's page (RFC 6749, 4.1.1; RFC 7636, 4.3); undefined: nobody signs in there. Throws `invalid_config` where the address is none of the web's.
 */
export function signInLink<C>(auth: OAuth2<C>, config: C, attempt: SignInAttempt): string | undefined {
  const { authorizeUrl, authorizeParameters = {}, client, scopes = [] } = auth;
  if (authorizeUrl === undefined) return undefined;
  const address = typeof authorizeUrl === 'function' ? authorizeUrl(config) : authorizeUrl;
  const link = URL.canParse(address) ? new URL(address) : undefined;
  if (!link || !/^https?:$/.test(link.protocol))
    throw new MillraceError(
      'invalid_config',
      `"${address}" is no address at which somebody can sign in. Correct the configuration.`,
    );
  const query = {
    ...authorizeParameters,
    response_type: 'code',
    client_id: String(config[client.id]),
    redirect_uri: attempt.redirectUri,
    state: attempt.state,
    code_challenge: createHash('sha256').update(attempt.verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...(scopes.length > 0 && { scope: scopes.join(' ') }),
  };
  for (const [name, value] of Object.entries(query)) link.searchParams.set(name, value);
  return link.href;
}
