import { Inject, Injectable, Optional } from '@nestjs/common';
import { MillraceError, type Json } from '@millrace/sdk';
import { contentHash, Settings, withComposedNames } from '#platform';
import { momentOf, Permissions, Profiles, TraitSettings, type Permission, type Person, type Sight } from '#profiles';
import { Composer, needsOf, Preparer, type Composed, type Needs, type TemplateContext } from '../compose/index.ts';
import { Templates, type ChosenTemplate, type GivenTemplate } from '../templates/index.ts';
import { CONNECTION_NAMES, connectionsIn, withConnectionNames, type ConnectionNames } from './connection-names.ts';
import { EdgeCases } from './edge-cases.ts';
import { withEvent, type HypotheticalEvent } from './hypothetical-event.ts';
import { inertUnsubscribeUrl } from './inert-unsubscribe-url.ts';
import { outdatedTraits } from './outdated-traits.ts';
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
  /** What of the person was read, beside the profile. */
  read: Needs;
}

const all: Needs = { orders: true, events: true, consents: true };

/** What a preview tells beside the mail. */
interface LookedUp {
  permission: Permission | null;
  /** How old values may be, by trait. */
  limits: ReadonlyMap<string, string>;
  /** Of connections. */
  names: ReadonlyMap<string, string>;
  hashes: Pick<PreviewVersions, 'parts' | 'person'>;
}

/** Shows a mail as one person would get it. */
@Injectable()
export class PreviewService {
  constructor(
    private readonly templates: Templates,
    private readonly profiles: Profiles,
    private readonly composer: Composer,
    private readonly preparer: Preparer,
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
    const kept = this.store.keep(mail);
    const { name: _, person: __, ...composed } = mail;
    return { ...composed, permission, ...kept };
  }

  /** The mail that a preview shows, which test mails and shared links are made of, too. Throws as `preview` does. */
  async compose(request: PreviewRequest, sight: Sight): Promise<PersonalMail> {
    const asOf = request.asOf === undefined ? undefined : momentOf(request.asOf);
    const clock = asOf ?? new Date();
    const given = this.templates.given(request);
    const [chosen, { person, data, sample, read }] = await Promise.all([
      given,
      this.#person(request, given, { asOf, clock, sight }),
    ]);
    const changes = withComposedNames(request.changes ?? {});
    const had = withChanges(person, changes);
    const changed = request.event ? withEvent(had, request.event, clock) : had;
    const composing = this.composer.compose({
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
    const lookingUp = this.#lookUp(person, chosen, { sample, seen: seenOf(changed, data, read) });
    const [{ feeds, strings, defaultLocale, ...mail }, { permission, limits, names, hashes }] = await Promise.all([
      composing,
      lookingUp,
    ]);
    const composed = {
      ...mail,
      tokens: withConnectionNames(mail.tokens, names),
      warnings: [...wouldNotBeSent(permission), ...mail.warnings, ...outdatedTraits(mail.tokens, limits, clock)],
      masked: person.profile.masked.length > 0,
    };
    const { id, version, revision } = chosen;
    const versions: PreviewVersions = {
      template: id === '' ? null : { id, version, revision },
      blocks: chosen.blocks.map((block) => pick(block)),
      profile: sample ? null : { id: person.profile.id, version: person.profile.version },
      ...hashes,
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

  async #lookUp(
    person: Person,
    chosen: ChosenTemplate,
    { sample, seen }: { sample: boolean; seen: Record<string, unknown> },
  ): Promise<LookedUp> {
    await new Promise(setImmediate); // the sandbox gets its work first: all this is done while it renders
    const asking = Promise.all([
      sample ? null : this.#permission(person, chosen),
      this.traitSettings.freshness(),
      this.#connectionNames(person),
    ]);
    const hashes = { parts: contentHash(chosen.parts), person: hashesOf(seen) };
    const [permission, limits, names] = await asking;
    return { permission, limits, names, hashes };
  }

  /** What of the person the mail may look at. */
  async #needs(given: Promise<ChosenTemplate>): Promise<Needs> {
    const { parts, blocks } = await given;
    const template = { ...parts, blocks };
    return needsOf(await this.preparer.prepare(template), template);
  }

  async #connectionNames(person: Person): Promise<ReadonlyMap<string, string>> {
    const ids = connectionsIn(person);
    return ids.length > 0 && this.connectionNames ? this.connectionNames(ids) : new Map();
  }

  #permission({ profile }: Person, { channel, purpose }: ChosenTemplate): Promise<Permission> {
    const identities = profile.identities.map(({ key }) => key);
    return this.permissions.mayContact({ id: profile.id, identities }, channel, purpose);
  }

  async #person(
    { identity, sample }: PreviewRequest,
    given: Promise<ChosenTemplate>,
    { asOf, clock, sight }: { asOf: Date | undefined; clock: Date; sight: Sight },
  ): Promise<Audience> {
    if ((identity === undefined) === (sample === undefined)) {
      throw new MillraceError(
        'bad_request',
        'Say for whom: either `identity` (such as "email:ann@example.com"), or `sample` ("random", "edge", or made-up data).',
      );
    }
    if (identity !== undefined) {
      const needs = this.#needs(given);
      return {
        person: await this.profiles.person(identity, asOf, sight, needs),
        sample: false,
        read: await needs,
      };
    }
    if (sample === 'random') return { person: await this.profiles.sample(asOf, sight), sample: false, read: all };
    if (sample === 'edge') {
      const { parts, blocks } = await given;
      const id = await this.edgeCases.find({ ...parts, blocks }, clock);
      return { person: await this.profiles.person(id, asOf, sight), sample: false, read: all };
    }
    return { ...samplePerson(sample as Record<string, Json>), sample: true, read: all };
  }
}

function pick({ slug, version, revision, hash }: ChosenTemplate['blocks'][number]): PreviewVersions['blocks'][number] {
  return { slug, version, revision, hash };
}

/** What the mail could see of the person, in pieces that can be compared. */
function seenOf({ profile, ...more }: Person, data: Audience['data'], read: Needs): Record<string, unknown> {
  const { orders, events, consents } = more;
  return {
    profile: [profile, data],
    ...(read.orders && { orders }),
    ...(read.events && { events }),
    ...(read.consents && { consents }),
  };
}

function hashesOf(pieces: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(pieces).map(([name, piece]) => [name, contentHash(piece)]));
}
