import type { Rule } from '../rule.ts';

export const emptyText: Rule = {
  id: 'empty-text',
  severity: 'warning',
  about: 'Mails without plain text, which spam filters dislike and some clients need.',
  *check({ samples }) {
    const empty = samples.find(({ mail }) => mail.text.trim() === '');
    if (!empty) return;
    yield {
      message: `The plain text ${empty.whose} is empty: a mail of images only? Write a text, or words into the HTML.`,
    };
  },
};
