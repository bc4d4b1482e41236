import { authorize, requestToken, tokenRequestOf, type HttpClient, type OAuth2 } from '../../index.ts';
import { testHttp } from './http.ts';

/**
 * A client that signs in as `auth` says, with tokens in memory. A refresh token that changes with each use is used up by it.
 *
 * @param asking the client that asks for tokens
 */
export function signedIn<C>(http: HttpClient, auth: OAuth2<C>, config: C, asking = testHttp()): HttpClient {
  const request = tokenRequestOf(auth, config);
  let token: Promise<string> | undefined;
  const exchange = async (): Promise<string> => {
    const { accessToken, refreshToken = request.refreshToken } = await requestToken(asking, request);
    request.refreshToken = refreshToken;
    return accessToken;
  };
  const current = (): Promise<string> => (token ??= exchange());
  const insteadOf = async (refused: string): Promise<string> => {
    if ((await current()) === refused) token = exchange();
    return current();
  };
  authorize(http, { current, insteadOf }, auth);
  return http;
}
