import { Injectable } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';
import type { KeyHolder } from '#access';
import { listOf, textAfter, newId, Settings, type List } from '#platform';
import { parseIdentity, Restrictions } from '#profiles';
import { Tombstones } from '#tombstones';
import type { PrivacyRequest, RequestKind, RequestState } from './request.schema.ts';
import { RequestStore } from './request-store.ts';
import { requestView, type RequestView } from './request-view.ts';

const day = 86_400_000;

export interface NewRequest {
  kind: RequestKind;
  identity: string;
  /** Days until it has to be done (default: the installation's, 30). */
  dueDays?: number;
  reference?: string;
}

export interface RequestQuery {
  kind?: RequestKind;
  state?: RequestState;
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
  ) {}

  /** It is carried out in the background. Throws `invalid_identity`. */
  async make({ kind, identity, dueDays, reference }: NewRequest, requestedBy: KeyHolder): Promise<RequestView> {
    const key = parseIdentity(identity);
    const now = new Date();
    const request: PrivacyRequest = {
      _id: newId('prq'),
      kind,
      state: 'queued',
      identity: this.tombstones.hashOf(key),
      identityKind: key.slice(0, key.indexOf(':')),
      subject: this.store.seal({ profiles: [], identities: [key], records: [] }),
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

  /** Newest first. */
  async list({ kind, state, after, limit }: RequestQuery): Promise<List<RequestView>> {
    const before = textAfter(after);
    const filter = {
      ...(kind && { kind }),
      ...(state && { state }),
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

  /** Those about an identity, newest first: the address itself is not kept. Throws `invalid_identity`. */
  async about(identity: string): Promise<List<RequestView>> {
    const hashes = this.tombstones.hashesOf(parseIdentity(identity));
    const found = await this.store.collection
      .find({ identity: { $in: hashes } }, { sort: { _id: -1 }, limit: 200 })
      .toArray();
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
}
