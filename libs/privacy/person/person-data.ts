import { Injectable } from '@nestjs/common';
import type { Json } from '@millrace/sdk';
import { CollectedExport } from '#collect';
import { Shares, TestSends } from '#content';
import { LandedPeople } from '#landing';
import { inPages } from '#platform';
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
    const records = () => recordsOf(this.activities, subject);
    yield* inSection('landed rows', this.landed.export('rows', identities, records()));
    yield* inSection('former landed rows', this.landed.export('versions', identities, records()));
    yield* this.collected.export(identities, hashes);
    yield* inSection('webhook deliveries', this.delivered.export(hashes, records()));
    yield* inSection('triggers', inPages(this.firings.export(profiles), atATime));
    yield* inSection('shared mails', inPages(this.shares.export(profiles), atATime));
    yield* inSection('test mails', inPages(this.testSends.export(profiles, identities), atATime));
    yield* inSection('rejected rows', inPages(this.kept.exportRejects(identities, records()), atATime));
  }
}

async function* inSection(section: string, pages: AsyncIterable<Json[]>): AsyncGenerator<ExportedItems> {
  for await (const items of pages) yield { section, items };
}
