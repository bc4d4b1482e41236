import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { MillraceError } from '@millrace/sdk';
import type { Model } from 'mongoose';
import { newId, Settings, Signer } from '#platform';
import { previewModel, type StoredPreview } from './preview.schema.ts';
import type { PreviewedMail } from './previewed-mail.ts';

const lifetime = 15 * 60_000;

/** Keeps previewed mails behind signed links that name nobody. */
@Injectable()
export class PreviewStore {
  constructor(
    @InjectModel(previewModel) private readonly model: Model<StoredPreview>,
    private readonly signer: Signer,
    private readonly settings: Settings,
  ) {}

  /** Its id, and the absolute link to its page; good for 15 minutes. */
  async keep(mail: PreviewedMail): Promise<{ id: string; page: string }> {
    const _id = newId('prv');
    const profile = mail.versions.profile?.id;
    const expiresAt = new Date(Date.now() + lifetime);
    // It is worth nothing in 15 minutes: nobody waits for a majority.
    await this.model.collection.insertOne(
      { _id, ...(profile !== undefined && { profile }), mail, expiresAt } as never,
      { writeConcern: { w: 1, journal: false } },
    );
    const page = `${this.settings.publicUrl.replace(/\/$/, '')}/previews/${this.signer.sign(_id, lifetime)}`;
    return { id: _id, page };
  }

  /** @throws MillraceError `not_found` for one that is not kept any more */
  async find(id: string): Promise<PreviewedMail> {
    const stored = await this.model.findOne({ _id: id }).lean<StoredPreview>();
    if (stored) return stored.mail;
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
    const stored = typeof id === 'string' ? await this.model.findOne({ _id: id }).lean<StoredPreview>() : null;
    if (stored) return stored.mail;
    throw new MillraceError('link_expired', 'The link has expired: ask for a new one.');
  }
}
