import type { Rule } from '../rule.ts';

export const clientSupport: Rule = {
  id: 'client-support',
  severity: 'hint',
  about: 'HTML and CSS that mail clients lack, by the data of caniemail.com.',
  *check({ unsupported = [] }) {
    for (const { feature, clients } of unsupported) {
      const some = clients.slice(0, 6).join(', ') + (clients.length > 6 ? ` and ${clients.length - 6} more` : '');
      yield { message: `${feature} is unknown to ${some}. See that the mail works without it.` };
    }
  },
};
