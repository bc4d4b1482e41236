import type { Connection, mongo } from 'mongoose';
import type { Migration, MigrationStep } from '#platform';
import { profileModel, type MembershipChange, type StoredProfile } from '../store/index.ts';

const atATime = 1_000;

interface FormerChange {
  audience: string;
  entered: boolean;
  v: number;
  at: Date;
  defined?: true;
}

/** Entries and exits that were not told yet become one a version of a profile, instead of one an audience. */
export const untoldChanges = {
  number: 4,
  title: 'entries into audiences that are still to be told are kept together',
  when: 'start',
  async step(connection: Connection): Promise<MigrationStep> {
    const profiles = connection.model(profileModel).collection as unknown as mongo.Collection<StoredProfile>;
    const page = await profiles
      .find<{ _id: string; v: number; untold: FormerChange[] }>(
        { untoldAt: { $exists: true }, 'untold.audience': { $exists: true } },
        { projection: { v: 1, untold: 1 }, limit: atATime },
      )
      .toArray();
    if (page.length === 0) return { changed: 0 };
    const { modifiedCount } = await profiles.bulkWrite(
      page.map(({ _id, v, untold }) => ({
        updateOne: { filter: { _id, v }, update: { $set: { untold: together(untold) } } },
      })),
      { ordered: false },
    );
    return { changed: modifiedCount, position: page.length };
  },
} satisfies Migration;

function together(changes: readonly FormerChange[]): MembershipChange[] {
  const grouped = new Map<string, MembershipChange>();
  for (const { audience, entered, v, at, defined } of changes) {
    const name = `${v}|${defined}`;
    const change = grouped.get(name) ?? { audiences: [], v, at, ...(defined && { defined }) };
    change.audiences.push(audience);
    if (!entered) change.left = [...(change.left ?? []), audience];
    grouped.set(name, change);
  }
  return [...grouped.values()];
}
