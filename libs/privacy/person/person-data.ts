import { Injectable } from '@nestjs/common';
import type { Json } from '@millrace/sdk';
import { CollectedExport } from '#collect';
import { Shares, TestSends } from '#content';
import { LandedPeople } from '#landing';
import { ActivityEraser, PeopleExporter, type ExportedItems, type PersonSubject } from '#profiles';
import { KeptPeople } from '#sync';
import { Tombstones } from '#tombstones';
import { FiringErasure } from '#triggers';
import { WebhookExport } from '#webhooks';
import { recordsOf } from './records-of.ts';

const atATime = 100;

/** Everything that is kept about a person, a page at a time, by the sections of an export. */
@Injectable()
export class PersonData {
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
  ) {}

  /** The pages of a section follow each other, and none is empty. */
  async *pages(subject: PersonSubject): AsyncGenerator<ExportedItems> {
    for await (const page of this.sections(subject)) if (page.items.length > 0) yield page;
  }

  private async *sections(subject: PersonSubject): AsyncGenerator<ExportedItems> {
    const { profiles, identities } = subject;
    const hashes = identities.map((identity) => this.tombstones.hashOf(identity));
    yield* this.people.export(subject);
    for await (const items of this.landed.export('rows', identities, recordsOf(this.activities, subject)))
      yield { section: 'landed rows', items };
    for await (const items of this.landed.export('versions', identities, recordsOf(this.activities, subject)))
      yield { section: 'former landed rows', items };
    yield* this.collected.export(identities, hashes);
    for await (const items of this.delivered.export(hashes, recordsOf(this.activities, subject)))
      yield { section: 'webhook deliveries', items };
    yield* inPages('triggers', this.firings.export(profiles));
    yield* inPages('shared mails', this.shares.export(profiles));
    yield* inPages('test mails', this.testSends.export(profiles, identities));
    yield* inPages('rejected rows', this.kept.exportRejects(identities, recordsOf(this.activities, subject)));
  }
}

async function* inPages(section: string, found: AsyncIterable<Json>): AsyncGenerator<ExportedItems> {
  const items: Json[] = [];
  for await (const item of found) {
    items.push(item);
    if (items.length === atATime) yield { section, items: items.splice(0) };
  }
  yield { section, items };
}
