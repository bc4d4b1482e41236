import { Inject, Injectable, Optional } from '@nestjs/common';
import { MillraceError, messageOf as textOf, type Json } from '@millrace/sdk';
import type { KeyHolder } from '#access';
import { listOf, Network, newId, RequestCounts, sendMail, Settings, textAfter, type List } from '#platform';
import { describePermission, sightOf, splitIdentity } from '#profiles';
import { PreviewService, type PersonalMail, type PreviewRequest } from '../preview/index.ts';
import { Templates } from '../templates/index.ts';
import { UNSUBSCRIBE_LINKS, type UnsubscribeLinksFor } from '../unsubscribe-links.ts';
import { AllowedRecipients } from './allowed-recipients.ts';
import { messageOf } from './message.ts';
import { TestSendStore } from './test-send-store.ts';
import { testSendView, type TestSendView } from './test-send-view.ts';
import type { StoredTestSend } from './test-send.schema.ts';

export interface TestSendRequest extends PreviewRequest {
  /** An address that may get test mails. */
  to: string;
}

const day = 86_400_000;
const keptDays = 90;
const mostPerMinute = 60;
const advice = 'Check the setting MILLRACE_SMTP_URL, and try again.';

/** Sends a mail as one person would get it to somebody of the team. */
@Injectable()
export class TestSends {
  readonly #ownNetwork = new Network({ allowPrivateAddresses: true }); // the installation's own relay may well be inside

  constructor(
    private readonly allowed: AllowedRecipients,
    private readonly previews: PreviewService,
    private readonly templates: Templates,
    private readonly store: TestSendStore,
    private readonly counts: RequestCounts,
    private readonly settings: Settings,
    @Optional() @Inject(UNSUBSCRIBE_LINKS) private readonly unsubscribeLinks?: UnsubscribeLinksFor,
  ) {}

  /**
   * The very mail that a preview for the same key shows, with its hash; links in it that unsubscribe are inert, and its List-Unsubscribe headers are the
   * recipient's own, so that a test never acts on the person.
   * @throws MillraceError `recipient_not_allowed`, `would_not_be_sent`, `rate_limited`, `invalid_config`, what composing throws and what the mail server says
   */
  async send({ to, ...request }: TestSendRequest, by: KeyHolder): Promise<TestSendView> {
    this.allowed.require(to);
    const { url, from } = this.#way();
    await this.counts.count('test sends', by.id, mostPerMinute);
    const personal = await this.previews.compose(request, sightOf(by));
    refuseUnsent(personal);
    const record = recordOf(personal, to, by);
    await this.store.add(record);
    const { channel, purpose } = personal.template;
    const message = messageOf(personal.mail, {
      id: record._id,
      from,
      to,
      domain: new URL(this.settings.publicUrl).hostname,
      unsubscribe: this.unsubscribeLinks?.(to, channel, purpose).headers ?? {},
    });
    try {
      const answer = await sendMail({ url, network: this.#ownNetwork, advice }, message);
      return testSendView(await this.#ended(record, { state: 'sent', answer }));
    } catch (error) {
      const { code, message: said } =
        error instanceof MillraceError ? error : ({ code: 'internal', message: textOf(error) } as const);
      await this.#ended(record, { state: 'failed', error: { code, message: said } });
      throw error;
    }
  }

  /** Newest first; of one template (id or slug), or all. */
  async list(
    ref: string | undefined,
    { after, limit }: { after?: string; limit: number },
  ): Promise<List<TestSendView>> {
    const template = ref === undefined ? undefined : (await this.templates.require(ref))._id;
    const found = await this.store.page(template, textAfter(after), limit + 1);
    return listOf(found, limit, testSendView, ({ _id }) => _id);
  }

  /** @throws MillraceError `not_found` */
  async get(id: string): Promise<TestSendView> {
    const found = await this.store.find(id);
    if (found) return testSendView(found);
    throw new MillraceError(
      'not_found',
      `There is no test mail "${id}", or not any more: they are kept for ${keptDays} days.`,
    );
  }

  /** Of people who are erased: by their profiles and identities. Gives how many there were. */
  forget(profiles: readonly string[], identities: readonly string[]): Promise<number> {
    return this.store.forget(profiles, addressesIn(identities));
  }

  /** Test mails with a person's data, and those that went to them, for the person to read. */
  async *export(profiles: readonly string[], identities: readonly string[]): AsyncGenerator<Json> {
    const own = addressesIn(identities);
    for await (const { to, profile, template, masked, state, at } of this.store.ofPeople(profiles, own)) {
      const withYourData = profile !== undefined && profiles.includes(profile);
      yield {
        ...{ at: at.toISOString(), template: template.name, state, toYou: own.includes(to), withYourData },
        ...(withYourData && { masked }),
      };
    }
  }

  async #ended(
    record: StoredTestSend,
    end: Pick<StoredTestSend, 'state' | 'answer' | 'error'>,
  ): Promise<StoredTestSend> {
    await this.store.end(record._id, end);
    return { ...record, ...end };
  }

  #way(): { url: string; from: string } {
    const { smtpUrl: url, mailFrom: from } = this.settings;
    if (url === undefined)
      throw new MillraceError(
        'invalid_config',
        'No mail server is known: whoever runs Millrace sets MILLRACE_SMTP_URL.',
      );
    if (from === undefined)
      throw new MillraceError('invalid_config', 'No sender is known: whoever runs Millrace sets MILLRACE_MAIL_FROM.');
    return { url, from };
  }
}

function refuseUnsent({ mail, permission, template }: PersonalMail): void {
  if (template.channel !== 'email')
    throw new MillraceError(
      'bad_request',
      `The template is for the channel "${template.channel}": only those for "email" can be sent as a test mail.`,
    );
  if (permission !== null && !permission.allowed)
    throw new MillraceError(
      'would_not_be_sent',
      `Nothing was sent: ${describePermission(permission)}. Choose somebody else, or made-up data.`,
      { details: { reason: permission.reason } },
    );
  if (mail.notSent)
    throw new MillraceError(
      'would_not_be_sent',
      `Nothing was sent: the template skips this person (${mail.notSent.reason}).`,
      {
        details: { reason: 'skipped' },
      },
    );
}

function recordOf({ mail, template }: PersonalMail, to: string, { id, name }: KeyHolder): StoredTestSend {
  const at = new Date();
  const profile = mail.versions.profile?.id;
  return {
    _id: newId('tst'),
    to: to.toLowerCase(),
    ...(profile !== undefined && { profile }),
    template: { id: template.id, name: template.name, version: template.version, revision: template.revision },
    hash: mail.hash,
    masked: mail.masked,
    state: 'sending',
    by: { id, name },
    at,
    expiresAt: new Date(at.getTime() + keptDays * day),
  };
}

function addressesIn(identities: readonly string[]): string[] {
  return identities.map(splitIdentity).flatMap(({ kind, value }) => (kind === 'email' ? [value] : []));
}
