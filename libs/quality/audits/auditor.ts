import { Injectable } from '@nestjs/common';
import { parseDuration } from '@millrace/sdk';
import { canonicalJson, carryOn, type CarryOnOptions } from '#platform';
import { StoreScan, TraitSettings, type ScanPage } from '#profiles';
import { QualityCollections } from '../collections.ts';
import { ConnectionLabels } from '../connection-labels.ts';
import type { Audit, AuditPhase, Finding } from './audit.schema.ts';
import { Findings } from './findings.ts';
import { GroupKeys, type FoundGroup } from './group-keys.ts';
import {
  compileGrouping,
  compileRule,
  consentRecord,
  eventRecord,
  orderRecord,
  productRecord,
  profileRecord,
  type AuditedRecord,
  type JudgeContext,
} from './judging/index.ts';
import type { AuditedKind, AuditRule } from './rules/index.ts';

const atATime = 500;
const keptAudits = 100;
const following: Partial<Record<AuditPhase, AuditPhase>> = {
  profile: 'order',
  order: 'event',
  event: 'product',
  product: 'consent',
  consent: 'groups',
};

/** Carries audits out: page by page, resumed by any process, with what was found in the audit's own document. */
@Injectable()
export class Auditor {
  constructor(
    private readonly collections: QualityCollections,
    private readonly store: StoreScan,
    private readonly settings: TraitSettings,
    private readonly keys: GroupKeys,
    private readonly labels: ConnectionLabels,
  ) {}

  /** Goes on with the audit that is under way, if no other process does. */
  async carryOn(options: CarryOnOptions = {}): Promise<void> {
    const audit = await this.collections.audits.findOne({ open: true }, { projection: { _id: 1 } });
    if (!audit) return;
    const end = await carryOn(this.collections.audits, audit._id, (work) => this.step(work), options);
    if (end === 'ended' || end === 'lost') await this.forget(audit._id);
  }

  private async step(audit: Audit): Promise<Partial<Audit>> {
    const { phase } = audit;
    const findings = new Findings(audit.findings, audit.rules);
    if (phase === 'groups') return this.judgeGroups(audit, findings);
    const { items, next } = await this.page(phase, audit.position, audit.startedAt);
    await this.judge(audit, phase, items, findings);
    const progress = {
      looked: { ...audit.looked, [phase]: (audit.looked[phase] ?? 0) + items.length },
      findings: findings.all(),
    };
    return next === undefined
      ? { ...progress, phase: following[phase] ?? 'groups', position: '' }
      : { ...progress, position: next };
  }

  private page(kind: AuditedKind, position: string | undefined, now: Date): Promise<ScanPage<AuditedRecord>> {
    const after = position === '' ? undefined : position;
    switch (kind) {
      case 'profile':
        return this.records(this.store.profiles(after, atATime), (profile) => profileRecord(profile, now.getTime()));
      case 'order':
        return this.records(this.store.orders(after, atATime), orderRecord);
      case 'event':
        return this.records(this.store.events(after, atATime), eventRecord);
      case 'product':
        return this.records(this.store.products(after, atATime), productRecord);
      case 'consent':
        return this.records(this.store.consents(after, atATime), consentRecord);
    }
  }

  private async records<T>(
    page: Promise<ScanPage<T>>,
    read: (item: T) => AuditedRecord,
  ): Promise<ScanPage<AuditedRecord>> {
    const { items, ...place } = await page;
    return { ...place, items: items.map(read) };
  }

  private async judge(
    { _id, rules, startedAt }: Audit,
    kind: AuditedKind,
    records: AuditedRecord[],
    findings: Findings,
  ): Promise<void> {
    const context: JudgeContext = { now: startedAt, limits: await this.limits() };
    for (const rule of rules.filter((one) => one.of === kind)) {
      findings.looked(rule, records);
      const judgeOne = compileRule(rule, context);
      for (const record of records) {
        const fields = judgeOne?.(record);
        if (fields) findings.fault(rule, record, fields);
      }
      const grouping = compileGrouping(rule);
      if (grouping)
        await this.keys.keep(
          _id,
          records.map((record) => ({ rule, record, grouping })),
        );
    }
  }

  private async judgeGroups(audit: Audit, findings: Findings): Promise<Partial<Audit>> {
    const { groups, next } = await this.keys.page(audit._id, audit.position === '' ? undefined : audit.position);
    const rules = new Map(audit.rules.map((rule) => [rule.slug, rule]));
    for (const group of groups) {
      const rule = rules.get(group.rule);
      if (rule && isFault(rule, group)) findings.group(rule, group, rule.sameAs ?? [rule.varies?.field ?? '']);
    }
    if (next !== undefined) return { findings: findings.all(), position: next };
    return { ...(await this.compared(audit, findings.all())), open: false, endedAt: new Date() };
  }

  /** With names of connections, and what the audit before found. */
  private async compared(audit: Audit, found: Finding[]): Promise<Pick<Audit, 'findings' | 'comparedWith'>> {
    const before = await this.collections.audits
      .find(
        { _id: { $lt: audit._id }, endedAt: { $exists: true }, cancelled: { $exists: false } },
        { sort: { _id: -1 }, limit: 1 },
      )
      .next();
    const names = await this.labels.of(found.flatMap(({ sources }) => sources.map(({ connection }) => connection)));
    const findings = found.map((finding): Finding => {
      const isComparable = looksFor(before, finding.rule) === looksFor(audit, finding.rule);
      const then = isComparable ? before?.findings.find(({ rule }) => rule === finding.rule) : undefined;
      const sources = finding.sources
        .map((source) => {
          const connectionName = names.get(source.connection);
          return { ...source, ...(connectionName !== undefined && { connectionName }) };
        })
        .sort((x, y) => y.faults - x.faults);
      return { ...finding, sources, ...(then && { before: { faults: then.faults, looked: then.looked } }) };
    });
    return { findings, ...(before && { comparedWith: before._id }) };
  }

  private async limits(): Promise<Map<string, number>> {
    const limits = new Map<string, number>();
    for (const [name, { freshness }] of await this.settings.all()) {
      const limit = parseDuration(freshness);
      if (limit) limits.set(name, limit.milliseconds);
    }
    return limits;
  }

  /** The keys of an audit that has ended, and audits of long ago. */
  private async forget(id: string): Promise<void> {
    const open = await this.collections.audits.findOne({ _id: id, open: true }, { projection: { _id: 1 } });
    if (!open) await this.keys.forget(id);
    const [oldest] = await this.collections.audits
      .find({ open: false }, { sort: { _id: -1 }, skip: keptAudits, limit: 1, projection: { _id: 1 } })
      .toArray();
    if (oldest) await this.collections.audits.deleteMany({ _id: { $lte: oldest._id }, open: false });
  }
}

/** What a rule's figure is about: after a change of it two figures are of different things. */
function looksFor(audit: Audit | null | undefined, slug: string): string | undefined {
  const rule = audit?.rules.find((one) => one.slug === slug);
  if (!rule) return undefined;
  const { title: _, fault: __, severity: ___, tolerance: ____, ...test } = rule;
  return canonicalJson(test);
}

function isFault(rule: AuditRule, { size, varies }: FoundGroup): boolean {
  return rule.varies ? varies : size > 1;
}
