import type { Rule } from '../rule.ts';

/** Letters that phones show of a subject; desktops show about 70. */
const shown = 60;

export const subjectLength: Rule = {
  id: 'subject-length',
  severity: 'hint',
  about: 'Subjects that inboxes cut off.',
  *check({ samples }) {
    for (const { mail, whose } of samples) {
      const length = [...mail.subject].length;
      if (length <= shown) continue;
      yield {
        message: `The subject ${whose} has ${length} letters; inboxes cut after about ${shown}. Say the main thing first, or less.`,
      };
      return;
    }
  },
};
