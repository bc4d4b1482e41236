import { Injectable } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';
import { Sandbox } from '../sandbox/index.ts';
import type { RenderOutcome } from '../tokens/index.ts';
import { chosenVariants, variantChooser } from './chosen-block.ts';
import type { MailPart } from './composed.ts';
import { InjectContentSource, type ContentSource } from './content-source.ts';
import { contextOf, sharedContextOf, type TemplateContext } from './context.ts';
import { localeFor, timeZoneFor } from './languages.ts';
import { LeanRows } from './lean-rows.ts';
import { MailCounter } from './mail-counter.ts';
import type { MailRow } from './mail-row.ts';
import type { MailTemplate } from './mail-template.ts';
import { namesSeen, onlyNames } from './needs.ts';
import { valuesOf, workOf, type ComposeOptions, type Occasion, type ReadyPerson } from './occasion.ts';
import { leftOut, outcomeOf, type ComposedMail, type Outcome } from './outcome.ts';
import { Preparer } from './preparer.ts';
import type { Recipient } from './recipient.ts';
import { renderApart } from './render-apart.ts';
import { valueOf } from './value-of.ts';

export interface ComposeRequest extends MailTemplate, Recipient {
  /** What `now` is; orders and events after it are left out. */
  clock: Date;
}

/** By part what one person's mail shows, or why there is none. */
export type MailOutcomes = { shown: Partial<Record<MailPart, RenderOutcome[]>> } | { failed: string };

/** People whose mails are rendered together. */
const batchSize = 50;

/** The one way by which a mail comes into being: previews, preflights, test mails, shared links and exports all use it. */
@Injectable()
export class Composer {
  constructor(
    private readonly sandbox: Sandbox,
    private readonly preparer: Preparer,
    @InjectContentSource() private readonly source: ContentSource,
  ) {}

  /**
   * A mail for one person, with the story of each token.
   * @throws MillraceError `template_invalid`, `template_too_large`, `template_failed`, `template_timeout`
   */
  async compose({ clock, ...request }: ComposeRequest): Promise<ComposedMail> {
    const occasion = await this.#occasion(request, { clock, tokens: true });
    const [outcome] = await this.#composeBatch(occasion, [request]);
    if (outcome && 'mail' in outcome) return outcome.mail;
    throw outcome?.error ?? leftOut();
  }

  /**
   * One version of a template for many people, in their order. At most two batches of 50 are held; a person whose mail fails has the
   * error instead.
   * @throws MillraceError as `compose` does when the template itself is at fault, and `template_timeout` when it takes too long for many
   */
  async *composeAll(
    template: MailTemplate,
    recipients: AsyncIterable<Recipient> | Iterable<Recipient>,
    options: ComposeOptions,
  ): AsyncGenerator<Outcome> {
    const occasion = await this.#occasion(template, options);
    let rendering: Promise<Outcome[]> | undefined;
    try {
      for await (const batch of inBatches(recipients)) {
        const former = rendering; // it renders while the next people are read
        rendering = this.#composeBatch(occasion, batch);
        rendering.catch(() => undefined); // awaited below
        if (former) yield* await former;
      }
      if (rendering) yield* await rendering;
    } finally {
      await rendering?.catch(() => undefined);
    }
  }

  async #occasion(template: MailTemplate, options: ComposeOptions): Promise<Occasion> {
    const prepared = await this.preparer.prepare(template);
    const [feeds, defaultLocale] = await Promise.all([this.source.feeds(prepared.feeds), this.source.defaultLocale()]);
    const choose = variantChooser(template.blocks ?? [], options.clock);
    return { template, prepared, feeds, defaultLocale, choose, options };
  }

  /**
   * What conditions chose and which tokens were missing in the mails of some people; instead of the mails.
   * @throws MillraceError as `composeAll` does
   */
  async outcomes(template: MailTemplate, recipients: Recipient[], clock: Date): Promise<MailOutcomes[]> {
    const occasion = await this.#occasion(template, { clock, plainText: false });
    const { prepared } = occasion;
    const people = await Promise.all(recipients.map((recipient) => this.#personOf(occasion, recipient)));
    const rows = await renderApart(this.sandbox, { ...workOf(occasion, people), outcomes: true });
    return rows.map((row) => {
      if (row instanceof MillraceError) return { failed: row.code };
      if (row.fault) return { failed: row.fault.code };
      return {
        shown: Object.fromEntries(prepared.parts.map(({ name }, index) => [name, row.outcomes?.[index] ?? []])),
      };
    });
  }

  /**
   * Counts what would be in the mails of many people: composed as by `composeAll`, of which only what is counted comes back.
   * @param sandbox where they are rendered (default: where all else is)
   * @throws MillraceError as `composeAll` does
   */
  async counter(template: MailTemplate, clock: Date, sandbox = this.sandbox): Promise<MailCounter> {
    const occasion = await this.#occasion(template, { clock, plainText: false });
    const { prepared, defaultLocale } = occasion;
    const names = namesSeen(prepared); // what no tag can see need not reach the sandbox
    const varied = template.blocks?.filter(({ variants }) => variants.length > 0) ?? [];
    const defaults = Object.fromEntries(varied.map(({ slug }) => [slug, '']));
    const takesMore = prepared.strings.length > 0 || prepared.feeds.length > 0 || varied.length > 0;
    const lean = names && !takesMore ? new LeanRows({ clock, defaultLocale, names }) : undefined;
    const rowOf = (recipient: Recipient): Promise<MailRow> => this.#rowOf(occasion, recipient, names);
    const { rows: _none, frames: _of, ...work } = workOf(occasion, []);
    return new MailCounter(sandbox, prepared, { work, defaults, rowOf, ...(lean && { lean }) });
  }

  async #rowOf(occasion: Occasion, recipient: Recipient, names: ReadonlySet<string> | undefined): Promise<MailRow> {
    const { context, frame, feeds } = await this.#personOf(occasion, recipient, sharedContextOf);
    const text = JSON.stringify(onlyNames(context, names));
    return { text, frame, ...(feeds.length > 0 && { feeds: valuesOf(feeds) }) };
  }

  async #composeBatch(occasion: Occasion, recipients: Recipient[]): Promise<Outcome[]> {
    const people = await Promise.all(recipients.map((recipient) => this.#personOf(occasion, recipient)));
    const rows = await renderApart(this.sandbox, workOf(occasion, people));
    return people.map((person, index) => outcomeOf(occasion, person, rows[index]));
  }

  async #personOf(occasion: Occasion, recipient: Recipient, makeContext = contextOf): Promise<ReadyPerson> {
    const { prepared, feeds, defaultLocale, choose, options } = occasion;
    const { person, locale: asked, timeZone: zone, data, unsubscribeUrl } = recipient;
    const context: TemplateContext = Object.assign(makeContext(person, options.clock, unsubscribeUrl), data);
    const chosen = localeFor(person, asked, defaultLocale);
    const blocks = choose(context);
    const [texts, own] = await Promise.all([
      this.source.texts(chosen.locale, prepared.strings, defaultLocale),
      feeds.of(valueOf(context)),
    ]);
    const timeZone = timeZoneFor(person, zone);
    const frame = { locale: chosen.locale, timeZone, ...texts, variants: chosenVariants(blocks) };
    return { recipient, context, chosen, frame, feeds: own, blocks };
  }
}

async function* inBatches(recipients: AsyncIterable<Recipient> | Iterable<Recipient>): AsyncGenerator<Recipient[]> {
  let batch: Recipient[] = [];
  for await (const recipient of recipients) {
    batch.push(recipient);
    if (batch.length < batchSize) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
