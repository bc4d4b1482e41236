import type { Rule } from '../rule.ts';

const most = 130;

export const preheaderLength: Rule = {
  id: 'preheader-length',
  severity: 'hint',
  about: 'Mails without a preheader, or with one that inboxes cut off.',
  *check({ samples, parts }) {
    if (!parts.some(({ part }) => part === 'preheader')) {
      yield { message: 'There is no preheader: inboxes show the first words of the mail instead. Write one.' };
      return;
    }
    const long = samples.find(({ mail }) => [...mail.preheader].length > most);
    if (!long) return;
    yield {
      message: `The preheader ${long.whose} has ${[...long.mail.preheader].length} letters; inboxes show ${most} at most. Shorten it.`,
    };
  },
};
