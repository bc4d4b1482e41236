import { describeCondition, MillraceError } from '@millrace/sdk';
import { UsedBlocks } from '../blocks/index.ts';
import { Composer, Preparer, writtenParts, type ComposedMail, type MailTemplate } from '../compose/index.ts';
import { inertUnsubscribeUrl, samplePerson, type JsonObject } from '../preview/index.ts';
import { Sandbox } from '../sandbox/index.ts';
import { GivenBlocks, GivenSource, type GivenContent } from './given-content.ts';

/** What hmacSHA1 and hmacSHA256 sign with: results are compared and kept in git, where no secret belongs. */
const offlineHmacSecret = 'content-test';

/** Composes mails of content that is in hand, by the one compose path, without a server or a database. `close` ends its processes. */
export class OfflineMails {
  readonly #sandbox = new Sandbox({ hmacSecret: offlineHmacSecret });
  readonly #composer: Composer;
  readonly #preparer: Preparer;
  readonly #blocks: UsedBlocks;
  readonly #templates = new Map<string, Promise<MailTemplate>>();

  constructor(private readonly content: GivenContent) {
    this.#preparer = new Preparer(this.#sandbox);
    this.#composer = new Composer(this.#sandbox, this.#preparer, new GivenSource(content));
    this.#blocks = new UsedBlocks(new GivenBlocks(content.blocks));
    for (const { variants = [] } of Object.values(content.blocks ?? {}))
      for (const { when } of variants) describeCondition(when);
  }

  /**
   * The draft's mail for somebody made up.
   *
   * @param data traits; reserved names such as `orders` are what the template sees under them
   * @throws MillraceError `template_not_found`, and what composing throws, with the place
   */
  async compose(slug: string, data: JsonObject, clock: Date): Promise<ComposedMail> {
    const { person, data: given } = samplePerson(data);
    return this.#composer.compose({
      ...(await this.#template(slug)),
      person,
      data: given,
      sample: true,
      clock,
      unsubscribeUrl: inertUnsubscribeUrl('https://millrace.example.com'),
    });
  }

  close(): Promise<void> {
    return this.#sandbox.close();
  }

  #template(slug: string): Promise<MailTemplate> {
    const template = this.#templates.get(slug) ?? this.#checked(slug);
    this.#templates.set(slug, template);
    return template;
  }

  /** As if it were saved. */
  async #checked(slug: string): Promise<MailTemplate> {
    const parts = Object.hasOwn(this.content.templates, slug) ? this.content.templates[slug] : undefined;
    if (!parts)
      throw new MillraceError('template_not_found', `There is no template "${slug}". Add it, or leave it out.`);
    const written = writtenParts(parts);
    const checked = await this.#sandbox.check(written);
    const named = checked.map(({ blocks }, index) => ({ name: written[index]?.name ?? 'source', uses: blocks }));
    return { ...parts, blocks: await this.#blocks.checked(named) };
  }
}
