import { Injectable } from '@nestjs/common';
import { Permissions, type ProfileView } from '#profiles';
import { TrackingLinks } from '../links/index.ts';
import { trackingPermission } from '../names.ts';
import type { TrackedMail } from '../tokens/index.ts';
import { trackHtml } from './track-html.ts';

/** Whom a mail is to, as the profile store tells it. */
export type MailRecipient = Pick<ProfileView, 'id' | 'identities'>;

export interface MailToTrack<Mail extends { html: string }> extends Omit<TrackedMail, 'person'> {
  person: MailRecipient;
  /** As it was composed. */
  mail: Mail;
}

export interface TrackedResult<Mail extends { html: string }> {
  /** The same mail with other HTML: its `hash`, where it has one, stays that of what was composed. */
  mail: Mail;
  /** False where the person does not want it: then the mail is as it was. */
  tracked: boolean;
  links: number;
}

/** Makes composed mails tracked ones, right before they leave: after composing, so that previews and hashes are of the mail alone. */
@Injectable()
export class MailTracking {
  constructor(
    private readonly links: TrackingLinks,
    private readonly permissions: Permissions,
  ) {}

  /** For a page of mails: who may be tracked is asked once. In the order of what is given. */
  async track<Mail extends { html: string }>(mails: readonly MailToTrack<Mail>[]): Promise<TrackedResult<Mail>[]> {
    const [allowed, makerOf] = await Promise.all([
      this.allowedAmong(mails.map(({ person }) => person)),
      this.links.makers(),
    ]);
    return mails.map(({ person, mail, message, template, campaign }) => {
      if (!allowed.has(person.id)) return { mail, tracked: false, links: 0 };
      const { html, links } = trackHtml(mail.html, makerOf({ person: person.id, message, template, campaign }));
      return { mail: { ...mail, html }, tracked: true, links };
    });
  }

  /** Ids of those who may be tracked. */
  async allowedAmong(people: readonly MailRecipient[]): Promise<Set<string>> {
    const { channel, purpose } = trackingPermission;
    const somebody = people.map(({ id, identities }) => ({ id, identities: identities.map(({ key }) => key) }));
    const permissions = await this.permissions.mayContactAll(somebody, channel, purpose);
    return new Set([...permissions].flatMap(([id, { allowed }]) => (allowed ? [id] : [])));
  }
}
