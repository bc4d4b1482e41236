import type { Rule } from '../rule.ts';

export const missingTitle: Rule = {
  id: 'missing-title',
  severity: 'hint',
  about: 'HTML documents without a title, which browsers and screen readers announce.',
  *check({ parts }) {
    const subject = parts.find(({ part }) => part === 'subject')?.source ?? '';
    for (const part of parts) {
      const head = part.html.opening.find(({ name }) => name === 'head');
      if (!head || part.html.opening.some(({ name }) => name === 'title' || name === 'mj-title')) continue;
      const plain = !/[{}<>&]/.test(subject);
      yield {
        message: 'The <head> has no <title>: browsers and screen readers announce the mail by it.',
        at: part.spot(head.start, head.end),
        ...(plain && {
          fix: {
            title: 'Take the subject',
            edits: [{ ...part.spot(head.end, head.end), text: `<title>${subject}</title>` }],
          },
        }),
      };
    }
  },
};
