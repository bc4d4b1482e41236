import { Inject, Injectable, Optional } from '@nestjs/common';
import { MillraceError, type Json } from '@millrace/sdk';
import { contentHash, Settings } from '#platform';
import { momentOf, Permissions, Profiles, TraitSettings, type Permission, type Person, type Sight } from '#profiles';
import { Composer, type Composed, type TemplateContext } from '../compose/index.ts';
import { Templates, type ChosenTemplate, type GivenTemplate } from '../templates/index.ts';
import { CONNECTION_NAMES, withConnectionNames, type ConnectionNames } from './connection-names.ts';
import { EdgeCases } from './edge-cases.ts';
import { withEvent, type HypotheticalEvent } from './hypothetical-event.ts';
import { inertUnsubscribeUrl } from './inert-unsubscribe-url.ts';
import { outdatedTraits, traitsShown } from './outdated-traits.ts';
import { PreviewStore } from './preview-store.ts';
import type { PreviewedMail, PreviewVersions } from './previewed-mail.ts';
import { wouldNotBeSent } from './would-not-be-sent.ts';
import { nameOf, samplePerson, withChanges, type JsonObject } from './sample-person.ts';

export interface PreviewRequest extends GivenTemplate {
  identity?: string;
  /** `random`, `edge` (somebody for whom the mail shows the worst of itself), or the data of a made-up person. */
  sample?: 'random' | 'edge' | JsonObject;
  /** ISO text (default: now): the clock, and the moment that people are shown as of. */
  asOf?: string;
  /** Traits by name, to see what the mail would be. */
  changes?: JsonObject;
  /** Something that did not happen, as the person's newest event. */
  event?: HypotheticalEvent;
  locale?: string;
}

export interface Preview extends Composed {
  /** For comparing it with another one, for 15 minutes. */
  id: string;
  /** Sensitive traits are shown as a mask; so the hash is that of the masked mail. */
  masked: boolean;
  versions: PreviewVersions;
  /** Whether the mail might be sent to this person; null for somebody made up. */
  permission: Permission | null;
  /** A link that a browser can open, good for 15 minutes. */
  page: string;
}

/** What a preview is before it is kept. */
export interface PersonalMail {
  mail: PreviewedMail;
  /** Whether the mail might be sent to this person; null for somebody made up. */
  permission: Permission | null;
  template: ChosenTemplate;
}

interface Audience {
  person: Person;
  data?: Partial<TemplateContext>;
  sample: boolean;
}

/** Shows a mail as one person would get it. */
@Injectable()
export class PreviewService {
  constructor(
    private readonly templates: Templates,
    private readonly profiles: Profiles,
    private readonly composer: Composer,
    private readonly store: PreviewStore,
    private readonly permissions: Permissions,
    private readonly settings: Settings,
    private readonly traitSettings: TraitSettings,
    private readonly edgeCases: EdgeCases,
    @Optional() @Inject(CONNECTION_NAMES) private readonly connectionNames?: ConnectionNames,
  ) {}

  /** @throws MillraceError `bad_request`, `profile_not_found`, `history_expired`, `template_not_found`, and what composing throws */
  async preview(request: PreviewRequest, sight: Sight = 'masked'): Promise<Preview> {
    const { mail, permission } = await this.compose(request, sight);
    const kept = await this.store.keep(mail);
    const { name: _, person: __, ...composed } = mail;
    return { ...composed, permission, ...kept };
  }

  /** The mail that a preview shows, which test mails and shared links are made of, too. Throws as `preview` does. */
  async compose(request: PreviewRequest, sight: Sight): Promise<PersonalMail> {
    const asOf = request.asOf === undefined ? undefined : momentOf(request.asOf);
    const clock = asOf ?? new Date();
    const chosen = await this.templates.given(request);
    const { person, data, sample } = await this.#person(request, chosen, { asOf, clock, sight });
    const changes = request.changes ?? {};
    const had = withChanges(person, changes);
    const changed = request.event ? withEvent(had, request.event, clock) : had;
    const { feeds, strings, defaultLocale, ...mail } = await this.composer.compose({
      ...chosen.parts,
      blocks: chosen.blocks,
      person: changed,
      clock,
      locale: request.locale,
      data,
      sample,
      changed: new Set(Object.keys(changes)),
      unsubscribeUrl: inertUnsubscribeUrl(this.settings.publicUrl),
    });
    const permission = sample ? null : await this.#permission(person, chosen);
    const limits = await this.traitSettings.freshness(traitsShown(mail.tokens));
    const composed = {
      ...mail,
      tokens: await withConnectionNames(mail.tokens, this.connectionNames),
      warnings: [...wouldNotBeSent(permission), ...mail.warnings, ...outdatedTraits(mail.tokens, limits, clock)],
      masked: person.profile.masked.length > 0,
    };
    const { id, version, revision } = chosen;
    const versions: PreviewVersions = {
      template: id === '' ? null : { id, version, revision },
      parts: contentHash(chosen.parts),
      blocks: chosen.blocks.map((block) => pick(block)),
      profile: sample ? null : { id: person.profile.id, version: person.profile.version },
      person: contentHash([changed, data]),
      clock: clock.toISOString(),
      locale: mail.locale,
      defaultLocale,
      strings: contentHash(strings),
      feeds: feeds.map(({ value: _, problem: __, ...seen }) => seen),
    };
    return {
      mail: { ...composed, name: chosen.name, person: nameOf(changed), versions },
      permission,
      template: chosen,
    };
  }

  #permission({ profile }: Person, { channel, purpose }: ChosenTemplate): Promise<Permission> {
    const identities = profile.identities.map(({ key }) => key);
    return this.permissions.mayContact({ id: profile.id, identities }, channel, purpose);
  }

  async #person(
    { identity, sample }: PreviewRequest,
    { parts, blocks }: ChosenTemplate,
    { asOf, clock, sight }: { asOf: Date | undefined; clock: Date; sight: Sight },
  ): Promise<Audience> {
    if ((identity === undefined) === (sample === undefined)) {
      throw new MillraceError(
        'bad_request',
        'Say for whom: either `identity` (such as "email:ann@example.com"), or `sample` ("random", "edge", or made-up data).',
      );
    }
    if (identity !== undefined) return { person: await this.profiles.person(identity, asOf, sight), sample: false };
    if (sample === 'random') return { person: await this.profiles.sample(asOf, sight), sample: false };
    if (sample === 'edge') {
      const id = await this.edgeCases.find({ ...parts, blocks }, clock);
      return { person: await this.profiles.person(id, asOf, sight), sample: false };
    }
    return { ...samplePerson(sample as Record<string, Json>), sample: true };
  }
}

function pick({ slug, version, revision, hash }: ChosenTemplate['blocks'][number]): PreviewVersions['blocks'][number] {
  return { slug, version, revision, hash };
}
