import type { Json } from '@millrace/sdk';
import type { FeedContent, OpenFeeds } from '../feeds/index.ts';
import type { RenderWork } from '../sandbox/index.ts';
import type { FoundTexts } from '../strings/index.ts';
import type { ChosenBlock, ChooseVariants } from './chosen-block.ts';
import type { TemplateContext } from './context.ts';
import type { ChosenLocale } from './languages.ts';
import type { MailTemplate } from './mail-template.ts';
import type { PreparedMail } from './preparer.ts';
import type { Recipient } from './recipient.ts';

export interface ComposeOptions {
  clock: Date;
  /** Tell each token; this takes a multiple of the time. */
  tokens?: boolean;
  /** Make a plain text where the template has none (default true; about 9 ms a mail). Without it `text` is empty, and so is `hash`. */
  plainText?: boolean;
}

/** What is the same for everybody who gets a mail. */
export interface Occasion {
  template: MailTemplate;
  prepared: PreparedMail;
  feeds: OpenFeeds;
  defaultLocale: string;
  choose: ChooseVariants;
  options: ComposeOptions;
}

/** Somebody, and all that the mail needs of them. */
export interface ReadyPerson {
  recipient: Recipient;
  context: TemplateContext;
  chosen: ChosenLocale;
  /** What feeds say about this person. */
  feeds: FeedContent[];
  frame: FoundTexts & { locale: string; timeZone: string; variants: Record<string, string> };
  blocks: ChosenBlock[];
}

/** What the sandbox is to do for some people. */
export function workOf({ prepared: { parts }, feeds, options }: Occasion, people: readonly ReadyPerson[]): RenderWork {
  const source = parts.findIndex(({ name }) => name === 'source');
  const makesText = (options.plainText ?? true) && !parts.some(({ name }) => name === 'text');
  return {
    parts: parts.map(({ name, source: text, html, css }) => ({
      name,
      source: text,
      html,
      ...(css === 'person' && { inlineCss: true }),
    })),
    rows: people.map(({ context }) => context),
    frame: { locale: 'en', timeZone: 'UTC', now: options.clock.toISOString() },
    frames: people.map(({ frame }) => frame),
    ...(feeds.shared.length > 0 && { common: { feeds: valuesOf(feeds.shared) } }),
    ...(people.some((person) => person.feeds.length > 0) && { feeds: people.map((person) => valuesOf(person.feeds)) }),
    ...(options.tokens && { explain: true }),
    ...(makesText && { plainTextOf: source }),
  };
}

/** What feeds say, by slug. */
export function valuesOf(feeds: readonly FeedContent[]): Record<string, Json> {
  return Object.fromEntries(feeds.map(({ slug, value }) => [slug, value]));
}
