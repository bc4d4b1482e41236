import type { Finding } from './audit.schema.ts';
import type { CountedSource, FoundGroup } from './group-keys.ts';
import type { AuditedRecord } from './judging/index.ts';
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

  looked({ slug }: AuditRule, records: number): void {
    this.finding(slug).looked += records;
  }

  /** A record is at fault; what came from connections that the rule does not look at is not counted. */
  fault(rule: AuditRule, { id, sourcesOf }: Pick<AuditedRecord, 'id' | 'sourcesOf'>, fields: string[]): void {
    const sources = sourcesOf(fields).map((source) => ({ ...source, faults: 1 }));
    this.add(rule, { id, fields }, sources, 1);
  }

  /** Records that are at fault together: each counts, and they are one sample. */
  group(rule: AuditRule, { size, records, sources }: FoundGroup, fields: string[]): void {
    const [id = '', ...others] = records;
    this.add(rule, { id, fields, with: others.slice(0, mostShownTogether) }, sources, size);
  }

  private add(
    { slug, connections }: AuditRule,
    sample: Finding['samples'][number],
    from: readonly CountedSource[],
    faults: number,
  ): void {
    const sources = connections ? from.filter(({ connection }) => connections.includes(connection)) : from;
    if (connections && sources.length === 0) return;
    const finding = this.finding(slug);
    finding.faults += faults;
    if (finding.samples.length < mostSamples) finding.samples.push(sample);
    for (const source of sources) countSource(finding, source);
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

function countSource({ sources }: Finding, { connection, stream, faults }: CountedSource): void {
  const known = sources.find((source) => source.connection === connection && source.stream === stream);
  if (known) known.faults += faults;
  else if (sources.length < mostSources) sources.push({ connection, stream, faults });
}
