import { Injectable, Optional } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { MillraceError, type Json } from '@millrace/sdk';
import type { Model } from 'mongoose';
import { listOf, momentAndIdAfter, type List } from '#platform';
import { Tombstones } from '#tombstones';
import {
  consentChoiceModel,
  consentId,
  consentModel,
  ConsentWriter,
  readWord,
  statementOf,
  type ConsentChoice,
  type ConsentState,
  type StoredConsent,
} from '../consents/index.ts';
import { partKey, partPrefix, readPastMoment } from '../folding/index.ts';
import { identitiesToTry, readingsOf, splitIdentity, type IdentityKey } from '../identity/index.ts';
import { Profiles } from '../people/index.ts';
import { Permissions } from '../permissions/index.ts';
import { ProfileSettings } from '../settings/index.ts';
import { nativeCollection, type Collection, type Filter } from '../store/index.ts';
import { choiceView, consentStateView, type ChoiceView, type PersonConsents } from './choice-views.ts';

/** A choice that somebody makes here, not in another system. */
export interface NewChoice {
  channel: string;
  purpose: string;
  state: ConsentState;
  /** ISO time (default: now). */
  at?: string;
  source?: string;
  wording?: string;
  evidence?: Json;
}

/** Where it was made: over the API (by a key), or on the preference page. */
export type MadeIn = { stream: 'api'; by: string } | { stream: 'preferences' };

const mostConsents = 1_000;
const kindOfChannel: Record<string, string | undefined> = { email: 'email', sms: 'phone', phone: 'phone' };

/** What people chose: shown, recorded, and kept as history. */
@Injectable()
export class Choices {
  private readonly consents: Collection<StoredConsent>;
  private readonly history: Collection<ConsentChoice>;

  constructor(
    @InjectModel(consentModel) consents: Model<StoredConsent>,
    @InjectModel(consentChoiceModel) history: Model<ConsentChoice>,
    private readonly writer: ConsentWriter,
    private readonly profiles: Profiles,
    private readonly permissions: Permissions,
    private readonly settings: ProfileSettings,
    @Optional() private readonly tombstones?: Tombstones,
  ) {
    this.consents = nativeCollection<StoredConsent>(consents);
    this.history = nativeCollection<ConsentChoice>(history);
  }

  /** Throws `profile_not_found`. */
  async ofPerson(profile: string): Promise<PersonConsents> {
    const { id, identities } = await this.identitiesOf(profile);
    const [stored, { permissions, bar = null }] = await Promise.all([
      this.consents.find({ identity: { $in: identities } }, { sort: { _id: 1 }, limit: mostConsents }).toArray(),
      this.permissions.allOf({ id, identities }),
    ]);
    return { consents: stored.map(consentStateView), permissions, bar };
  }

  /** Every choice that was told, newest first. Throws `profile_not_found`. */
  async historyOf(profile: string, { after, limit }: { after?: string; limit: number }): Promise<List<ChoiceView>> {
    const { identities } = await this.identitiesOf(profile);
    const filter = { identity: { $in: identities }, ...before(after) };
    const found = await this.history
      .find(filter as Filter<ConsentChoice>, { sort: { recordedAt: -1, _id: -1 }, limit: limit + 1 })
      .toArray();
    return listOf(found, limit, choiceView, ({ recordedAt, _id }) => [recordedAt.getTime(), _id]);
  }

  /**
   * Of one of a person's identities; without one, of the only one that fits the channel. Throws `profile_not_found`, `bad_request`,
   * `invalid_identity`, `invalid_row`.
   */
  async record(profile: string, choice: NewChoice & { identity?: string }, by: string): Promise<PersonConsents> {
    const { id, identities } = await this.identitiesOf(profile);
    const { identities: rules } = await this.settings.rules();
    const named = choice.identity === undefined ? undefined : identitiesToTry(choice.identity, rules);
    const fitting = identities.filter((key) => splitIdentity(key).kind === kindOfChannel[choice.channel]);
    const chosen = named
      ? named.find((key) => identities.includes(key))
      : fitting.length === 1
        ? fitting[0]
        : undefined;
    if (chosen === undefined) {
      throw new MillraceError(
        'bad_request',
        'Say whose choice it is: `identity` must be one of this person\'s identities, such as "email:ann@example.com".',
      );
    }
    await this.recordFor(chosen, choice, { stream: 'api', by });
    return this.ofPerson(id);
  }

  /**
   * Of an identity, whoever has it: also as the policy reads it, so that a.nn@gmail.com refuses for ann@gmail.com where these are one. Of somebody who was
   * erased, only a refusal is kept, beside their hash: it holds when they come back. Throws `invalid_row`, `person_erased`.
   */
  async recordFor(identity: IdentityKey, choice: NewChoice, made: MadeIn): Promise<void> {
    const channel = readWord(choice.channel, 'channel');
    const purpose = readWord(choice.purpose, 'purpose');
    const now = new Date().toISOString();
    const { state, source, wording, evidence } = choice;
    const at = readPastMoment(choice.at, 'at') ?? now;
    const k = partKey(partPrefix({ connection: 'millrace', stream: made.stream }), 'choice');
    const by = made.stream === 'api' ? { by: made.by } : {};
    const statement = statementOf({
      k,
      run: made.stream,
      state,
      moment: at,
      seen: now,
      source,
      wording,
      evidence,
      ...by,
    });
    const readings = await this.readingsOf(identity);
    const rows = readings.map((reading) => {
      const consent = consentId(reading, channel, purpose);
      return { consent, identity: reading, channel, purpose, statement };
    });
    const [outcome] = await this.writer.write([rows]);
    if (outcome?.status === 'rejected' && outcome.code === 'person_erased' && state === 'denied')
      await this.tombstones?.refuse(readings, { channel, purpose, at: statement.a });
    if (outcome?.status === 'rejected') throw new MillraceError(outcome.code, outcome.message);
    if (outcome?.status === 'retry')
      throw new MillraceError('conflict', outcome.message ?? 'Others were recording the same choice. Try again.');
  }

  /** A stored identity in all ways in which it may be stored. */
  async readingsOf(identity: IdentityKey): Promise<IdentityKey[]> {
    return readingsOf(identity, (await this.settings.rules()).identities);
  }

  private async identitiesOf(profile: string): Promise<{ id: string; identities: IdentityKey[] }> {
    const { id, identities } = await this.profiles.get(profile);
    return { id, identities: identities.map(({ key }) => key) };
  }
}

function before(after: string | undefined): object {
  const place = momentAndIdAfter(after);
  if (!place) return {};
  const { at: recordedAt, id } = place;
  return { $or: [{ recordedAt: { $lt: recordedAt } }, { recordedAt, _id: { $lt: id } }] };
}
