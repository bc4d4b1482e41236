import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { authOf, MillraceError, signInLink, tokenRequestOf, type OAuth2 } from '@millrace/sdk';
import { AuditLog, type KeyHolder } from '#access';
import { Catalog } from '#catalog';
import { hashText, Settings, Signer } from '#platform';
import { AccessTokens, type TokenOwner } from '../access-tokens/index.ts';
import { BuiltInConnections } from '../built-in-connections.ts';
import { parsed } from '../config/configuration.ts';
import { noSuchConnection } from '../no-such-connection.ts';
import { secretTexts } from '../open/secret-texts.ts';
import { shownError } from '../open/shown-error.ts';
import { ConnectionProbes, type CheckResult } from '../probes/connection-probes.ts';
import { ConnectionSecrets } from '../store/connection-secrets.ts';
import { ConnectionStore } from '../store/connection-store.ts';
import { signInModel, type StoredSignIn } from './sign-in.schema.ts';
import { codeOf, type VendorAnswer } from './vendor-answer.ts';

const lifetime = 10 * 60_000;

/** What leads somebody to the vendor's page. */
export interface SignInLink {
  url: string;
  /** Where that page leads back to; vendors want to know it beforehand. */
  redirectUri: string;
  expiresAt: Date;
}

interface SigningIn extends TokenOwner {
  name: string;
  auth: OAuth2;
  secrets: string[];
}

/** Somebody lets a connection act for him, on a page of the vendor's (OAuth 2.0, authorization code with PKCE). */
@Injectable()
export class SignIns {
  constructor(
    @InjectModel(signInModel) private readonly begun: Model<StoredSignIn>,
    private readonly store: ConnectionStore,
    private readonly secrets: ConnectionSecrets,
    private readonly builtIn: BuiltInConnections,
    private readonly catalog: Catalog,
    private readonly tokens: AccessTokens,
    private readonly probes: ConnectionProbes,
    private readonly signer: Signer,
    private readonly audit: AuditLog,
    private readonly settings: Settings,
  ) {}

  /** Throws `not_found`, `conflict` where nobody signs in, `connector_disabled`, `invalid_config`. */
  async begin(ref: string, by: KeyHolder): Promise<SignInLink> {
    this.builtIn.refuseChange(ref);
    const { id, name, config, auth } = await this.#find(ref);
    tokenRequestOf(auth, config); // says what is missing before anybody has signed in
    const state = randomBytes(32).toString('base64url');
    const redirectUri = `${this.settings.publicUrl.replace(/\/$/, '')}/oauth/callback`;
    const url = signInLink(auth, config, { redirectUri, state, verifier: this.#verifierOf(state) });
    if (url === undefined) throw nobodySignsIn(name);
    const expiresAt = new Date(Date.now() + lifetime);
    await this.begun.create({ _id: hashText(state), connection: id, redirectUri, by, expiresAt });
    return { url, redirectUri, expiresAt };
  }

  /**
   * Somebody is back from the vendor's page. Gives whether the connection works now. Throws `link_expired` for what was not begun here, is over or was used
   * already, and `authentication_failed` where he or the vendor refused.
   */
  async finish(state: string, answer: VendorAnswer): Promise<CheckResult & { name: string }> {
    const signIn = await this.begun.findOneAndDelete({ _id: hashText(state), expiresAt: { $gt: new Date() } }).lean();
    if (!signIn) throw new MillraceError('link_expired', 'The sign-in is over. Ask for a new link.');
    const { id, name, auth, config, secrets } = await this.#find(signIn.connection);
    const code = codeOf(answer, name);
    const verifier = this.#verifierOf(state);
    try {
      await this.tokens.signedIn({ id, config }, auth, { code, redirectUri: signIn.redirectUri, verifier });
    } catch (error) {
      throw shownError(error, [...secrets, code, verifier]);
    }
    await this.store.noteSignIn(id, { at: new Date(), by: signIn.by.name });
    await this.audit.note(signIn.by, 'SIGNED_IN', `/api/connections/${id}`);
    return { name, ...(await this.probes.check(id)) };
  }

  async #find(ref: string): Promise<SigningIn> {
    const stored = await this.store.find(ref);
    if (!stored) throw noSuchConnection(ref);
    const { connector, config: spec } = this.catalog.require(stored.connector);
    const configuration = await this.secrets.open(stored);
    const config = parsed(spec, configuration);
    const auth = authOf(connector.auth, config);
    if (!auth) throw nobodySignsIn(stored.name);
    return { id: stored._id, name: stored.name, config, auth, secrets: secretTexts(configuration.secrets) };
  }

  /** Nobody who sees a state learns it: it is not kept, either. */
  #verifierOf(state: string): string {
    return this.signer.hmac('sign-in', state);
  }
}

function nobodySignsIn(name: string): MillraceError {
  return new MillraceError(
    'conflict',
    `Nobody signs in for "${name}": it has no page of the vendor's to do so. Enter its credentials in the configuration.`,
  );
}
