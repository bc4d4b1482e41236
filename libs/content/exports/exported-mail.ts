import type { Row } from '@millrace/sdk';
import type { Person } from '#profiles';
import type { Composed } from '../compose/index.ts';

/** A mail as another system can send it. */
export interface ExportedMail extends Row {
  /** Id of the profile. */
  profile: string;
  /** The address that it is for. */
  to: string;
  /** `email:ann@example.com`, … */
  identities: string[];
  subject: string;
  preheader: string;
  html: string;
  text: string;
  /** Null where the template does not say it. */
  fromName: string | null;
  /** With List-Unsubscribe, which the mail's DKIM signature has to cover. */
  headers: Record<string, string>;
  /** SHA-256 over the composed mail: with the person's own link to unsubscribe, where the template shows it. */
  hash: string;
  locale: string;
}

export function exportedMail(
  { profile }: Person,
  to: string,
  mail: Composed,
  unsubscribe: Record<string, string>,
): ExportedMail {
  const { subject, preheader, html, text, fromName = null, headers, hash, locale } = mail;
  return {
    profile: profile.id,
    to,
    identities: profile.identities.map(({ key }) => key),
    subject,
    preheader,
    html,
    text,
    fromName,
    headers: { ...headers, ...unsubscribe },
    hash,
    locale,
  };
}
