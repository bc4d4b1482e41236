import { Injectable } from '@nestjs/common';
import type { Json } from '@millrace/sdk';
import { CollectedExport } from '#collect';
import { Shares, TestSends } from '#content';
import { LandedPeople } from '#landing';
import { ActivityEraser, PeopleExporter, type PersonSubject } from '#profiles';
import { KeptPeople } from '#sync';
import { Tombstones } from '#tombstones';
import { FiringErasure } from '#triggers';
import { WebhookExport } from '#webhooks';
import { ExportStore } from '../../exports/index.ts';
import { RequestStore } from '../request-store.ts';
import type { Step, Work } from '../work.ts';

const atATime = 100;

/** Puts together everything that is kept about a person. Begun anew after a crash. */
@Injectable()
export class CollectExport implements Step {
  readonly name = 'collect';

  constructor(
    private readonly people: PeopleExporter,
    private readonly landed: LandedPeople,
    private readonly collected: CollectedExport,
    private readonly activities: ActivityEraser,
    private readonly delivered: WebhookExport,
    private readonly tombstones: Tombstones,
    private readonly kept: KeptPeople,
    private readonly firings: FiringErasure,
    private readonly shares: Shares,
    private readonly testSends: TestSends,
    private readonly exports: ExportStore,
    private readonly store: RequestStore,
  ) {}

  async run(work: Work): Promise<undefined> {
    const { request, subject, now } = work;
    const expiresAt = this.exports.expiry(now);
    await this.exports.begin(request._id);
    await work.count(
      Object.fromEntries(Object.keys(request.counts).map((name) => [name, -(request.counts[name] ?? 0)])),
    );
    let place = 0;
    const add = async (section: string, items: Json[]): Promise<void> => {
      if (items.length === 0) return;
      await this.exports.add({ request: request._id, place: place++, section, items, subject, expiresAt });
      await work.count({ [section]: items.length });
    };
    for await (const { section, items } of this.people.export(subject)) await add(section, items);
    for await (const items of this.landed.export(subject)) await add('landed rows', items);
    const hashes = subject.identities.map((identity) => this.tombstones.hashOf(identity));
    for await (const { section, items } of this.collected.export(subject.identities, hashes)) await add(section, items);
    for await (const items of this.delivered.export(hashes, this.recordsOf(subject)))
      await add('webhook deliveries', items);
    const addAll = async (section: string, found: AsyncIterable<Json>): Promise<void> => {
      const items: Json[] = [];
      for await (const item of found) {
        items.push(item);
        if (items.length === atATime) await add(section, items.splice(0));
      }
      await add(section, items.splice(0));
    };
    await addAll('triggers', this.firings.export(subject.profiles));
    await addAll('shared mails', this.shares.export(subject.profiles));
    await addAll('test mails', this.testSends.export(subject.profiles, subject.identities));
    await addAll('rejected rows', this.kept.exportRejects(subject.identities));
    await this.store.update(request, { $set: { expiresAt } });
  }

  private async *recordsOf(subject: PersonSubject): AsyncGenerator<readonly string[]> {
    yield subject.records;
    yield* this.activities.records(subject);
  }
}
