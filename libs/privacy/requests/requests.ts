import { Injectable } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';
import type { KeyHolder } from '#access';
import { listOf, textAfter, newId, Settings, type List } from '#platform';
import { identitiesToTry, Profiles, ProfileSettings, Restrictions } from '#profiles';
import { Tombstones } from '#tombstones';
import { NamedPeople, type NamedPerson } from './named-people.ts';
import { naming } from './naming.ts';
import type { PrivacyRequest, RequestKind, RequestState } from './request.schema.ts';
import { RequestStore } from './request-store.ts';
import { requestView, type RequestView } from './request-view.ts';

const day = 86_400_000;

export interface NewRequest extends NamedPerson {
  kind: RequestKind;
  /** Days until it has to be done (default: the installation's, 30). */
  dueDays?: number;
  reference?: string;
}

export interface RequestQuery {
  kind?: RequestKind;
  state?: RequestState;
  /** Id: those about whose profile it is. */
  profile?: string;
  after?: string;
  limit: number;
}

/** What people ask for under data protection law: made, looked at, lifted. */
@Injectable()
export class Requests {
  constructor(
    private readonly store: RequestStore,
    private readonly tombstones: Tombstones,
    private readonly restrictions: Restrictions,
    private readonly settings: Settings,
    private readonly profileSettings: ProfileSettings,
    private readonly profiles: Profiles,
    private readonly people: NamedPeople,
  ) {}

  /** It is carried out in the background. Throws `bad_request`, `invalid_identity`, `profile_not_found`. */
  async make({ kind, dueDays, reference, ...named }: NewRequest, requestedBy: KeyHolder): Promise<RequestView> {
    const subject = await this.people.subjectOf(named);
    const [key = ''] = subject.identities;
    const now = new Date();
    const request: PrivacyRequest = {
      _id: newId('prq'),
      kind,
      state: 'queued',
      identity: this.tombstones.hashOf(key),
      identityKind: key.slice(0, key.indexOf(':')),
      names: subject.identities.map((one) => this.tombstones.hashOf(one)),
      subject: this.store.seal(subject),
      ...(reference !== undefined && { reference }),
      requestedBy,
      requestedAt: now,
      dueAt: new Date(now.getTime() + (dueDays ?? this.settings.privacyDeadlineDays) * day),
      steps: [],
      counts: {},
      destinations: [],
      open: true,
      notBefore: now,
      epoch: 0,
      leaseUntil: new Date(0),
    };
    await this.store.collection.insertOne(request);
    return requestView(request);
  }

  async get(id: string): Promise<RequestView> {
    return requestView(await this.store.require(id));
  }

  /** Newest first. Throws `profile_not_found`. */
  async list({ kind, state, profile, after, limit }: RequestQuery): Promise<List<RequestView>> {
    const before = textAfter(after);
    const filter = {
      ...(kind && { kind }),
      ...(state && { state }),
      ...(profile !== undefined && (await this.aboutPerson(profile))),
      ...(before !== undefined && { _id: { $lt: before } }),
    };
    const found = await this.store.collection.find(filter, { sort: { _id: -1 }, limit: limit + 1 }).toArray();
    return listOf(
      found,
      limit,
      (request) => requestView(request),
      ({ _id }) => _id,
    );
  }

  /** Those about whoever has an identity, or had it when they were carried out, newest first. Throws `invalid_identity`. */
  async about(identity: string): Promise<List<RequestView>> {
    const { identities: rules } = await this.profileSettings.rules();
    const named = naming(this.tombstones, identitiesToTry(identity, rules));
    const found = await this.store.collection.find(named, { sort: { _id: -1 }, limit: 200 }).toArray();
    return { data: found.map((request) => requestView(request)), next: null };
  }

  /** The person may be used again, or imported again; opt-outs stay. Throws `conflict` for what cannot be lifted, or not yet. */
  async lift(id: string): Promise<RequestView> {
    const request = await this.store.require(id);
    if (request.state === 'lifted') return requestView(request);
    if (request.kind === 'export' || request.state !== 'done')
      throw new MillraceError('conflict', 'Only a restriction or an erasure that is done can be lifted.');
    const liftedAt = new Date();
    if (request.kind === 'restrict') await this.restrictions.lift(id, liftedAt);
    else await this.tombstones.lift(id, liftedAt);
    await this.store.collection.updateOne({ _id: id }, { $set: { state: 'lifted', liftedAt } });
    return requestView({ ...request, state: 'lifted', liftedAt });
  }

  /** An export that is ready. Throws `conflict` before, and `link_expired` after its days. */
  async finishedExport(id: string): Promise<PrivacyRequest> {
    const request = await this.store.require(id);
    if (request.kind !== 'export' || request.state !== 'done')
      throw new MillraceError('conflict', 'Nothing can be downloaded: this is no export, or it is not done yet.');
    if (request.expiresAt && request.expiresAt <= new Date())
      throw new MillraceError('link_expired', 'The export is gone: it was kept for 14 days. Ask for a new one.');
    return request;
  }

  private async aboutPerson(profile: string): Promise<object> {
    const { identities } = await this.profiles.get(profile);
    return naming(
      this.tombstones,
      identities.map(({ key }) => key),
    );
  }
}
