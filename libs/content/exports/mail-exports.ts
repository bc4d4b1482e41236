import { Inject, Injectable, Optional } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';
import { contentHash, encodeCursor } from '#platform';
import { Profiles, type Person } from '#profiles';
import { Composer, needsOf, Preparer, type Recipient } from '../compose/index.ts';
import { addresseeOf, NotSent, PageReader, PreflightGate, PreflightKeys } from '../preflight/index.ts';
import { Templates, type ChosenTemplate } from '../templates/index.ts';
import { UNSUBSCRIBE_LINKS, type UnsubscribeLinksFor } from '../unsubscribe-links.ts';
import { exportedMail, type ExportedMail } from './exported-mail.ts';

export interface MailExportRequest {
  /** Id or slug. */
  template: string;
  /** Default: the newest. */
  version?: number;
  /** Slug; default: everybody. */
  audience?: string;
  /** Id of the profile behind which it goes on. */
  after?: string;
}

/** Somebody who gets no mail: `denied`, `no_consent`, `no_address`, `skipped` by the template, or the code of an error. */
export interface LeftOut {
  profile: string;
  reason: string;
  message: string;
}

/** Some people by age, and where to go on. */
export interface ExportPage {
  mails: ExportedMail[];
  leftOut: LeftOut[];
  /** Id of the last person. */
  after: string;
}

const pageSize = 100;

/** Composes the mails of an audience for other systems to send. */
@Injectable()
export class MailExports {
  constructor(
    private readonly templates: Templates,
    private readonly gate: PreflightGate,
    private readonly keys: PreflightKeys,
    private readonly preparer: Preparer,
    private readonly composer: Composer,
    private readonly profiles: Profiles,
    private readonly notSent: NotSent,
    @Optional() @Inject(UNSUBSCRIBE_LINKS) private readonly linksFor?: UnsubscribeLinksFor,
  ) {}

  /** The version that goes out. @throws MillraceError `template_not_found`, `bad_request` for what is not published, or not for e-mail */
  async choose({ template, version }: Pick<MailExportRequest, 'template' | 'version'>): Promise<ChosenTemplate> {
    const { published } = await this.templates.get(template);
    if (published === null)
      throw new MillraceError('bad_request', 'Only published versions are exported: publish the template first.');
    const chosen = await this.templates.choose(template, version ?? published);
    if (chosen.channel === 'email') return chosen;
    throw new MillraceError(
      'bad_request',
      `The template is for the channel "${chosen.channel}": only mails are exported.`,
    );
  }

  /**
   * Tells what is exported: another hash is other mails, or other people.
   * @throws MillraceError `not_found` for the audience; when the template is at fault
   */
  async hashOf(chosen: ChosenTemplate, audience?: string): Promise<string> {
    const [content, asked] = await Promise.all([
      this.keys.ofContent(chosen),
      audience === undefined ? undefined : this.keys.ofAudience(audience),
    ]);
    return contentHash([content, asked?.hash ?? null]);
  }

  /** @throws MillraceError `preflight_required`, `preflight_exceeded` */
  async passGate(chosen: ChosenTemplate, audience?: string): Promise<void> {
    await this.gate.require(chosen, audience);
  }

  /**
   * Page by page, so that whoever takes them says how fast. Consent is read right before a page is composed.
   * @throws MillraceError when the template itself is at fault
   */
  async *pages(
    { parts, blocks, channel, purpose }: ChosenTemplate,
    { audience, after }: Pick<MailExportRequest, 'audience' | 'after'>,
    clock: Date,
  ): AsyncGenerator<ExportPage> {
    const template = { ...parts, blocks };
    const needs = needsOf(await this.preparer.prepare(template), template);
    const reader = new PageReader(this.profiles, {
      audience: audience ?? null,
      sight: 'unmasked',
      needs,
      size: pageSize,
      keep: (person) => person,
      ready: (people) => Promise.resolve(people),
    });
    let cursor = after === undefined ? undefined : encodeCursor(after);
    for (;;) {
      const { data, next } = await reader.take(cursor);
      const last = data.at(-1);
      if (!last) return;
      const reasons = await this.notSent.reasons(
        data.map((person) => addresseeOf(person, channel)),
        channel,
        purpose,
      );
      const page: ExportPage = { mails: [], leftOut: [], after: last.profile.id };
      for (const { profile } of data) {
        const reason = reasons.get(profile.id);
        if (reason !== undefined) page.leftOut.push(leftOut(profile.id, reason, `Not sent: ${reason}.`));
      }
      const allowed = data.filter(({ profile }) => !reasons.has(profile.id));
      const recipients = allowed.map((person) => this.#recipient(person, channel, purpose));
      for await (const outcome of this.composer.composeAll(template, recipients, { clock })) {
        const { person } = outcome.recipient;
        const { id } = person.profile;
        if ('error' in outcome) page.leftOut.push(leftOut(id, outcome.error.code, outcome.error.message));
        else if (outcome.mail.notSent) page.leftOut.push(leftOut(id, 'skipped', outcome.mail.notSent.reason));
        else {
          const to = addressOf(person);
          page.mails.push(exportedMail(person, to, outcome.mail, this.linksFor?.(to, channel, purpose).headers ?? {}));
        }
      }
      yield page;
      if (next === null) return;
      cursor = next;
    }
  }

  #recipient(person: Person, channel: string, purpose: string): Recipient {
    const link = this.linksFor?.(addressOf(person), channel, purpose).url;
    return { person, ...(link !== undefined && { unsubscribeUrl: link }) };
  }
}

/** The best one: identities are in the order of their priority. */
function addressOf({ profile }: Person): string {
  return profile.identities.find(({ kind }) => kind === 'email')?.value ?? '';
}

function leftOut(profile: string, reason: string, message: string): LeftOut {
  return { profile, reason, message };
}
