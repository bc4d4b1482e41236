import type { Connection } from 'mongoose';
import type { Migration, MigrationStep } from '#platform';
import { audienceModel } from './audience.schema.ts';
import { computedTraitModel } from './computed-trait.schema.ts';
import { definitionsHeadModel, type DefinitionsHead } from './definitions-head.schema.ts';

/**
 * Numbers that are written as text count since then: all profiles are brought by the definitions again. These count as defined anew, so that nobody
 * enters an audience by it.
 */
export const writtenNumbers = {
  number: 6,
  title: 'numbers that are written as text count in computed traits and audiences',
  when: 'start',
  async step(connection: Connection): Promise<MigrationStep> {
    const heads = connection.model<DefinitionsHead>(definitionsHeadModel);
    const head = await heads.findById('head').lean();
    if (!head) return { changed: 0 };
    const revision = head.revision + 1;
    const definitions = [computedTraitModel, audienceModel].map((name) =>
      connection.model(name).collection.updateMany({}, { $set: { revision } }),
    );
    const changed = (await Promise.all(definitions)).reduce((sum, { modifiedCount }) => sum + modifiedCount, 0);
    // Last: a step that dies before is repeated as it was.
    await heads.updateOne({ _id: 'head', revision: head.revision }, { $set: { revision, changedAt: new Date() } });
    return { changed };
  },
} satisfies Migration;
