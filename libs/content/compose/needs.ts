import type { MailTemplate } from './mail-template.ts';
import type { PreparedMail } from './preparer.ts';

/** What of people, beside their profiles, a mail may look at. */
export interface Needs {
  orders: boolean;
  events: boolean;
  consents: boolean;
}

/** Told by the source alone: where it leaves open what a token means, everything may be looked at. */
export function needsOf({ parts }: PreparedMail, { blocks = [] }: MailTemplate): Needs {
  const paths = parts.flatMap(({ outline }) =>
    outline.tokens.flatMap((token) => (token.paths.length ? token.paths : [''])),
  );
  const heads = new Set(paths.map((path) => /^[^.[]*/.exec(path)?.[0] ?? ''));
  const conditions = JSON.stringify(blocks.flatMap(({ variants }) => variants.map(({ when }) => when)));
  const isNeeded = (...names: string[]): boolean =>
    heads.has('') || names.some((name) => heads.has(name) || conditions.includes(`"field":"${name}`));
  return { orders: isNeeded('orders', 'lastOrder'), events: isNeeded('events'), consents: isNeeded('consents') };
}
