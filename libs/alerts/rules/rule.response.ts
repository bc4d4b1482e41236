import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { CreateRuleDto } from './rule.dto.ts';
import { revisionOf } from '#platform';
import type { AlertRule } from './rule.schema.ts';

/** A rule as the API shows it: what PUT takes, and when it was made and changed. */
export class RuleResponse extends CreateRuleDto {
  @ApiProperty({ example: 'rul_01J9Z3K7M2Q4R8T6V0X5Y1W3B7' }) id!: string;
  @ApiProperty({ description: 'Raised by every change.', example: 1 }) revision!: number;
  @ApiPropertyOptional({
    description: 'When its last alert was opened; absent: none that is still kept.',
    format: 'date-time',
  })
  lastAlertAt?: string;
  @ApiProperty() createdAt!: string;
  @ApiProperty() updatedAt!: string;

  static of({ _id, createdAt, updatedAt, ...rule }: AlertRule, lastAlerts?: Map<string, Date>): RuleResponse {
    return {
      id: _id,
      ...rule,
      repeat: rule.repeat ?? null,
      revision: revisionOf(rule),
      lastAlertAt: lastAlerts?.get(_id)?.toISOString(),
      createdAt: createdAt.toISOString(),
      updatedAt: updatedAt.toISOString(),
    };
  }
}

export class RuleListResponse {
  @ApiProperty({ type: [RuleResponse] }) data!: RuleResponse[];
  @ApiProperty({ type: String, nullable: true, example: null }) next!: string | null;
}
