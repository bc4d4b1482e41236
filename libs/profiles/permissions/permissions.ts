import { Injectable, Optional } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { findMany, spellingsOf } from '#platform';
import { Tombstones, type KeptOptOut } from '#tombstones';
import { consentId, consentModel, everyPurpose, type StoredConsent } from '../consents/index.ts';
import { withNationalNumbers, type IdentityKey, type Likeness } from '../identity/index.ts';
import { Purposes, type Purpose } from '../purposes/index.ts';
import { Restrictions } from '../restrictions/index.ts';
import { ProfileSettings } from '../settings/index.ts';
import { nativeCollection, type Collection, type Filter } from '../store/index.ts';
import {
  decide,
  decisions,
  judgePermission,
  type Bar,
  type DecidingChoice,
  type Decision,
  type Permission,
  type PermissionReason,
  type Question,
} from './permission.ts';

/** Somebody: all identities of one person. */
export interface Somebody {
  id: string;
  identities: readonly IdentityKey[];
}

/** Channel → purpose → whether somebody may be written to. */
export type AllowedByChannel = Record<string, Record<string, boolean>>;

type ConsentFilter = Filter<StoredConsent>;
type Barred = ReadonlyMap<IdentityKey, Bar['reason']>;

const usualChannel = 'email';
const mostConsents = 50_000;
/** Of a `DecidingChoice`, what decides. */
const deciding = {
  ...{ _id: 0, identity: 1, channel: 1, purpose: 1, state: 1 },
  ...{ a: 1, o: 1, s: 1, b: 1, h: 1 },
} as const;
/** And what is told of it. */
const evidence = { ...deciding, at: 1, source: 1, k: 1 } as const;

/** Whether people may be written to. Ask right before sending: choices, restrictions and erasures count at once. */
@Injectable()
export class Permissions {
  private readonly consents: Collection<StoredConsent>;

  constructor(
    @InjectModel(consentModel) private readonly model: Model<StoredConsent>,
    private readonly purposes: Purposes,
    private readonly restrictions: Restrictions,
    private readonly settings: ProfileSettings,
    @Optional() private readonly tombstones?: Tombstones,
  ) {
    this.consents = nativeCollection<StoredConsent>(model);
  }

  async mayContact(person: Somebody, channel: string, purpose: string): Promise<Permission> {
    const [asked, { choices, barred }] = await Promise.all([
      this.question(channel, purpose),
      this.known([person], about(channel, purpose), evidence),
    ]);
    return unlessBarred(barOf(barred, person), judgePermission(ofPerson(choices, person), asked));
  }

  /** For a page of people, by id: three reads at most. */
  async mayContactAll(people: readonly Somebody[], channel: string, purpose: string): Promise<Map<string, Decision>> {
    const [asked, { choices, barred }] = await Promise.all([
      this.question(channel, purpose),
      this.known(people, about(channel, purpose), deciding),
    ]);
    const decisionOf = (person: Somebody): Decision => {
      const bar = barOf(barred, person);
      return bar ? decisions[bar.reason] : decide(ofPerson(choices, person), asked).decision;
    };
    return new Map(people.map((person) => [person.id, decisionOf(person)]));
  }

  /**
   * What people have said of a purpose, by id: as a send would read it (the purpose's own choice or that for all of them, whichever is newer; what was
   * said before an erasure; the strictest identity; a restriction is a refusal; where the purpose needs no consent, who may be written to counts as having
   * granted it). Who said nothing of one that needs consent is not there.
   */
  async saidBy(
    people: readonly Somebody[],
    { channel, purpose }: Pick<Permission, 'channel' | 'purpose'>,
  ): Promise<Map<string, 'granted' | 'denied'>> {
    const judged = await this.mayContactAll(people, channel, purpose);
    return new Map(
      [...judged].flatMap(([id, { allowed, reason }]): [string, 'granted' | 'denied'][] =>
        reason === 'no_consent' ? [] : [[id, allowed ? 'granted' : 'denied']],
      ),
    );
  }

  /** Every permission that is known of somebody: each purpose on each channel that they, or the usual one, have. And what stands before all of them. */
  async allOf(person: Somebody): Promise<{ permissions: Permission[]; bar: Bar | undefined }> {
    const [purposes, { choices, barred }] = await Promise.all([
      this.purposes.all(),
      this.known([person], anything, evidence),
    ]);
    const own = ofPerson(choices, person);
    const bar = barOf(barred, person);
    const judged = questionsOf(own, purposes).map((asked) => judgePermission(own, asked));
    return { permissions: judged.map((permission) => unlessBarred(bar, permission)), bar };
  }

  /**
   * By id, whether people may be written to by channel and purpose, as `allOf` has it; those of whom nothing is known share one answer. Who is restricted is not
   * there: their data may not be used.
   */
  async allowedOfAll(people: readonly Somebody[]): Promise<Map<string, AllowedByChannel>> {
    const [purposes, { choices, barred }] = await Promise.all([
      this.purposes.all(),
      this.known(people, anything, deciding),
    ]);
    const silent = allowedBy([], questionsOf([], purposes), undefined);
    const allowed = new Map<string, AllowedByChannel>();
    for (const person of people) {
      if (isRestricted(barred, person)) continue;
      const own = choices.size === 0 ? [] : ofPerson(choices, person);
      const bar = barOf(barred, person);
      const isSilent = own.length === 0 && !bar;
      allowed.set(person.id, isSilent ? silent : allowedBy(own, questionsOf(own, purposes), bar?.reason));
    }
    return allowed;
  }

  private async question(channel: string, purpose: string): Promise<Question> {
    return { channel, purpose, basis: await this.purposes.basisOf(purpose) };
  }

  /** What decides of people, of their choices that a filter finds. */
  private async known(
    people: readonly Somebody[],
    filterOf: (identities: IdentityKey[]) => ConsentFilter,
    fields: typeof deciding,
  ): Promise<{ choices: Map<IdentityKey, DecidingChoice[]>; barred: Barred }> {
    const identities = people.flatMap(keysOf);
    if (identities.length === 0) return { choices: new Map(), barred: new Map() };
    const likeness = this.settings.likenessOf(identities);
    const [choices, barred] = await Promise.all([
      this.choicesOf(identities, likeness, filterOf(identities), fields),
      this.barred(identities, likeness),
    ]);
    return { choices, barred };
  }

  /** Denials first: if ever there were more than can be read, the strict ones count. */
  private async choicesOf(
    identities: readonly IdentityKey[],
    likeness: Promise<Likeness | undefined>,
    filter: ConsentFilter,
    fields: typeof deciding,
  ): Promise<Map<IdentityKey, DecidingChoice[]>> {
    const [stored, alike, kept] = await Promise.all([
      findMany<StoredConsent, DecidingChoice>(this.model.db, this.consents, filter, {
        projection: fields,
        sort: { state: 1 },
        limit: mostConsents,
      }),
      this.refusalsAlike(likeness, fields),
      this.keptOptOuts(identities),
    ]);
    const choices = new Map<IdentityKey, DecidingChoice[]>();
    const add = (choice: DecidingChoice): unknown =>
      choices.get(choice.identity)?.push(choice) ?? choices.set(choice.identity, [choice]);
    for (const consent of [...stored, ...alike]) add(consent);
    for (const [identity, optOuts] of kept) for (const optOut of optOuts) add(keptChoice(identity, optOut));
    return choices;
  }

  /**
   * What was refused under another spelling of the identities, which a policy makes the same: it holds from the moment when the policy is set, and once it has
   * changed again. As their own, so that a newer choice of theirs counts. A grant goes no such way.
   */
  private async refusalsAlike(
    asked: Promise<Likeness | undefined>,
    projection: typeof deciding,
  ): Promise<DecidingChoice[]> {
    const likeness = await asked;
    if (!likeness) return [];
    const filter = { ...likeness.filter('identity'), state: 'denied' } as ConsentFilter;
    const options = { projection, limit: mostConsents };
    const found = await findMany<StoredConsent, DecidingChoice>(this.model.db, this.consents, filter, options);
    return found.flatMap((choice) =>
      likeness.askedAs(choice.identity, choice.a).map((identity) => ({ ...choice, identity })),
    );
  }

  /** Before an erasure; of a number also what was so when nothing told its country. */
  private async keptOptOuts(identities: readonly IdentityKey[]): Promise<Map<IdentityKey, KeptOptOut[]>> {
    if (!(await this.tombstones?.any())) return new Map();
    const { policy } = (await this.settings.rules()).identities;
    const names = new Map(identities.map((one) => [one, withNationalNumbers([one], policy)]));
    const kept = await this.tombstones?.optOutsOf([...names.values()].flat());
    return new Map([...names].map(([one, own]) => [one, own.flatMap((name) => kept?.get(name) ?? [])]));
  }

  private async barred(identities: readonly IdentityKey[], likeness: Promise<Likeness | undefined>): Promise<Barred> {
    const barred = new Map<IdentityKey, Bar['reason']>();
    for (const identity of await this.restrictions.among(identities, likeness)) barred.set(identity, 'restricted');
    const { tombstones } = this;
    const erased = await tombstones?.rowsAbout(identities, (identity) => tombstones.hashesOf(identity));
    for (const identity of erased ?? []) barred.set(identity, 'erased');
    return barred;
  }
}

/** Whatever is kept under another spelling of an identity is about the same person. */
function keysOf({ identities }: Somebody): IdentityKey[] {
  return identities.flatMap(spellingsOf);
}

/** Choices that answer a question, by their ids. */
function about(channel: string, purpose: string): (identities: IdentityKey[]) => ConsentFilter {
  const names = [purpose, everyPurpose];
  return (identities) => ({
    _id: { $in: identities.flatMap((identity) => names.map((name) => consentId(identity, channel, name))) },
  });
}

/** All that people chose. */
function anything(identities: IdentityKey[]): ConsentFilter {
  return { identity: { $in: identities } };
}

function allowedBy(
  choices: readonly DecidingChoice[],
  questions: readonly Question[],
  bar: PermissionReason | undefined,
): AllowedByChannel {
  const channels: AllowedByChannel = {};
  for (const asked of questions) {
    const { allowed } = bar ? decisions[bar] : decide(choices, asked).decision;
    (channels[asked.channel] ??= {})[asked.purpose] = allowed;
  }
  return channels;
}

function ofPerson(choices: ReadonlyMap<IdentityKey, DecidingChoice[]>, person: Somebody): DecidingChoice[] {
  return keysOf(person).flatMap((identity) => choices.get(identity) ?? []);
}

function keptChoice(identity: IdentityKey, { channel, purpose, at }: KeptOptOut): DecidingChoice {
  const version = { a: at, o: '', s: 1, b: '', h: '~' };
  return { ...version, identity, channel, purpose, state: 'denied', at: new Date(at), source: 'before the erasure' };
}

function questionsOf(choices: readonly DecidingChoice[], purposes: readonly Purpose[]): Question[] {
  const channels = new Set([usualChannel, ...choices.map(({ channel }) => channel)]);
  const bases = new Map(purposes.map(({ name, basis }) => [name, basis]));
  for (const { purpose } of choices) if (purpose !== everyPurpose && !bases.has(purpose)) bases.set(purpose, 'consent');
  return [...channels].sort().flatMap((channel) => [...bases].map(([purpose, basis]) => ({ channel, purpose, basis })));
}

/** A restriction and an erasure are stronger than any choice, and than a purpose that needs none. */
function unlessBarred(bar: Bar | undefined, permission: Permission): Permission {
  if (!bar) return permission;
  const { channel, purpose, basis } = permission;
  return { channel, purpose, basis, ...decisions[bar.reason], identity: bar.identity };
}

function isRestricted(barred: Barred, person: Somebody): boolean {
  return barred.size > 0 && keysOf(person).some((identity) => barred.get(identity) === 'restricted');
}

function barOf(barred: Barred, person: Somebody): Bar | undefined {
  if (barred.size === 0) return undefined;
  const identity = keysOf(person).find((one) => barred.has(one));
  return identity === undefined ? undefined : { identity, reason: barred.get(identity) ?? 'restricted' };
}
