import { Injectable } from '@nestjs/common';
import { PreflightExamples, PreviewStore, Shares, TestSends } from '#content';
import { ActivityEraser, PeopleEraser } from '#profiles';
import { KnownPeople } from '#sync';
import { FiringErasure } from '#triggers';
import { ExportStore } from '../../exports/index.ts';
import { ProfileKeys } from '../../person/index.ts';
import type { Step, Work } from '../work.ts';
import { RecordEraser } from './record-eraser.ts';

/** Erases a person from every store of ours. Done twice: what was under way when the tombstones were set has arrived by the second time. */
@Injectable()
export class ErasePerson {
  constructor(
    private readonly records: RecordEraser,
    private readonly activities: ActivityEraser,
    private readonly people: PeopleEraser,
    private readonly known: KnownPeople,
    private readonly keys: ProfileKeys,
    private readonly previews: PreviewStore,
    private readonly shares: Shares,
    private readonly testSends: TestSends,
    private readonly preflights: PreflightExamples,
    private readonly exports: ExportStore,
    private readonly firings: FiringErasure,
  ) {}

  step(name: string): Step {
    return { name, run: (work) => this.run(work) };
  }

  private async run(work: Work): Promise<undefined> {
    const { request, subject, now } = work;
    await this.eraseActivities(work);
    await this.records.erase(work, subject.records, subject.identities);
    const keys = await this.keys.of(subject);
    const known_rows = await this.known.forgetKeys(request._id, keys, now);
    const handed_rows = await this.known.forgetHanded(request._id, keys, now);
    const erased = await this.people.erase(subject, now);
    const previews = await this.previews.forget(subject.profiles);
    const shares = await this.shares.forget(subject.profiles);
    const test_sends = await this.testSends.forget(subject.profiles, subject.identities);
    const preflight_examples = await this.preflights.forget(subject.profiles);
    const privacy_exports = await this.exports.eraseOf(subject.identities);
    const fired = await this.firings.erase(subject.profiles);
    const kept = { previews, preflight_examples, shares, test_sends, privacy_exports };
    await work.count(withoutZeros({ ...erased, ...fired, known_rows, handed_rows, ...kept }));
  }

  /** Page by page: events and orders go last, as they tell which records of theirs are kept elsewhere. */
  private async eraseActivities(work: Work): Promise<void> {
    const { subject } = work;
    for (let page = await this.activities.next(subject); page; page = await this.activities.next(subject)) {
      await this.records.erase(work, page.records, []);
      await work.count(withoutZeros(await this.activities.erase(page)));
    }
  }
}

function withoutZeros(counts: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
}
