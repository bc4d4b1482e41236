import { Injectable } from '@nestjs/common';
import {
  requestToken,
  tokenRequestOf,
  type AuthorizationCode,
  type OAuth2,
  type TokenRequest,
  type TokenSource,
} from '@millrace/sdk';
import { canonicalJson, Network, Signer, type HttpOptions } from '#platform';
import { AccessTokenStore } from './access-token-store.ts';
import { grantedTokens } from './granted-tokens.ts';
import { SharedToken, type SharedTokenOptions } from './shared-token.ts';

/** One attempt, well within the term of a claim: whoever needs the token tries again by himself. */
const http = { timeout: 20_000, retries: 0, maxBytes: 100_000 };

/** A connection, with its configuration as its connector has it. */
export interface TokenOwner {
  id: string;
  config: unknown;
}

/** Access tokens of connections whose connector signs in by OAuth 2.0. */
@Injectable()
export class AccessTokens {
  constructor(
    private readonly store: AccessTokenStore,
    private readonly network: Network,
    private readonly signer: Signer,
  ) {}

  /** @param options the token endpoint is asked as the connector's other side is, without its rate */
  of(
    { id, config }: TokenOwner,
    auth: OAuth2,
    options: HttpOptions & Pick<SharedTokenOptions, 'signal' | 'hide' | 'granted' | 'failed'>,
  ): TokenSource {
    const { signal, hide, granted, failed, log, answered, trace } = options;
    const request = tokenRequestOf(auth, config);
    return new SharedToken(this.store, {
      id: this.#idOf(id, request),
      connection: id,
      request,
      http: this.network.http(http, { signal, log, answered, trace }),
      signal,
      hide,
      granted,
      failed,
    });
  }

  /** Somebody has signed in: what the code is exchanged for is what all workers use from now on. Throws what `requestToken` throws. */
  async signedIn({ id, config }: TokenOwner, auth: OAuth2, code: AuthorizationCode): Promise<void> {
    const request = tokenRequestOf(auth, config);
    const asked = Date.now();
    const granted = await requestToken(this.network.http(http), request, code);
    await this.store.replace(this.#idOf(id, request), id, grantedTokens(granted, asked));
  }

  /** Of a connection that is removed. */
  forget(connection: string): Promise<void> {
    return this.store.forget(connection);
  }

  /** Other credentials have other tokens; that somebody may sign in, too, changes nothing. */
  #idOf(connection: string, request: TokenRequest): string {
    const credentials = canonicalJson({ ...request, signsIn: undefined });
    return `${connection}/${this.signer.hmac('access token', credentials)}`;
  }
}
