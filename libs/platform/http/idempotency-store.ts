import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { MillraceError, type Json } from '@millrace/sdk';
import type { Model } from 'mongoose';
import { Vault } from '../crypto/index.ts';
import { isDuplicate } from '../mongo/index.ts';
import { IdempotencyKey } from './idempotency-key.schema.ts';

export interface StoredAnswer {
  status: number;
  body: Json;
}

const keptMs = 24 * 3_600_000;
export const lockMs = 60_000;

/** Remembers for 24 hours what a request with an `Idempotency-Key` was answered. */
@Injectable()
export class IdempotencyStore {
  constructor(
    @InjectModel(IdempotencyKey.name) private readonly keys: Model<IdempotencyKey>,
    private readonly vault: Vault,
  ) {}

  /**
   * Claims a key: undefined when the caller is the first and shall do the work, else the answer of the first.
   * Throws `conflict` when the key was used with another body, or when the first request still runs.
   */
  async claim(id: string, body: string): Promise<StoredAnswer | undefined> {
    const now = Date.now();
    const fresh = {
      _id: id,
      body,
      done: false,
      lockedUntil: new Date(now + lockMs),
      expiresAt: new Date(now + keptMs),
    };
    const found = await this.keys.collection
      .findOneAndUpdate({ _id: id as never }, { $setOnInsert: fresh }, { upsert: true, returnDocument: 'before' })
      .catch(async (error: unknown) => {
        // Two upserts at the same moment: one of them wins, the other reads what the winner wrote.
        if (!isDuplicate(error)) throw error;
        return this.keys.collection.findOne({ _id: id as never });
      });
    if (!found) return undefined;
    return this.answerOf(found as unknown as IdempotencyKey, body, now);
  }

  /** Keeps a key locked whose request still runs. */
  async renew(id: string): Promise<void> {
    const lockedUntil = new Date(Date.now() + lockMs);
    await this.keys.collection.updateOne({ _id: id as never, done: false }, { $set: { lockedUntil } });
  }

  async finish(id: string, { status, body }: StoredAnswer): Promise<void> {
    const answer = this.vault.seal(body, contextOf(id));
    await this.keys.collection.updateOne({ _id: id as never }, { $set: { done: true, status, answer } });
  }

  /** Gives a key free whose request failed, so that it can be tried again. */
  async release(id: string): Promise<void> {
    await this.keys.collection.deleteOne({ _id: id as never, done: false });
  }

  private async answerOf(found: IdempotencyKey, body: string, now: number): Promise<StoredAnswer | undefined> {
    if (found.body !== body) {
      throw new MillraceError(
        'conflict',
        'This Idempotency-Key was used with another request: take a new key for a new request.',
      );
    }
    if (found.done && found.answer !== undefined) {
      return { status: found.status ?? 200, body: this.vault.open(found.answer, contextOf(found._id)) };
    }
    const taken = await this.keys.collection.updateOne(
      { _id: found._id as never, done: false, lockedUntil: { $lt: new Date(now) } },
      { $set: { lockedUntil: new Date(now + lockMs) } },
    );
    if (taken.modifiedCount === 1) return undefined;
    throw new MillraceError(
      'conflict',
      'The first request with this Idempotency-Key is still running: try again in a moment.',
      {
        retryable: true,
        retryAfter: 1000,
      },
    );
  }
}

function contextOf(id: string): string {
  return `idempotency:${id}`;
}
