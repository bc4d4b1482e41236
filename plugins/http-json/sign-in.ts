import { oauth2, type OAuth2 } from '@millrace/sdk';
import type { HttpJsonConfig } from './config.ts';

/** Of the configurations that say so: for the client itself, for whoever signs in, or for whom its refresh token is. */
export function signIn(config: HttpJsonConfig): OAuth2<HttpJsonConfig> | undefined {
  const { auth, tokenUrl = '', authorizeUrl, authorizeParameters, refreshToken } = config;
  const { scopes, clientIn, tokenParameters } = config;
  if (auth !== 'oauth2') return undefined;
  return oauth2({
    tokenUrl,
    client: { id: 'clientId', secret: 'clientSecret' },
    ...(authorizeUrl && { authorizeUrl, authorizeParameters }),
    ...(refreshToken && { refreshToken: 'refreshToken' }),
    scopes,
    clientIn,
    parameters: tokenParameters,
  });
}
