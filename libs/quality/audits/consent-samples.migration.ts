import type { Json } from '@millrace/sdk';
import type { Connection } from 'mongoose';
import { plainCollection, type Migration, type MigrationStep } from '#platform';
import { auditModel, type Audit } from './audit.schema.ts';

const atATime = 100;

/** Until 28 November 2026 samples named consents by plain hashes of their addresses: those are taken out. */
export const consentSamples: Migration = {
  number: 12,
  title: 'audits hold no plain hashes of addresses',
  when: 'background',
  async step(connection: Connection, position: Json | undefined): Promise<MigrationStep> {
    const audits = plainCollection<Audit>(connection.model<Audit>(auditModel));
    const from = typeof position === 'string' ? position : '';
    const page = await audits
      .find(
        { _id: { $gt: from } },
        { projection: { 'rules.slug': 1, 'rules.of': 1 }, sort: { _id: 1 }, limit: atATime },
      )
      .toArray();
    for (const { _id, rules } of page) {
      const slugs = rules.flatMap(({ of, slug }) => (of === 'consent' ? [slug] : []));
      const arrayFilters = [{ 'finding.rule': { $in: slugs } }];
      await audits.updateOne({ _id }, { $set: { 'findings.$[finding].samples': [] } }, { arrayFilters });
    }
    const last = page.at(-1);
    return { changed: page.length, ...(last && page.length === atATime && { position: last._id }) };
  },
};
