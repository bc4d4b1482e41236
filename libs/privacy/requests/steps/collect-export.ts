import { Injectable } from '@nestjs/common';
import { Connections } from '#connections';
import type { ExportedItems, PersonSubject } from '#profiles';
import { ExportStore } from '../../exports/index.ts';
import { KnownElsewhere, PersonData } from '../../person/index.ts';
import { RequestStore } from '../request-store.ts';
import type { Step, Work } from '../work.ts';

/** Puts together everything that is kept about a person, and who else has it. Begun anew after a crash. */
@Injectable()
export class CollectExport implements Step {
  readonly name = 'collect';

  constructor(
    private readonly data: PersonData,
    private readonly elsewhere: KnownElsewhere,
    private readonly connections: Connections,
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
    for await (const { section, items } of this.pages(subject)) {
      await this.exports.add({ request: request._id, place: place++, section, items, subject, expiresAt });
      await work.count({ [section]: items.length });
    }
    await this.store.update(request, { $set: { expiresAt } });
  }

  /** Also to whom it was passed on (GDPR, article 15, 1 c). */
  private async *pages(subject: PersonSubject): AsyncGenerator<ExportedItems> {
    yield* this.data.pages(subject);
    const { destinations } = await this.elsewhere.find(subject);
    const items = await Promise.all(
      destinations.map(async ({ connection, syncName, object, rows }) => {
        const system = (await this.connections.find(connection))?.name ?? connection;
        return { system, sync: syncName, object, rows };
      }),
    );
    if (items.length > 0) yield { section: 'other systems', items };
  }
}
