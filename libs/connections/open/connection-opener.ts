import { Injectable } from '@nestjs/common';
import { authOf, authorize, type MillraceError } from '@millrace/sdk';
import { Catalog } from '#catalog';
import { canonicalJson, Files, Network, Signer, type HttpOptions } from '#platform';
import { AccessTokens } from '../access-tokens/index.ts';
import { BuiltInConnections } from '../built-in-connections.ts';
import { parsed, type Configuration } from '../config/configuration.ts';
import { noSuchConnection } from '../no-such-connection.ts';
import { RateBudget } from '../rate/rate-budget.ts';
import { spacingOf } from '../rate/rate.ts';
import { ConnectionSecrets } from '../store/connection-secrets.ts';
import { placeOf } from '../store/connection.schema.ts';
import { ConnectionStore } from '../store/connection-store.ts';
import { ConnectionLog } from './connection-log.ts';
import { HttpMetrics } from './http-metrics.ts';
import { InboundDeliveries } from './inbound-deliveries.ts';
import { HttpSpans } from './http-spans.ts';
import type { ConnectionUse, OpenConnection } from './open-connection.ts';
import { secretTexts } from './secret-texts.ts';
import { SecretUpdates } from './secret-updates.ts';
import { shownError } from './shown-error.ts';
import { Sockets } from './sockets.ts';

/** What a connection is opened from. */
interface Opened extends Configuration {
  id: string;
  connector: string;
  revision: number;
  place: number;
  secretsRevision: number;
}

/** Makes the context that a connector's functions are given. */
@Injectable()
export class ConnectionOpener {
  constructor(
    private readonly store: ConnectionStore,
    private readonly secrets: ConnectionSecrets,
    private readonly builtIn: BuiltInConnections,
    private readonly catalog: Catalog,
    private readonly network: Network,
    private readonly files: Files,
    private readonly rates: RateBudget,
    private readonly tokens: AccessTokens,
    private readonly metrics: HttpMetrics,
    private readonly spans: HttpSpans,
    private readonly signer: Signer,
    private readonly inbound: InboundDeliveries,
  ) {}

  /** See `Connections.open`. */
  async open(ref: string, use: ConnectionUse): Promise<OpenConnection> {
    const opened = await this.#find(ref);
    const { connector, config: spec } = this.catalog.require(opened.connector);
    const config = parsed(spec, opened);
    const hidden = secretTexts(opened.secrets);
    const log = new ConnectionLog(
      use.log.child({ connection: opened.id, connector: connector.id, ...runOf(use) }),
      hidden,
    );
    const closing = new AbortController();
    const signal = AbortSignal.any([use.signal, closing.signal]);
    const sockets = new Sockets();
    const hide = (texts: string[]): void => {
      const further = texts.filter((text) => !hidden.includes(text));
      if (further.length === 0) return;
      hidden.push(...further);
      log.hide(further);
    };
    const updates = new SecretUpdates(opened, config, spec, this.secrets, this.store, hide);
    const requests = {
      signal,
      log,
      answered: this.metrics.of(opened.connector),
      trace: this.spans.of(opened, use.run),
    };
    const http = this.#http(opened, connector.http?.(config) ?? {}, requests);
    const auth = authOf(connector.auth, config);
    if (auth) {
      const tokens = this.tokens.of({ id: opened.id, config }, auth, {
        ...requests,
        hide: (kept) => hide(secretTexts({ ...kept })),
        granted: () => this.store.forgetRefusal(opened.id),
        failed: (error) => this.#noteRefusal(opened, shownError(error, hidden)),
      });
      authorize(http, tokens, auth);
    }
    return {
      id: opened.id,
      revision: opened.revision,
      place: opened.place,
      connector,
      builtIn: this.builtIn.find(opened.id) !== undefined,
      ctx: {
        config,
        http,
        files: this.files,
        deliveries: this.inbound.of(opened.id),
        log,
        signal,
        connect: (target) => sockets.add(this.network.connect(target)),
        updateSecrets: (secrets) => updates.apply(secrets),
      },
      shownError: (thrown) => shownError(thrown, hidden),
      close: async () => {
        closing.abort();
        sockets.destroyAll();
      },
    };
  }

  /** So that the connection says what it needs before anybody checks it. That the other side is down says nothing about the connection. */
  async #noteRefusal({ id, revision }: Opened, error: MillraceError): Promise<void> {
    if (error.code === 'authentication_failed') await this.store.noteRefusal(id, revision, error);
  }

  #http(opened: Opened, settings: Parameters<Network['http']>[0], options: HttpOptions & { signal: AbortSignal }) {
    if (settings.rate === undefined) return this.network.http(settings, options);
    const { signal } = options;
    const spacing = spacingOf(settings.rate);
    const owner = this.#credentialOf(opened);
    return this.network.http(settings, {
      ...options,
      take: () => this.rates.take(owner, spacing, signal),
      askedToWait: (ms) => this.rates.rest(owner, spacing, ms),
    });
  }

  /** The other side counts by credential: connections that share one share its rate. */
  #credentialOf({ id, connector, secrets }: Opened): string {
    if (Object.keys(secrets).length === 0) return id;
    return this.signer.hmac('rate budget', canonicalJson([connector, secrets]));
  }

  async #find(ref: string): Promise<Opened> {
    const builtIn = this.builtIn.find(ref);
    if (builtIn) return { ...builtIn, revision: 1, place: 1, secretsRevision: 1, config: {}, secrets: {} };
    const stored = await this.store.find(ref);
    if (!stored) throw noSuchConnection(ref);
    const { _id: id, connector, revision, secretsRevision } = stored;
    return { id, connector, revision, place: placeOf(stored), secretsRevision, ...(await this.secrets.open(stored)) };
  }
}

function runOf({ run }: ConnectionUse): { run?: string } {
  return run === undefined ? {} : { run };
}
