/** What an identity policy says of addresses. */
export interface EmailReading {
  /** `dropGmail`: a.nn@gmail.com is ann@gmail.com, and googlemail.com is gmail.com. */
  dots: 'keep' | 'dropGmail';
  /** `drop`: ann+news@x.com is ann@x.com; `dropGmail`: only at Gmail. */
  tags: 'keep' | 'dropGmail' | 'drop';
}

const gmail = new Set(['gmail.com', 'googlemail.com']);

const otherReadings: readonly EmailReading[] = [
  { dots: 'keep', tags: 'dropGmail' },
  { dots: 'keep', tags: 'drop' },
  { dots: 'dropGmail', tags: 'keep' },
  { dots: 'dropGmail', tags: 'dropGmail' },
  { dots: 'dropGmail', tags: 'drop' },
];

export const isGmailDomain = (domain: string): boolean => gmail.has(domain);

/** An address, as it is compared otherwise, without the dots and the tag that do not count. */
export function emailReadBy({ dots, tags }: EmailReading, email: string): string {
  if (dots === 'keep' && tags === 'keep') return email;
  const at = email.lastIndexOf('@');
  const domain = email.slice(at + 1);
  const isGmail = isGmailDomain(domain);
  let local = email.slice(0, at);
  if (tags === 'drop' || (tags === 'dropGmail' && isGmail)) local = withoutTag(local);
  if (dots === 'keep' || !isGmail) return `${local}@${domain}`;
  return `${local.replaceAll('.', '') || local}@gmail.com`;
}

/**
 * Names an address together with how it was read: whoever is known by it is so by each address that this reading makes the same, also where another one holds
 * since. Undefined of all else, and where nothing is read otherwise than it is written.
 */
export function readingName(identity: string, reading: EmailReading): string | undefined {
  if (!identity.startsWith(emails) || (reading.dots === 'keep' && reading.tags === 'keep')) return undefined;
  return nameOf(reading, emailReadBy(reading, identity.slice(emails.length)));
}

/** The names of an address by all readings that make it another one; mostly there is none. */
export function readingNames(identity: string): string[] {
  if (!identity.startsWith(emails)) return [];
  const email = identity.slice(emails.length);
  return otherReadings.flatMap((reading) => {
    const read = emailReadBy(reading, email);
    return read === email ? [] : [nameOf(reading, read)];
  });
}

const emails = 'email:';

function nameOf({ dots, tags }: EmailReading, email: string): string {
  return `email(dots=${dots},tags=${tags}):${email}`;
}

function withoutTag(local: string): string {
  const plus = local.indexOf('+');
  return plus > 0 ? local.slice(0, plus) : local;
}
