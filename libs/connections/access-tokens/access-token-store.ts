import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, mongo } from 'mongoose';
import { newId, plainCollection, unlessTaken, Vault } from '#platform';
import { accessTokenModel, type KeptTokens, type StoredAccessToken } from './access-token.schema.ts';

/** Milliseconds after which somebody else asks in the place of one who died: more than an exchange may take. */
const claimTerm = 60_000;

/** What was kept when it was read: no tokens before the first exchange. */
export interface ReadTokens {
  version: number;
  tokens?: KeptTokens;
  renewAt?: Date;
}

export type HeldTokens = ReadTokens & { tokens: KeptTokens };

/** Access tokens in MongoDB, sealed. */
@Injectable()
export class AccessTokenStore {
  readonly #stored: mongo.Collection<StoredAccessToken>;

  constructor(
    @InjectModel(accessTokenModel) model: Model<StoredAccessToken>,
    private readonly vault: Vault,
  ) {
    this.#stored = plainCollection<StoredAccessToken>(model);
  }

  /** What is sealed with an old master key is sealed with the present one, now that it is open anyway. */
  async read(id: string): Promise<ReadTokens> {
    const found = await this.#stored.findOne({ _id: id });
    const { version = 0, renewAt, sealed } = found ?? {};
    if (sealed === undefined) return { version };
    const tokens = this.vault.open(sealed, contextOf(id)) as unknown as KeptTokens;
    if (this.vault.needsRotation(sealed))
      await this.#stored.updateOne({ _id: id, sealed }, { $set: { sealed: this.#seal(id, tokens) } });
    return { version, tokens, renewAt };
  }

  /** The name of the claim, for the one who is to ask; undefined while somebody else does. */
  async claim(id: string, connection: string): Promise<string | undefined> {
    const now = new Date();
    const claim = { by: newId('clm'), until: new Date(now.getTime() + claimTerm) };
    const free = { _id: id, $or: [{ claim: { $exists: false } }, { 'claim.until': { $lte: now } }] };
    const asks = await unlessTaken(
      this.#stored.updateOne(free, { $set: { claim }, $setOnInsert: { connection, version: 0 } }, { upsert: true }),
    );
    return asks ? claim.by : undefined;
  }

  async release(id: string, by: string): Promise<void> {
    await this.#stored.updateOne({ _id: id, 'claim.by': by }, { $unset: { claim: '' } });
  }

  /** False when somebody else was faster, whose tokens stay. */
  async write(id: string, seen: number, kept: Omit<HeldTokens, 'version'>): Promise<boolean> {
    const { matchedCount } = await this.#stored.updateOne({ _id: id, version: seen }, this.#change(id, kept));
    return matchedCount === 1;
  }

  /** Whoever is asking for others in this moment keeps none of them. */
  async replace(id: string, connection: string, kept: Omit<HeldTokens, 'version'>): Promise<void> {
    const change = { ...this.#change(id, kept), $setOnInsert: { connection } };
    const replaced = () => unlessTaken(this.#stored.updateOne({ _id: id }, change, { upsert: true }));
    if (!(await replaced())) await replaced(); // somebody made it in the same moment, so it is there now
  }

  /** Of a connection that is removed. */
  async forget(connection: string): Promise<void> {
    await this.#stored.deleteMany({ connection });
  }

  #change(id: string, { tokens, renewAt }: Omit<HeldTokens, 'version'>) {
    return {
      $set: { sealed: this.#seal(id, tokens), ...(renewAt && { renewAt }) },
      $inc: { version: 1 },
      ...(!renewAt && { $unset: { renewAt: '' as const } }),
    };
  }

  #seal(id: string, { accessToken, refreshToken }: KeptTokens): string {
    return this.vault.seal({ accessToken, ...(refreshToken !== undefined && { refreshToken }) }, contextOf(id));
  }
}

function contextOf(id: string): string {
  return `access token:${id}`;
}
