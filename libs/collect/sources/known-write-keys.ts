import { Injectable } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';
import { hashKey, isStillGood } from '#platform';
import type { Source } from './source.schema.ts';
import { Sources } from './sources.ts';

/** How long a removed key may go on working in another process. */
const rememberedFor = 10_000;
const most = 10_000;

export type SendingSource = Pick<Source, '_id' | 'origins'>;

interface Remembered {
  source: Promise<SendingSource | undefined>;
  until: number;
}

/** Whose write key it is, without asking MongoDB at each request; of wrong keys, too. Bounded; oldest go first. */
@Injectable()
export class KnownWriteKeys {
  readonly #byHash = new Map<string, Remembered>();
  #removals = 0;

  constructor(private readonly sources: Sources) {}

  /** Throws `unauthenticated`. */
  async sourceOf(writeKey: string | undefined): Promise<SendingSource> {
    if (writeKey === undefined) {
      const advice = 'Send it as the user name of Basic authorization, as a bearer, or as `writeKey` in the body.';
      throw new MillraceError('unauthenticated', `No write key was sent. ${advice}`);
    }
    const source = await this.#remembered(writeKey);
    if (source) return source;
    throw new MillraceError('unauthenticated', 'The write key is wrong or was removed. GET /api/sources lists them.');
  }

  #remembered(writeKey: string, now = Date.now()): Promise<SendingSource | undefined> {
    if (this.#removals !== this.sources.removals) this.#byHash.clear();
    this.#removals = this.sources.removals;
    const hash = hashKey(writeKey);
    const known = this.#byHash.get(hash);
    if (known && isStillGood(known.until, rememberedFor, now)) return known.source;
    this.#byHash.delete(hash);
    for (const oldest of this.#byHash.keys()) {
      if (this.#byHash.size < most) break;
      this.#byHash.delete(oldest);
    }
    const source = this.#find(writeKey);
    source.catch(() => this.#byHash.delete(hash));
    this.#byHash.set(hash, { source, until: now + rememberedFor });
    return source;
  }

  async #find(writeKey: string): Promise<SendingSource | undefined> {
    const found = await this.sources.findByKey(writeKey);
    return found && { _id: found._id, origins: found.origins.map(asBrowsersSay) };
  }
}

/** In lower case, and without the usual port. */
function asBrowsersSay(origin: string): string {
  return URL.canParse(origin) ? new URL(origin).origin : origin;
}
