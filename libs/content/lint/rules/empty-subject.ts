import type { Rule } from '../rule.ts';

export const emptySubject: Rule = {
  id: 'empty-subject',
  severity: 'warning',
  about: 'Mails whose subject is blank for somebody.',
  *check({ samples, parts }) {
    const blank = samples.find(({ mail }) => mail.subject === '');
    const subject = parts.find(({ part }) => part === 'subject');
    if (!blank) return;
    yield {
      message: `The subject ${blank.whose} is empty. Give its tokens fallbacks.`,
      ...(subject && { at: subject.spot(0, subject.source.length) }),
    };
  },
};
