import { Injectable } from '@nestjs/common';
import { tokenRequestOf, type OAuth2, type TokenSource } from '@millrace/sdk';
import { canonicalJson, Network, Signer, type HttpOptions } from '#platform';
import { AccessTokenStore } from './access-token-store.ts';
import { SharedToken, type SharedTokenOptions } from './shared-token.ts';

/** One attempt, well within the term of a claim: whoever needs the token tries again by himself. */
const http = { timeout: 20_000, retries: 0, maxBytes: 100_000 };

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
    { id, config }: { id: string; config: unknown },
    auth: OAuth2,
    options: HttpOptions & Pick<SharedTokenOptions, 'signal' | 'hide' | 'granted' | 'failed'>,
  ): TokenSource {
    const { signal, hide, granted, failed, log, answered, trace } = options;
    const request = tokenRequestOf(auth, config);
    return new SharedToken(this.store, {
      id: `${id}/${this.signer.hmac('access token', canonicalJson(request))}`,
      connection: id,
      request,
      http: this.network.http(http, { signal, log, answered, trace }),
      signal,
      hide,
      granted,
      failed,
    });
  }

  /** Of a connection that is removed. */
  forget(connection: string): Promise<void> {
    return this.store.forget(connection);
  }
}
