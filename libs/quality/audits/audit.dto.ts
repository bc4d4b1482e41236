import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { auditPhases, type Audit, type AuditPhase, type Finding } from './audit.schema.ts';
import {
  auditedKinds,
  faultKinds,
  severities,
  type AuditedKind,
  type AuditRule,
  type FaultKind,
  type Severity,
} from './rules/index.ts';

const at = '2025-04-01T04:00:00.000Z';
const source = {
  connection: 'con_01JD3V7Q2M8Z5T9W4R6X1Y0KBC',
  connectionName: 'Shop',
  stream: 'customers',
  faults: 31,
};

export class AuditFindingDto {
  @ApiProperty({ example: 'email-malformed' }) rule!: string;
  @ApiProperty({ example: 'E-mail addresses that are none' }) title!: string;
  @ApiProperty({ enum: auditedKinds, example: 'profile' }) of!: AuditedKind;
  @ApiProperty({ enum: faultKinds, example: 'malformed' }) fault!: FaultKind;
  @ApiProperty({ enum: severities, example: 'error' }) severity!: Severity;
  @ApiProperty({
    description:
      'Records that were looked at; of a rule that is limited to connections, those of which these said something.',
    example: 10_000,
  })
  looked!: number;
  @ApiProperty({ description: 'Records at fault.', example: 31 }) faults!: number;
  @ApiProperty({ description: 'Of the records, 0 to 1.', example: 0.0031 }) share!: number;
  @ApiProperty({ description: 'No more faults than the rule tolerates.', example: false }) passed!: boolean;

  @ApiPropertyOptional({
    type: Object,
    description: 'What the audit before found; absent if it did not look for the same.',
    example: { faults: 40, looked: 9_800 },
  })
  before?: Finding['before'];

  @ApiProperty({ type: [Object], description: 'Where the faults came from, the most first.', example: [source] })
  sources!: Finding['sources'];

  @ApiProperty({
    type: [Object],
    description: 'The first ones, by id: GET /api/profiles/{id}. `with`: others that are at fault together.',
    example: [{ id: 'p_01JD3V7Q2M8Z5T9W4R6X1Y0KBC', fields: ['traits.email'] }],
  })
  samples!: Finding['samples'];
}

export class AuditSummaryDto {
  @ApiProperty({ example: 'adt_01JD3V7Q2M8Z5T9W4R6X1Y0KBC' }) id!: string;
  @ApiProperty({ enum: ['running', 'done', 'cancelled'], example: 'done' }) state!: 'running' | 'done' | 'cancelled';
  @ApiProperty({ enum: ['asked', 'schedule'], example: 'schedule' }) reason!: Audit['reason'];
  @ApiPropertyOptional({ description: 'Id of the key that asked.', example: 'key_admin' }) by?: string;
  @ApiProperty({ enum: auditPhases, description: 'What it looks at.', example: 'groups' }) phase!: AuditPhase;

  @ApiProperty({
    type: Object,
    description: 'Records that it looked at.',
    example: { profile: 10_000, order: 21_000, event: 90_000, product: 400, consent: 900 },
  })
  looked!: Audit['looked'];

  @ApiProperty({ description: 'About how many profiles there were at its start.', example: 10_000 }) profiles!: number;
  @ApiProperty({ description: 'Rules that found more than they tolerate.', example: 3 }) failed!: number;
  @ApiProperty({ format: 'date-time', example: at }) startedAt!: string;
  @ApiPropertyOptional({ format: 'date-time', example: at }) endedAt?: string;
}

export class AuditDto extends AuditSummaryDto {
  @ApiPropertyOptional({ description: 'The audit that `before` is of.', example: 'adt_01JC3V7Q2M8Z5T9W4R6X1Y0KBC' })
  comparedWith?: string;

  @ApiProperty({ type: [AuditFindingDto] }) findings!: AuditFindingDto[];

  @ApiProperty({
    description: 'The report as a page: opens in a browser without a key, for 15 minutes.',
    example: 'https://millrace.example.com/audit-reports/eyJ…',
  })
  page!: string;
}

export class DataAuditListDto {
  @ApiProperty({ type: [AuditSummaryDto] }) data!: AuditSummaryDto[];
  @ApiProperty({ type: String, nullable: true, example: null }) next!: string | null;
}

export function auditSummary(audit: Audit): AuditSummaryDto {
  const { _id: id, reason, by, phase, looked, profiles, startedAt, endedAt, cancelled } = audit;
  return {
    id,
    state: cancelled ? 'cancelled' : endedAt ? 'done' : 'running',
    reason,
    ...(by !== undefined && { by }),
    phase,
    looked,
    profiles,
    failed: audit.rules.filter((rule) => !passes(rule, findingOf(audit, rule))).length,
    startedAt: startedAt.toISOString(),
    ...(endedAt && { endedAt: endedAt.toISOString() }),
  };
}

/** What fails comes first, the graver and the more frequent before the rest. */
export function findingsOf(audit: Audit): AuditFindingDto[] {
  const found = audit.rules.map((rule): AuditFindingDto => {
    const { slug, title, of, fault, severity } = rule;
    const finding = findingOf(audit, rule);
    const { looked, faults, before, sources, samples } = finding;
    const share = shareOf(finding);
    const passed = passes(rule, finding);
    return {
      rule: slug,
      title,
      of,
      fault,
      severity,
      looked,
      faults,
      share,
      passed,
      ...(before && { before }),
      sources,
      samples,
    };
  });
  const weight = ({ passed, severity }: AuditFindingDto): number => (passed ? 0 : 1 + severities.indexOf(severity));
  return found.sort((x, y) => weight(y) - weight(x) || y.faults - x.faults || (x.rule < y.rule ? -1 : 1));
}

function findingOf({ findings }: Audit, { slug }: AuditRule): Omit<Finding, 'rule'> {
  return findings.find(({ rule }) => rule === slug) ?? nothing;
}

function shareOf({ looked, faults }: Pick<Finding, 'looked' | 'faults'>): number {
  return looked === 0 ? 0 : faults / looked;
}

function passes({ tolerance }: AuditRule, finding: Pick<Finding, 'looked' | 'faults'>): boolean {
  return shareOf(finding) <= tolerance;
}

const nothing: Omit<Finding, 'rule'> = { looked: 0, faults: 0, sources: [], samples: [] };
