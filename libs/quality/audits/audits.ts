import { Injectable } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';
import { lostRace, newId } from '#platform';
import { StoreScan } from '#profiles';
import { QualityCollections } from '../collections.ts';
import type { Audit } from './audit.schema.ts';
import { AuditRules } from './rules/index.ts';

/** Validations of the whole store: begun, told about, called off. */
@Injectable()
export class Audits {
  constructor(
    private readonly collections: QualityCollections,
    private readonly rules: AuditRules,
    private readonly store: StoreScan,
  ) {}

  /** The audit that is under way, or a new one. @param by id of the key that asks */
  async begin(reason: Audit['reason'], by?: string): Promise<Audit> {
    const rules = await this.rules.enabled();
    const audit: Audit = {
      _id: newId('adt'),
      open: true,
      reason,
      ...(by !== undefined && { by }),
      phase: 'profile',
      profiles: await this.store.count(),
      looked: { profile: 0, order: 0, event: 0, product: 0, consent: 0 },
      rules,
      findings: [],
      startedAt: new Date(),
    };
    try {
      await this.collections.audits.insertOne(audit);
      return audit;
    } catch (error) {
      if (!lostRace(error)) throw error;
      return (await this.collections.audits.findOne({ open: true })) ?? this.begin(reason, by);
    }
  }

  /** Newest first; of what they found the numbers only. */
  list({ before, limit }: { before?: string; limit: number }): Promise<Audit[]> {
    const filter = before === undefined ? {} : { _id: { $lt: before } };
    const projection = { 'findings.sources': 0, 'findings.samples': 0, 'rules.when': 0, 'rules.format': 0 };
    return this.collections.audits.find(filter, { sort: { _id: -1 }, limit, projection }).toArray();
  }

  /** Throws `not_found`. */
  async get(id: string): Promise<Audit> {
    const found = await this.collections.audits.findOne({ _id: id });
    if (found) return found;
    throw new MillraceError('not_found', 'There is no audit with this id. GET /api/audits lists them.');
  }

  /** It stops within a page. Throws `not_found`, `conflict` when it has ended. */
  async cancel(id: string): Promise<Audit> {
    const { modifiedCount } = await this.collections.audits.updateOne(
      { _id: id, open: true },
      { $set: { open: false, cancelled: true, endedAt: new Date() } },
    );
    const audit = await this.get(id);
    if (modifiedCount === 1) return audit;
    throw new MillraceError('conflict', 'The audit has ended already: nothing is left to cancel.');
  }
}
