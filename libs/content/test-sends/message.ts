import type { SendMailOptions } from 'nodemailer';
import type { Composed } from '../compose/index.ts';
import { encodedWords } from './encoded-words.ts';

export interface Envelope {
  id: string;
  /** The address that the mail is from. */
  from: string;
  to: string;
  /** The host that message ids end with. */
  domain: string;
  /** Those by which the recipient unsubscribes. */
  unsubscribe: Record<string, string>;
}

/**
 * A composed mail for the mail server, to the last letter: the parts are sent in base64, which no server on the way rewrites, and nothing is
 * added to the subject. `X-Millrace-Test` marks it as a test, `X-Millrace-Hash` names the mail that was previewed.
 */
export function messageOf(mail: Composed, { id, from, to, domain, unsubscribe }: Envelope): SendMailOptions {
  const { Subject: subject = '', 'Reply-To': replyTo, ...headers } = mail.headers;
  const plainSubject = !subject.includes('=?');
  return {
    envelope: { from, to },
    from: { name: mail.fromName ?? '', address: from },
    to,
    ...(replyTo !== undefined && { replyTo }),
    ...(plainSubject && { subject }),
    ...(mail.text !== '' && { text: mail.text }),
    ...(mail.html !== '' && { html: mail.html }),
    textEncoding: 'base64',
    messageId: `<${id}@${domain}>`,
    headers: {
      ...headers,
      ...unsubscribe,
      'X-Millrace-Test': id,
      'X-Millrace-Hash': mail.hash,
      ...(!plainSubject && { Subject: { prepared: true, value: encodedWords(subject) } }),
    },
  };
}
