import { Injectable } from '@nestjs/common';
import { MillraceError, type Json } from '@millrace/sdk';
import { seesSensitiveTraits, type KeyHolder } from '#access';
import { listOf, newId, Settings, Signer, textAfter, type List } from '#platform';
import { describePermission, sightOf, type Sight } from '#profiles';
import { PreviewService, type PersonalMail, type PreviewRequest } from '../preview/index.ts';
import { Templates } from '../templates/index.ts';
import { ShareStore } from './share-store.ts';
import type { SharedMail, StoredShare } from './share.schema.ts';
import { shareView, stateOf, type ShareView } from './share-view.ts';

export interface ShareRequest extends PreviewRequest {
  /** How long the link works. */
  days: number;
  /** False shows sensitive traits, to whom the role allows it. */
  masked: boolean;
  /** Of an unsaved template: the one that it is a draft of, by id or slug. */
  draftOf?: string;
}

const day = 86_400_000;

/** Links that show a mail to people without a key. What they show is the mail at the moment of sharing: what one agreed to does not change. */
@Injectable()
export class Shares {
  constructor(
    private readonly previews: PreviewService,
    private readonly templates: Templates,
    private readonly store: ShareStore,
    private readonly signer: Signer,
    private readonly settings: Settings,
  ) {}

  /** @throws MillraceError `forbidden`, `would_not_be_sent` for people whose data must not be used, and what composing throws */
  async share({ days, masked, draftOf, ...request }: ShareRequest, by: KeyHolder): Promise<ShareView> {
    if (!masked && !seesSensitiveTraits(by.role))
      throw new MillraceError(
        'forbidden',
        'Your key may not see sensitive traits, so it cannot share them: leave out `masked`, or ask an operator.',
      );
    const madeAt = draftOf === undefined ? undefined : await this.templates.require(draftOf);
    const personal = await this.previews.compose(request, masked ? 'masked' : 'unmasked');
    refuseBarred(personal);
    const { mail, template } = personal;
    const now = new Date();
    const profile = mail.versions.profile?.id;
    const { version, revision } = template;
    const { id, name } = request.template === undefined && madeAt ? { ...madeAt, id: madeAt._id } : template;
    const stored: StoredShare = {
      _id: newId('shr'),
      mail: shown(personal),
      ...(profile !== undefined && { profile }),
      template: { id, name, version, revision },
      hash: mail.hash,
      masked,
      by: { id: by.id, name: by.name },
      createdAt: now,
      expiresAt: new Date(now.getTime() + days * day),
    };
    await this.store.add(stored);
    return this.#view(stored, sightOf(by));
  }

  /**
   * Newest first, without expired ones; of one template (id or slug), or all.
   * @param viewer who sees a mask is not told where the values behind it are shown
   */
  async list(
    ref: string | undefined,
    viewer: Sight,
    { after, limit }: { after?: string; limit: number },
  ): Promise<List<ShareView>> {
    const template = ref === undefined ? undefined : (await this.templates.require(ref))._id;
    const found = await this.store.page(template, textAfter(after), limit + 1);
    return listOf(
      found,
      limit,
      (share) => this.#view(share, viewer),
      ({ _id }) => _id,
    );
  }

  /** @throws MillraceError `not_found` */
  async revoke(id: string): Promise<void> {
    if (await this.store.revoke(id)) return;
    throw new MillraceError(
      'not_found',
      `There is no shared link "${id}", or it has expired. GET /api/shares lists them.`,
    );
  }

  /** @throws MillraceError `unauthenticated` for a link that is none of ours, `link_expired`, `link_revoked`, `person_erased` */
  async open(token: string): Promise<{ share: StoredShare; mail: SharedMail }> {
    const id = this.signer.verify(token);
    const share = typeof id === 'string' ? await this.store.find(id) : undefined;
    if (!share) throw new MillraceError('link_expired', 'The link has expired: ask for a new one.');
    if (share.mail) return { share, mail: share.mail };
    if (stateOf(share) === 'erased')
      throw new MillraceError('person_erased', 'What the link showed was erased: ask for a new one.');
    throw new MillraceError('link_revoked', 'The link was taken back: ask for a new one.');
  }

  /** Of people who are erased. Gives how many there were. */
  forget(profiles: readonly string[]): Promise<number> {
    return this.store.forget(profiles);
  }

  /** What links show of a person, for the person to read; without the links themselves, which open for whoever has them. */
  async *export(profiles: readonly string[]): AsyncGenerator<Json> {
    for await (const { template, mail, masked, createdAt, expiresAt } of this.store.ofPeople(profiles)) {
      const { subject = '', text = '' } = mail ?? {};
      yield {
        ...{ sharedAt: createdAt.toISOString(), until: expiresAt.toISOString(), template: template.name, masked },
        ...{ subject, text },
      };
    }
  }

  #view(share: StoredShare, viewer: Sight): ShareView {
    if (viewer === 'masked' && !share.masked) return shareView(share, null);
    const token = this.signer.sign(share._id, share.expiresAt.getTime() - Date.now());
    return shareView(share, `${this.settings.publicUrl.replace(/\/$/, '')}/shares/${token}`);
  }
}

/** Showing somebody's data to others is a use of it. */
function refuseBarred({ permission }: PersonalMail): void {
  if (permission?.reason !== 'restricted' && permission?.reason !== 'erased') return;
  throw new MillraceError(
    'would_not_be_sent',
    `Nothing was shared: ${describePermission(permission)}. Choose somebody else, or made-up data.`,
    { details: { reason: permission.reason } },
  );
}

function shown({ mail }: PersonalMail): SharedMail {
  const { subject, preheader, html, text, fromName, person, notSent, versions } = mail;
  const { clock } = versions;
  return { subject, preheader, html, text, ...(fromName !== undefined && { fromName }), person, notSent, clock };
}
