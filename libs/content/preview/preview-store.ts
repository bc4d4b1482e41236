import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { deflateRaw, inflateRaw, type ZlibOptions } from 'node:zlib';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { MillraceError, messageOf } from '@millrace/sdk';
import type { Model, mongo } from 'mongoose';
import { Log, lowestId, newId, plainCollection, Settings, Signer } from '#platform';
import { previewModel, type StoredPreview } from './preview.schema.ts';
import type { PreviewedMail } from './previewed-mail.ts';

const lifetime = 15 * 60_000;
/** Milliseconds within which a preview is stored for sure, if ever. */
const storedWithin = 3_000;
const lookEvery = 50;
/** Those of so many milliseconds are stored together. */
const together = 50;
const mostWaiting = 20;

const zipped = promisify<string, ZlibOptions, Buffer>(deflateRaw);
const unzipped = promisify<Uint8Array, Buffer>(inflateRaw);

interface Kept {
  id: string;
  mail: PreviewedMail;
  expiresAt: Date;
}

/**
 * Keeps previewed mails behind signed links that name nobody. Who gets a preview does not wait until it is stored: it is worth nothing in 15
 * minutes. Who asks for it right away does.
 */
@Injectable()
export class PreviewStore implements OnApplicationShutdown {
  private readonly collection: mongo.Collection<StoredPreview>;
  #waiting: Kept[] = [];
  /** What is not stored yet: a slow write makes no link of ours an expired one. */
  readonly #unstored = new Map<string, PreviewedMail>();
  #timer: NodeJS.Timeout | undefined;
  readonly #storing = new Set<Promise<void>>();

  constructor(
    @InjectModel(previewModel) model: Model<StoredPreview>,
    private readonly signer: Signer,
    private readonly settings: Settings,
    private readonly log: Log,
  ) {
    this.collection = plainCollection<StoredPreview>(model);
  }

  /** Its id, and the absolute link to its page; good for 15 minutes. */
  keep(mail: PreviewedMail): { id: string; page: string } {
    const id = newId('prv');
    this.#waiting.push({ id, mail, expiresAt: new Date(Date.now() + lifetime) });
    this.#unstored.set(id, mail);
    if (this.#waiting.length >= mostWaiting) this.#storeWaiting();
    else this.#timer ??= setTimeout(() => this.#storeWaiting(), together);
    const page = `${this.settings.publicUrl.replace(/\/$/, '')}/previews/${this.signer.sign(id, lifetime)}`;
    return { id, page };
  }

  /** @throws MillraceError `not_found` for one that is not kept any more */
  async find(id: string): Promise<PreviewedMail> {
    const mail = await this.#mail(id);
    if (mail) return mail;
    throw new MillraceError(
      'not_found',
      `There is no preview "${id}" any more: previews are kept for 15 minutes. Make it again.`,
    );
  }

  /** Of people who are erased, before their time. Gives how many there were. */
  async forget(profiles: readonly string[]): Promise<number> {
    this.#storeWaiting();
    await Promise.all(this.#storing);
    return (await this.collection.deleteMany({ profile: { $in: [...profiles] } })).deletedCount;
  }

  /** @throws MillraceError `unauthenticated` for a link that is none of ours, `link_expired` */
  async read(token: string): Promise<PreviewedMail> {
    const id = this.signer.verify(token);
    const mail = typeof id === 'string' ? await this.#mail(id) : undefined;
    if (mail) return mail;
    throw new MillraceError('link_expired', 'The link has expired: ask for a new one.');
  }

  async onApplicationShutdown(): Promise<void> {
    this.#storeWaiting();
    await Promise.all(this.#storing);
  }

  #storeWaiting(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const waiting = this.#waiting.splice(0);
    if (waiting.length === 0) return;
    const storing = this.#store(waiting).finally(() => {
      this.#storing.delete(storing);
      for (const { id } of waiting) this.#unstored.delete(id);
    });
    this.#storing.add(storing);
  }

  /** Resolves in any case: without its page, a preview is still what was asked for. */
  async #store(kept: Kept[]): Promise<void> {
    try {
      const stored = await Promise.all(kept.map(storedOf));
      await this.collection.insertMany(stored, { ordered: false, writeConcern: { w: 1, journal: false } });
    } catch (error) {
      const previews = kept.map(({ id }) => id);
      this.log.warn({ error: messageOf(error), previews }, 'Previews could not be kept: their links lead nowhere');
    }
  }

  async #mail(id: string): Promise<PreviewedMail | undefined> {
    const unstored = this.#unstored.get(id);
    if (unstored) return unstored;
    for (;;) {
      const stored = await this.collection.findOne({ _id: id }, { promoteBuffers: true });
      if (stored) return JSON.parse((await unzipped(stored.zip)).toString()) as PreviewedMail;
      if (!isNew(id)) return undefined;
      await delay(lookEvery);
    }
  }
}

function isNew(id: string): boolean {
  const now = Date.now();
  return id >= lowestId('prv', now - storedWithin) && id < lowestId('prv', now + storedWithin);
}

async function storedOf({ id: _id, mail, expiresAt }: Kept): Promise<StoredPreview> {
  const profile = mail.versions.profile?.id;
  const zip = await zipped(JSON.stringify(mail), { level: 1 });
  return { _id, ...(profile !== undefined && { profile }), zip, expiresAt };
}
