import { Injectable } from '@nestjs/common';
import { MillraceError, type Json } from '@millrace/sdk';
import { Settings, Signer, Vault } from '#platform';

/** Who unsubscribes with a link, and from what. */
export interface LinkSubject {
  /** `email:ann@example.com` */
  identity: string;
  channel: string;
  purpose: string;
}

export interface UnsubscribeLink {
  url: string;
  /** For the mail: RFC 2369 and RFC 8058. They must be covered by its DKIM signature, and the address has to be https. */
  headers: { 'List-Unsubscribe': string; 'List-Unsubscribe-Post': string };
}

const day = 86_400_000;
const usualDays = 400;
const sealedFor = 'unsubscribe link';
const tokenPattern = /^[\w-]{1,2000}\.[\w-]{1,100}$/;

/** Links to the preference page. What they say is encrypted, so that addresses stay out of URLs and logs, and signed with an expiry. */
@Injectable()
export class UnsubscribeLinks {
  constructor(
    private readonly vault: Vault,
    private readonly signer: Signer,
    private readonly settings: Settings,
  ) {}

  /** Good for 400 days unless told otherwise. */
  make({ identity, channel, purpose }: LinkSubject, days = usualDays): UnsubscribeLink {
    const token = this.signer.sign(this.vault.seal([identity, channel, purpose], sealedFor), days * day);
    const url = `${this.settings.publicUrl.replace(/\/$/, '')}/u/${token}`;
    return { url, headers: { 'List-Unsubscribe': `<${url}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' } };
  }

  /** Throws `unauthenticated` for a link that is none of ours, `link_expired`. */
  read(token: string): LinkSubject {
    const sealed = tokenPattern.test(token) ? this.signer.verify(token) : undefined;
    // Links of other kinds are signed with the same key: only ours open.
    const subject = typeof sealed === 'string' && sealed.startsWith('v1.') ? this.vault.open(sealed, sealedFor) : null;
    const [identity, channel, purpose] = Array.isArray(subject) ? subject : [];
    if (isText(identity) && isText(channel) && isText(purpose)) return { identity, channel, purpose };
    throw new MillraceError('unauthenticated', 'The link is not complete, or it is none of ours.');
  }
}

function isText(value: Json | undefined): value is string {
  return typeof value === 'string';
}
