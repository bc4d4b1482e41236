import { oauth2, type OAuth2 } from '@millrace/sdk';
import type { HttpJsonConfig } from './config.ts';

/** Of the configurations that say so: for the client itself, or for whom its refresh token is. */
export function signIn(config: HttpJsonConfig): OAuth2<HttpJsonConfig> | undefined {
  const { auth, tokenUrl = '', refreshToken, scopes, clientIn, tokenParameters } = config;
  if (auth !== 'oauth2') return undefined;
  return oauth2({
    tokenUrl,
    client: { id: 'clientId', secret: 'clientSecret' },
    ...(refreshToken && { refreshToken: 'refreshToken' }),
    scopes,
    clientIn,
    parameters: tokenParameters,
  });
}
