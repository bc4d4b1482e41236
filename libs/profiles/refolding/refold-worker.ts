import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { FailureLog, Log, Regularly, Settings } from '#platform';
import { consentModel, type StoredConsent } from '../consents/index.ts';
import { audiencesAsking, Definitions, lookAtAnew } from '../definitions/index.ts';
import { DueProfiles } from '../due/index.ts';
import type { IdentityRules } from '../identity/index.ts';
import { Restrictions } from '../restrictions/index.ts';
import { ProfileSettings } from '../settings/index.ts';
import { nativeCollection, ProfileStore, type ClientSession, type Collection } from '../store/index.ts';
import type { Batch, Step } from './batch.ts';
import { ConnectionData } from './connection-data.ts';
import { foldAnew } from './fold-anew.ts';
import type { StoredRefold } from './refold.schema.ts';
import { rereadConsents } from './reread-consents.ts';
import { Refolds } from './refolds.ts';

const every = 5_000;
const lease = 60_000;

/** Works on refolds, one at a time and the oldest first. A worker that dies is followed by another one, who goes on at its last batch. */
@Injectable()
export class RefoldWorker implements OnApplicationBootstrap, OnApplicationShutdown {
  private working?: Regularly;
  private ending = false;
  readonly consents: Collection<StoredConsent>;

  constructor(
    private readonly settings: Settings,
    private readonly log: Log,
    readonly store: ProfileStore,
    private readonly rules: ProfileSettings,
    private readonly refolds: Refolds,
    private readonly data: ConnectionData,
    private readonly restrictions: Restrictions,
    private readonly definitions: Definitions,
    readonly due: DueProfiles,
    @InjectModel(consentModel) consents: Model<StoredConsent>,
  ) {
    this.consents = nativeCollection<StoredConsent>(consents);
  }

  onApplicationBootstrap(): void {
    if (!this.settings.processes.includes('worker')) return;
    this.working = new Regularly(
      every,
      () => this.work(),
      new FailureLog(this.log, 'profiles could not be folded anew; it is tried again').tell,
    );
  }

  async onApplicationShutdown(): Promise<void> {
    this.ending = true;
    await this.working?.end();
  }

  /** Does what is due. */
  async work(): Promise<void> {
    await this.refolds.ensure();
    for (;;) {
      const refold = await this.claim();
      if (!refold || !(await this.finish(refold))) return;
    }
  }

  /** The oldest one, unless somebody else works on it or it is not due: each starts from where the former one led. */
  private async claim(): Promise<StoredRefold | undefined> {
    const { collection } = this.refolds;
    const oldest = await collection.findOne({ state: 'open' }, { sort: { createdAt: 1 } });
    const now = new Date();
    if (!oldest || oldest.notBefore > now || (oldest.leaseUntil && oldest.leaseUntil > now)) return undefined;
    const claimed = await collection.findOneAndUpdate(
      { _id: oldest._id, epoch: oldest.epoch, state: 'open' },
      { $inc: { epoch: 1 }, $set: { leaseUntil: new Date(now.getTime() + lease) } },
      { returnDocument: 'after' },
    );
    return claimed ?? undefined;
  }

  /** False: it was lost to another worker, or this process ends. */
  private async finish(claimed: StoredRefold): Promise<boolean> {
    let refold = claimed;
    while (!this.ending) {
      const { read, changed, place, last } = await this.step(refold);
      const committed = await this.refolds.collection.findOneAndUpdate(
        { _id: refold._id, epoch: refold.epoch },
        {
          $inc: { read, changed },
          $set: {
            ...(place !== undefined && { place }),
            leaseUntil: new Date(Date.now() + (last ? 0 : lease)),
            ...(last && { state: 'done' as const, endedAt: new Date() }),
          },
        },
        { returnDocument: 'after' },
      );
      if (!committed) return false;
      if (last) return true;
      refold = committed;
    }
    await this.refolds.collection.updateOne({ _id: refold._id, epoch: refold.epoch }, { $unset: { leaseUntil: '' } });
    return false;
  }

  private readonly step: Step = async (refold) => {
    const rules = await this.rules.rules();
    switch (refold.kind) {
      case 'removal':
        return this.data.removeBatch(refold);
      case 'identities':
        if (refold.place === undefined) await this.restrictions.readAnew(rules.identities);
        return this.rereadConsents(refold, rules.identities);
      case 'priorities':
        return foldAnew(this.store, rules, refold);
    }
  };

  /** In the end audiences that ask for consents are looked at anew: a choice may count for an address that is stored as it was written before. */
  private async rereadConsents(refold: StoredRefold, rules: IdentityRules): Promise<Batch> {
    const batch = await rereadConsents(this, rules, refold);
    const asking = (session?: ClientSession) => audiencesAsking(this.definitions, () => true, session);
    if (!batch.last || (await asking()).length === 0) return batch;
    await this.definitions.change(async (revision, session) =>
      lookAtAnew(this.definitions, await asking(session), revision, session),
    );
    return batch;
  }
}
