import { Injectable } from '@nestjs/common';
import { Signer } from '#platform';
import { QualityCollections } from '../collections.ts';
import type { AuditKey } from './audit-key.schema.ts';
import type { AuditedRecord, Grouping, Source } from './judging/index.ts';
import type { AuditRule } from './rules/index.ts';

const atATime = 2_000;

/** Where records at fault came from, and how many came from all of these. */
export interface Origins {
  sources: Source[];
  records: number;
}

export interface FoundGroup {
  rule: string;
  /** How many records there are. */
  size: number;
  /** The first of them, in the order of their ids. */
  records: string[];
  origins: Origins[];
  /** Whether they have different values. */
  varies: boolean;
}

export interface GroupPage {
  groups: FoundGroup[];
  /** Where the next page begins; absent: that was all. */
  next?: string;
}

/** Keeps of each record what it has in common with others: in the database, so that memory stays flat, and hashed with a key of the server. */
@Injectable()
export class GroupKeys {
  constructor(
    private readonly collections: QualityCollections,
    private readonly signer: Signer,
  ) {}

  async keep(audit: string, found: { rule: AuditRule; record: AuditedRecord; grouping: Grouping }[]): Promise<void> {
    const at = new Date();
    const keys = found.flatMap(({ rule, record, grouping }): AuditKey[] => {
      const group = grouping(record.row);
      if (!group) return [];
      const _id = `${audit}/${rule.slug}/${this.hash(group.key)}/${record.id}`;
      return [{ _id, value: this.hash(group.value), sources: JSON.stringify(record.sourcesOf(fieldsOf(rule))), at }];
    });
    if (keys.length === 0) return;
    await this.collections.auditKeys.bulkWrite(
      keys.map(({ _id, ...key }) => ({ replaceOne: { filter: { _id }, replacement: key, upsert: true } })),
      { ordered: false },
    );
  }

  /** Records that stand together, whole groups only. */
  async page(audit: string, after: string | undefined): Promise<GroupPage> {
    const keys = await this.collections.auditKeys
      .find({ _id: { $gt: after ?? `${audit}/`, $lt: `${audit}0` } }, { sort: { _id: 1 }, limit: atATime })
      .toArray();
    const groups = groupsOf(keys);
    const open = keys.length === atATime ? groups.pop() : undefined; // it may go on behind this page
    if (open && groups.length === 0) return this.largeGroup(open);
    const whole = groups.map(({ group }) => group);
    const last = groups.at(-1)?.last;
    return { groups: whole, ...(open && last !== undefined && { next: last }) };
  }

  async forget(audit: string): Promise<void> {
    await this.collections.auditKeys.deleteMany({ _id: { $gt: `${audit}/`, $lt: `${audit}0` } });
  }

  /** A page of one group only, which goes on: the database counts it. */
  private async largeGroup({ prefix, group, firstValue }: Grouped): Promise<GroupPage> {
    const next = `${prefix}0`; // behind all that start with `<prefix>/`
    const all = { _id: { $gt: `${prefix}/`, $lt: next } };
    const { auditKeys } = this.collections;
    const [size, other, bySources] = await Promise.all([
      auditKeys.countDocuments(all),
      auditKeys.findOne({ ...all, value: { $ne: firstValue } }, { projection: { _id: 1 } }),
      auditKeys
        .aggregate<{ _id: string; count: number }>([
          { $match: all },
          { $group: { _id: '$sources', count: { $sum: 1 } } },
          { $sort: { count: -1, _id: 1 } },
          { $limit: atATime },
        ])
        .toArray(),
    ]);
    const origins = bySources.map(({ _id, count }) => originsOf(_id, count));
    return { groups: [{ ...group, size, origins, varies: other !== null }], next };
  }

  private hash(text: string): string {
    return this.signer.hmac('audit key', text).slice(0, 32);
  }
}

interface Grouped {
  /** `<audit>/<rule>/<hash>` */
  prefix: string;
  last: string;
  firstValue: string;
  group: FoundGroup;
}

function groupsOf(keys: readonly AuditKey[]): Grouped[] {
  const groups: Grouped[] = [];
  for (const { _id, value, sources } of keys) {
    const [audit = '', rule = '', hash = '', ...record] = _id.split('/');
    const prefix = `${audit}/${rule}/${hash}`;
    let current = groups.at(-1);
    if (current?.prefix !== prefix) {
      current = {
        prefix,
        last: _id,
        firstValue: value,
        group: { rule, size: 0, records: [], origins: [], varies: false },
      };
      groups.push(current);
    }
    const { group } = current;
    current.last = _id;
    group.size += 1;
    group.varies ||= value !== current.firstValue;
    group.records.push(record.join('/'));
    group.origins.push(originsOf(sources, 1));
  }
  return groups;
}

function originsOf(json: string, records: number): Origins {
  return { sources: JSON.parse(json) as Source[], records };
}

function fieldsOf({ sameAs, varies }: AuditRule): string[] {
  return sameAs ?? (varies ? [varies.field] : []);
}
