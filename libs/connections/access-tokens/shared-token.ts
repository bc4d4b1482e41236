import { setTimeout as sleep } from 'node:timers/promises';
import { MillraceError, requestToken, type HttpClient, type TokenRequest, type TokenSource } from '@millrace/sdk';
import type { AccessTokenStore, HeldTokens, ReadTokens } from './access-token-store.ts';
import type { KeptTokens } from './access-token.schema.ts';
import { grantedTokens } from './granted-tokens.ts';

/** Milliseconds between two looks at whether the one who asks has been answered. */
const lookEvery = 200;

/** Whose token it is, and what to ask with. */
export interface SharedTokenOptions {
  id: string;
  connection: string;
  request: TokenRequest;
  http: HttpClient;
  signal: AbortSignal;
  /** Is told the tokens before they are in use. */
  hide: (tokens: KeptTokens) => void;
  /** Is told each time that the other side gave one. */
  granted: () => Promise<void>;
  /** Is told why the other side gave none. */
  failed: (error: unknown) => Promise<void>;
}

/** The access token of a connection, of which all workers have one: whoever needs another asks for it, and the others wait. */
export class SharedToken implements TokenSource {
  #held?: HeldTokens;
  #renewing?: Promise<HeldTokens>;

  constructor(
    private readonly store: AccessTokenStore,
    private readonly options: SharedTokenOptions,
  ) {}

  async current(): Promise<string> {
    const held = isFresh(this.#held) ? this.#held : await this.#renew();
    return held.tokens.accessToken;
  }

  async insteadOf(refused: string): Promise<string> {
    if (this.#held?.tokens.accessToken === refused) this.#held = undefined;
    const held = isFresh(this.#held) ? this.#held : await this.#renew(refused);
    return held.tokens.accessToken;
  }

  /** The requests of one connection wait for one exchange. */
  async #renew(refused?: string): Promise<HeldTokens> {
    this.#renewing ??= this.#shared(refused).finally(() => (this.#renewing = undefined));
    this.#held = await this.#renewing;
    // Somebody else's exchange, which did not know that this one is refused.
    return this.#held.tokens.accessToken === refused ? this.#renew(refused) : this.#held;
  }

  async #shared(refused?: string): Promise<HeldTokens> {
    const { id, connection, signal } = this.options;
    const suits = (read: ReadTokens): read is HeldTokens => isFresh(read) && read.tokens.accessToken !== refused;
    for (;;) {
      signal.throwIfAborted();
      const seen = await this.#read();
      if (suits(seen)) return seen;
      const claim = await this.store.claim(id, connection);
      if (claim === undefined) {
        await sleep(lookEvery, undefined, { signal }).catch(() => signal.throwIfAborted());
        continue;
      }
      try {
        const before = await this.#read(); // somebody may have asked in between
        return suits(before) ? before : await this.#exchange(before);
      } finally {
        await this.store.release(id, claim);
      }
    }
  }

  /** What is given is kept before it is used: the former refresh token may be worth nothing from now on. */
  async #exchange(before: ReadTokens): Promise<HeldTokens> {
    const { id, request, http } = this.options;
    const asked = Date.now();
    const refreshToken = before.tokens?.refreshToken ?? request.refreshToken;
    try {
      const granted = await requestToken(http, { ...request, refreshToken });
      const kept = grantedTokens(granted, asked, before.tokens?.refreshToken);
      this.options.hide(kept.tokens);
      await this.options.granted();
      if (await this.store.write(id, before.version, kept)) return { version: before.version + 1, ...kept };
    } catch (error) {
      if ((await this.#read()).version === before.version) {
        await this.options.failed(error);
        throw before.tokens ? passing(error) : error;
      }
    }
    // Our claim was over before we were: what the next one was given is good.
    return this.#shared();
  }

  async #read(): Promise<ReadTokens> {
    const read = await this.store.read(this.options.id);
    if (read.tokens) this.options.hide(read.tokens);
    return read;
  }
}

function isFresh(read: ReadTokens | undefined): read is HeldTokens {
  return read?.tokens !== undefined && (read.renewAt === undefined || read.renewAt.getTime() > Date.now());
}

/** Of an endpoint that gave tokens before: a page in their place (a proxy's, say) is no wrong address, and will pass. */
function passing(error: unknown): unknown {
  if (!(error instanceof MillraceError) || error.code !== 'invalid_response') return error;
  return new MillraceError(error.code, error.message, { cause: error, details: error.details, retryable: true });
}
