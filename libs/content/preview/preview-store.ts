import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { MillraceError, messageOf } from '@millrace/sdk';
import type { Model } from 'mongoose';
import { Log, lowestId, newId, Settings, Signer } from '#platform';
import { previewModel, type StoredPreview } from './preview.schema.ts';
import type { PreviewedMail } from './previewed-mail.ts';

const lifetime = 15 * 60_000;
/** Milliseconds within which a preview is stored for sure, if ever. */
const storedWithin = 3_000;
const lookEvery = 50;

/**
 * Keeps previewed mails behind signed links that name nobody. Who gets a preview does not wait until it is stored: it is worth nothing in 15
 * minutes. Who asks for it right away does.
 */
@Injectable()
export class PreviewStore implements OnApplicationShutdown {
  readonly #storing = new Set<Promise<void>>();

  constructor(
    @InjectModel(previewModel) private readonly model: Model<StoredPreview>,
    private readonly signer: Signer,
    private readonly settings: Settings,
    private readonly log: Log,
  ) {}

  /** Its id, and the absolute link to its page; good for 15 minutes. */
  keep(mail: PreviewedMail): { id: string; page: string } {
    const id = newId('prv');
    const storing = this.#store(id, mail).finally(() => this.#storing.delete(storing));
    this.#storing.add(storing);
    const page = `${this.settings.publicUrl.replace(/\/$/, '')}/previews/${this.signer.sign(id, lifetime)}`;
    return { id, page };
  }

  /** @throws MillraceError `not_found` for one that is not kept any more */
  async find(id: string): Promise<PreviewedMail> {
    const stored = await this.#stored(id);
    if (stored) return mailIn(stored);
    throw new MillraceError(
      'not_found',
      `There is no preview "${id}" any more: previews are kept for 15 minutes. Make it again.`,
    );
  }

  /** Of people who are erased, before their time. Gives how many there were. */
  async forget(profiles: readonly string[]): Promise<number> {
    return (await this.model.deleteMany({ profile: { $in: [...profiles] } })).deletedCount;
  }

  /** @throws MillraceError `unauthenticated` for a link that is none of ours, `link_expired` */
  async read(token: string): Promise<PreviewedMail> {
    const id = this.signer.verify(token);
    const stored = typeof id === 'string' ? await this.#stored(id) : null;
    if (stored) return mailIn(stored);
    throw new MillraceError('link_expired', 'The link has expired: ask for a new one.');
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.#storing);
  }

  /** Resolves in any case: without its page, a preview is still what was asked for. */
  async #store(_id: string, mail: PreviewedMail): Promise<void> {
    await new Promise(setImmediate); // the answer goes first
    const profile = mail.versions.profile?.id;
    const stored: StoredPreview = {
      _id,
      ...(profile !== undefined && { profile }),
      json: JSON.stringify(mail),
      expiresAt: new Date(Date.now() + lifetime),
    };
    try {
      await this.model.collection.insertOne(stored as never, { writeConcern: { w: 1, journal: false } });
    } catch (error) {
      this.log.warn({ error: messageOf(error), preview: _id }, 'A preview could not be kept: its link leads nowhere');
    }
  }

  async #stored(id: string): Promise<StoredPreview | null> {
    for (;;) {
      const stored = await this.model.findOne({ _id: id }).lean<StoredPreview>();
      if (stored || !isNew(id)) return stored;
      await delay(lookEvery);
    }
  }
}

function isNew(id: string): boolean {
  const now = Date.now();
  return id >= lowestId('prv', now - storedWithin) && id < lowestId('prv', now + storedWithin);
}

function mailIn({ json }: StoredPreview): PreviewedMail {
  return JSON.parse(json) as PreviewedMail;
}
