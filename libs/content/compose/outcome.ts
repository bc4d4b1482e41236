import { MillraceError } from '@millrace/sdk';
import type { FeedContent } from '../feeds/index.ts';
import type { RenderedRow } from '../sandbox/index.ts';
import { assemble } from './assemble.ts';
import type { Composed, Warning } from './composed.ts';
import type { Occasion, ReadyPerson } from './occasion.ts';
import { originFinder } from './origin-finder.ts';
import type { PreparedMail } from './preparer.ts';
import type { Recipient } from './recipient.ts';
import { warningsOf } from './warnings.ts';
import { writtenError } from './written-place.ts';

/** A mail, and what it took from elsewhere than the person. */
export interface ComposedMail extends Composed {
  feeds: FeedContent[];
  /** Texts of the locale by key. */
  strings: Record<string, string>;
  defaultLocale: string;
}

/** A mail, or why there is none. */
export type Outcome = { recipient: Recipient; mail: ComposedMail } | { recipient: Recipient; error: MillraceError };

/** What the sandbox gave for a person, as a mail or as the reason why there is none. */
export function outcomeOf(
  { template, prepared, feeds: { shared }, options, defaultLocale }: Occasion,
  { recipient, context, chosen, frame, feeds: own, blocks }: ReadyPerson,
  row: RenderedRow | MillraceError | undefined,
): Outcome {
  if (row instanceof MillraceError) return { recipient, error: row };
  if (!row) return { recipient, error: leftOut() };
  if (row.fault) return { recipient, error: writtenError(prepared, row.fault) };
  const feeds = [...shared, ...own];
  const originOf = originFinder(recipient, context, feeds);
  const [orders, events] = [context.orders, context.events].map((list) => (Array.isArray(list) ? list.length : 0));
  const { strings } = frame;
  const hashed = options.plainText ?? true;
  const surroundings = { ...chosen, blocks, hashed, originOf, orders: orders ?? 0, events: events ?? 0 };
  const composed = assemble(prepared, row, surroundings);
  const mail = { ...composed, feeds, strings, defaultLocale };
  if (!options.tokens) return { recipient, mail };
  const warnings = [
    ...mail.warnings,
    ...aboutFeeds(feeds),
    ...aboutMjml(prepared),
    ...warningsOf(template, mail, mail.tokens, prepared.parts),
  ];
  return { recipient, mail: { ...mail, warnings } };
}

export function leftOut(): MillraceError {
  return new MillraceError(
    'internal',
    'The sandbox gave no mail for this person: try again, and report it if it happens again.',
  );
}

function aboutFeeds(feeds: readonly FeedContent[]): Warning[] {
  return feeds.flatMap(({ problem }) => (problem === undefined ? [] : [{ code: 'feed_failed', message: problem }]));
}

function aboutMjml({ parts }: PreparedMail): Warning[] {
  return parts.flatMap(({ notes }) => notes.map((message): Warning => ({ code: 'mjml', message, part: 'source' })));
}
