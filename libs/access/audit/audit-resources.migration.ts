import type { Json } from '@millrace/sdk';
import type { Connection, mongo } from 'mongoose';
import type { Migration, MigrationStep } from '#platform';
import { auditModel, type AuditEntry } from './audit-entry.schema.ts';
import { resourceOf } from './resource-of.ts';

const atATime = 1_000;

/** Entries of the audit log get `resource`, by which they are searched. */
export const auditResources: Migration = {
  number: 2,
  title: 'the audit log can be searched by resource',
  when: 'background',
  step,
};

/** Those of deeds without a request went on without it. */
export const auditResourcesOfDeeds: Migration = {
  number: 15,
  title: 'deeds without a request are found in the audit log by resource, too',
  when: 'background',
  step,
};

async function step(connection: Connection, position: Json | undefined): Promise<MigrationStep> {
  const entries = connection.model(auditModel).collection as unknown as mongo.Collection<AuditEntry>;
  const from = typeof position === 'string' ? position : '';
  const page = await entries
    .find({ _id: { $gt: from } }, { projection: { path: 1, resource: 1 }, sort: { _id: 1 }, limit: atATime })
    .toArray();
  const bare = page.filter(({ resource }) => resource === undefined);
  if (bare.length > 0) {
    await entries.bulkWrite(
      bare.map(({ _id, path }) => ({
        updateOne: { filter: { _id }, update: { $set: { resource: resourceOf(path) } } },
      })),
      { ordered: false },
    );
  }
  const last = page.at(-1);
  return { changed: bare.length, ...(last && page.length === atATime && { position: last._id }) };
}
