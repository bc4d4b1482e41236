import { MillraceError } from '../errors/index.ts';
import type { TokenRequest } from './token-request.ts';

/** What the vendor's page gave when somebody signed in (RFC 6749, 4.1.3; RFC 7636, 4.5). */
export interface AuthorizationCode {
  code: string;
  redirectUri: string;
  verifier: string;
}

/** On what grounds an access token is asked for (RFC 6749, 1.3). */
export interface Grant {
  name: string;
  form: Record<string, string>;
  /** What to do where it is refused. */
  advice: string;
}

const signIn = 'Sign in: POST /api/connections/<id>/sign-in gives the link.';

/** Throws `authentication_failed` where somebody has to sign in first. */
export function grantOf(request: TokenRequest, signedIn?: AuthorizationCode): Grant {
  const { url, refreshToken, signsIn, scopes } = request;
  if (signedIn) {
    const { code, redirectUri, verifier } = signedIn;
    return {
      name: 'the sign-in',
      form: { grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: verifier },
      advice: 'Sign in once more, by a new link.',
    };
  }
  const scope = scopes.length > 0 && { scope: scopes.join(' ') };
  if (refreshToken !== undefined) {
    const next = signsIn ? signIn : 'Sign in there again, and enter the new refresh token.';
    return {
      name: 'the refresh token',
      form: { grant_type: 'refresh_token', refresh_token: refreshToken, ...scope },
      advice: `It was used up, revoked or has expired. ${next}`,
    };
  }
  if (signsIn) {
    const { host } = new URL(url);
    throw new MillraceError(
      'authentication_failed',
      `There is no good token for ${host}: nobody has signed in yet, or that is over. ${signIn}`,
      { details: { host } },
    );
  }
  return {
    name: 'the client',
    form: { grant_type: 'client_credentials', ...scope },
    advice: 'Check the credentials of the connection.',
  };
}
