import type { Rule } from '../rule.ts';

/** Gmail cuts a mail off behind so many bytes of HTML. */
const limit = 102 * 1024;

export const tooLargeForGmail: Rule = {
  id: 'too-large-for-gmail',
  severity: 'warning',
  about: 'Mails over 102 KB of HTML, which Gmail cuts off.',
  *check({ samples }) {
    const sizes = samples.map(({ whose, mail }) => ({ whose, bytes: Buffer.byteLength(mail.html) }));
    const [largest] = sizes.sort((a, b) => b.bytes - a.bytes);
    if (!largest || largest.bytes <= limit) return;
    yield {
      message: `The mail ${largest.whose} has ${Math.ceil(largest.bytes / 1024)} KB of HTML; Gmail cuts mails off after 102 KB. Shorten loops and inline styles.`,
    };
  },
};
