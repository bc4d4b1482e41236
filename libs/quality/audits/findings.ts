import type { Finding } from './audit.schema.ts';
import type { FoundGroup, Origins } from './group-keys.ts';
import type { AuditedRecord, Source } from './judging/index.ts';
import type { AuditRule } from './rules/index.ts';

const mostSamples = 20;
const mostSources = 100;
const mostShownTogether = 5;

/** What is found while records are looked at; starts from what was found before. */
export class Findings {
  private readonly byRule: Map<string, Finding>;

  constructor(found: readonly Finding[], rules: readonly AuditRule[]) {
    const known = new Map(found.map((finding) => [finding.rule, structuredClone(finding)]));
    this.byRule = new Map(
      rules.map(({ slug }) => [
        slug,
        known.get(slug) ?? { rule: slug, looked: 0, faults: 0, sources: [], samples: [] },
      ]),
    );
  }

  /** Of a rule that is limited to connections, records of which these have said something. */
  looked(rule: AuditRule, records: readonly Pick<AuditedRecord, 'sourcesOf'>[]): void {
    const concerned = isLimited(rule) ? records.filter(({ sourcesOf }) => concerns(rule, sourcesOf([]))) : records;
    this.finding(rule.slug).looked += concerned.length;
  }

  /** A record is at fault; what came from connections that the rule does not look at is not counted. */
  fault(rule: AuditRule, { id, sourcesOf }: Pick<AuditedRecord, 'id' | 'sourcesOf'>, fields: string[]): void {
    this.add(rule, { id, fields }, [{ sources: sourcesOf(fields), records: 1 }]);
  }

  /** Records that are at fault together: each counts, and they are one sample. */
  group(rule: AuditRule, { records, origins }: FoundGroup, fields: string[]): void {
    const [id = '', ...others] = records;
    this.add(rule, { id, fields, with: others.slice(0, mostShownTogether) }, origins);
  }

  private add(rule: AuditRule, sample: Finding['samples'][number], origins: readonly Origins[]): void {
    const concerned = origins.filter(({ sources }) => concerns(rule, sources));
    if (concerned.length === 0) return;
    const finding = this.finding(rule.slug);
    if (finding.samples.length < mostSamples) finding.samples.push(sample);
    for (const { sources, records } of concerned) {
      finding.faults += records;
      for (const source of sources) if (concerns(rule, [source])) countSource(finding, source, records);
    }
  }

  all(): Finding[] {
    return [...this.byRule.values()];
  }

  private finding(slug: string): Finding {
    const finding = this.byRule.get(slug) ?? { rule: slug, looked: 0, faults: 0, sources: [], samples: [] };
    this.byRule.set(slug, finding);
    return finding;
  }
}

function isLimited(rule: AuditRule): rule is AuditRule & { connections: string[] } {
  return rule.connections !== undefined && rule.connections.length > 0;
}

function concerns(rule: AuditRule, sources: readonly Source[]): boolean {
  return !isLimited(rule) || sources.some(({ connection }) => rule.connections.includes(connection));
}

function countSource({ sources }: Finding, { connection, stream }: Source, faults: number): void {
  const known = sources.find((source) => source.connection === connection && source.stream === stream);
  if (known) known.faults += faults;
  else if (sources.length < mostSources) sources.push({ connection, stream, faults });
}
