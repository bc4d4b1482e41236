import { Injectable } from '@nestjs/common';
import { Signer } from '#platform';
import { QualityCollections } from '../collections.ts';
import type { AuditKey } from './audit-key.schema.ts';
import type { AuditedRecord, Grouping, Source } from './judging/index.ts';
import type { AuditRule } from './rules/index.ts';

const atATime = 2_000;
/** Of one group: more records with one key are a constant, not duplicates, and are counted but not kept. */
const mostInAGroup = 1_000;

export interface FoundGroup {
  rule: string;
  /** Records, in the order of their ids. */
  records: string[];
  sources: Source[];
  /** How many different values they have. */
  values: number;
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
    if (open && groups.length === 0) return this.largeGroup(open, keys);
    const whole = groups.map(({ group }) => group);
    const last = groups.at(-1)?.last;
    return { groups: whole, ...(open && last !== undefined && { next: last }) };
  }

  async forget(audit: string): Promise<void> {
    await this.collections.auditKeys.deleteMany({ _id: { $gt: `${audit}/`, $lt: `${audit}0` } });
  }

  /** A page of one group only: the rest of it is skipped. */
  private largeGroup({ prefix, group }: Grouped, keys: AuditKey[]): GroupPage {
    const end = `${prefix}0`; // behind all that start with `<prefix>/`
    return {
      groups: [{ ...group, records: group.records.slice(0, mostInAGroup) }],
      ...(keys.length > 0 && { next: end }),
    };
  }

  private hash(text: string): string {
    return this.signer.hmac('audit key', text).slice(0, 32);
  }
}

interface Grouped {
  /** `<audit>/<rule>/<hash>` */
  prefix: string;
  last: string;
  group: FoundGroup;
}

function groupsOf(keys: readonly AuditKey[]): Grouped[] {
  const groups: (Grouped & { seen: Set<string> })[] = [];
  for (const { _id, value, sources } of keys) {
    const [audit = '', rule = '', hash = '', ...record] = _id.split('/');
    const prefix = `${audit}/${rule}/${hash}`;
    let current = groups.at(-1);
    if (current?.prefix !== prefix) {
      current = { prefix, last: _id, group: { rule, records: [], sources: [], values: 0 }, seen: new Set() };
      groups.push(current);
    }
    current.last = _id;
    current.seen.add(value);
    current.group.values = current.seen.size;
    current.group.records.push(record.join('/'));
    current.group.sources.push(...(JSON.parse(sources) as Source[]));
  }
  return groups;
}

function fieldsOf({ sameAs, varies }: AuditRule): string[] {
  return sameAs ?? (varies ? [varies.field] : []);
}
