import { Injectable } from '@nestjs/common';
import { CollectedErasure } from '#collect';
import { LandedPeople } from '#landing';
import { KeptPeople, KnownPeople } from '#sync';
import { Tombstones } from '#tombstones';
import { WebhookErasure } from '#webhooks';
import type { Work } from '../work.ts';

/** Erases what is kept by source record: landed rows with their versions, collected events, webhooks' deliveries, rejects, and what destinations are known to have. */
@Injectable()
export class RecordEraser {
  constructor(
    private readonly tombstones: Tombstones,
    private readonly landed: LandedPeople,
    private readonly collected: CollectedErasure,
    private readonly delivered: WebhookErasure,
    private readonly known: KnownPeople,
    private readonly kept: KeptPeople,
  ) {}

  /** Each page is buried before it is erased: after a crash its records are still known. */
  async erase(work: Work, records: readonly string[], identities: readonly string[]): Promise<void> {
    await this.bury(work, records);
    const subject = { identities, records };
    for (let page = await this.landed.next(subject); page; page = await this.landed.next(subject)) {
      await this.bury(work, page.records);
      await work.count(await this.landed.erase(page.rows));
    }
    const hashes = identities.map((identity) => this.tombstones.hashOf(identity));
    await work.count(await this.collected.erase(identities, hashes));
    await work.count(await this.delivered.erase(records, hashes));
    const rejects = await this.kept.eraseRejects(identities, records);
    if (rejects > 0) await work.count({ rejects });
  }

  private async bury(work: Work, records: readonly string[]): Promise<void> {
    if (records.length === 0) return;
    const { request, now } = work;
    await this.tombstones.bury(request._id, { identities: [], records: [...records] }, now);
    const known = await this.known.forgetRecords(request._id, records, now);
    await work.count(known > 0 ? { known_rows: known } : {});
  }
}
