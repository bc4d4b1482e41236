import type { MailTemplate } from './mail-template.ts';
import type { PreparedMail } from './preparer.ts';

/** What of people, beside their profiles, a mail may look at. */
export interface Needs {
  orders: boolean;
  events: boolean;
  consents: boolean;
}

/** Told by the source alone: where it leaves open what a token means, everything may be looked at. */
export function needsOf(prepared: PreparedMail, { blocks = [] }: MailTemplate): Needs {
  const names = prepared.feeds.length > 0 ? undefined : namesSeen(prepared); // a feed's URL may name anything of the person
  const conditions = JSON.stringify(blocks.flatMap(({ variants }) => variants.map(({ when }) => when)));
  const isNeeded = (...some: string[]): boolean =>
    !names || some.some((name) => names.has(name) || conditions.includes(`"field":"${name}`));
  return { orders: isNeeded('orders', 'lastOrder'), events: isNeeded('events'), consents: isNeeded('consents') };
}

/** Whether a mail may look at a trait; told by the source alone, as `needsOf`. */
export function mayReadTrait(prepared: PreparedMail, { blocks = [] }: MailTemplate, trait: string): boolean {
  if (prepared.feeds.length > 0 || !namesSeen(prepared)) return true;
  const conditions = JSON.stringify(blocks.flatMap(({ variants }) => variants.map(({ when }) => when)));
  const paths = prepared.parts.flatMap(({ outline }) => outline.tokens.flatMap((token) => token.paths));
  const ways = ['profile', 'profile.traits', `profile.traits.${trait}`, trait];
  const leadsTo = (path: string): boolean =>
    ways.some((way) => path === way || path.startsWith(`${way}[*]`)) ||
    ways.slice(2).some((way) => path.startsWith(`${way}.`));
  return conditions.includes(trait) || paths.some(leadsTo);
}

/** The names at the top of the context that a mail may look at; undefined where the source leaves it open. */
export function namesSeen({ parts }: PreparedMail): ReadonlySet<string> | undefined {
  const names = new Set(['feeds']); // which helpers read by themselves
  for (const { paths } of parts.flatMap(({ outline }) => outline.tokens)) {
    if (paths.length === 0) return undefined;
    for (const path of paths) {
      const [, name = ''] = /^(.*?)(?:\[\*\]|\.|$)/s.exec(path) ?? [];
      if (name === '') return undefined;
      names.add(name);
    }
  }
  return names;
}

/** A context with some of its names. */
export function onlyNames(context: object, names: ReadonlySet<string> | undefined): object {
  if (!names) return context;
  return Object.fromEntries(Object.entries(context).filter(([name]) => names.has(name)));
}
