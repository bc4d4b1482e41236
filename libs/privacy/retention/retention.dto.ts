import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsInt, Max, Min } from 'class-validator';
import type { OldCount } from './old-documents.ts';
import { retentionKindNames, type RetentionKindName } from './retention-kinds.ts';
import type { PolicyView, SweepView } from './retention-views.ts';

const at = '2025-03-01T09:00:00.000Z';

export class RetentionCountRequestDto {
  @ApiProperty({ description: 'What is older counts.', example: 730 }) @IsInt() @Min(1) @Max(36_500) days!: number;
}

export class PutPolicyDto extends RetentionCountRequestDto {
  @ApiProperty({ description: 'Ask POST …/count what it would remove before you say true.', example: false })
  @IsBoolean()
  enabled!: boolean;
}

export class RetentionCountDto implements OldCount {
  @ApiProperty({ example: 120_000 }) older!: number;
  @ApiProperty({ example: 2_400_000 }) of!: number;
  @ApiProperty({ description: 'False: told from a sample of 10,000.', example: false }) exact!: boolean;
}

export class PolicyDto implements PolicyView {
  @ApiProperty({ enum: retentionKindNames, example: 'event' }) kind!: RetentionKindName;
  @ApiProperty({ example: 'Events' }) title!: string;
  @ApiProperty({ example: 'Counts and sums over events become smaller with them.' }) hint!: string;
  @ApiProperty({ example: true }) enabled!: boolean;
  @ApiPropertyOptional({ description: 'Absent: nothing is said, so nothing is removed.', example: 730 }) days?: number;
  @ApiProperty({ description: 'Raised by every change; 0: nothing is said.', example: 3 }) revision!: number;
  @ApiPropertyOptional({ format: 'date-time', example: at }) updatedAt?: string;
  @ApiPropertyOptional({ description: 'Id of the key.', example: 'key_01JD3V7Q2M' }) updatedBy?: string;
  @ApiPropertyOptional({ format: 'date-time', example: at }) nextSweepAt?: string;
}

export class PolicyListDto {
  @ApiProperty({ type: [PolicyDto] }) data!: PolicyDto[];
  @ApiProperty({ type: String, nullable: true, example: null }) next!: string | null;
}

export class SweepDto implements SweepView {
  @ApiProperty({ example: 'swp_01JD3V7Q2M8Z5T9W4R6X1Y0KBC' }) id!: string;
  @ApiProperty({ enum: retentionKindNames, example: 'event' }) kind!: RetentionKindName;
  @ApiProperty({ example: 730 }) days!: number;
  @ApiProperty({ description: 'What was older was removed.', format: 'date-time', example: at }) before!: string;
  @ApiProperty({ format: 'date-time', example: at }) startedAt!: string;
  @ApiProperty({ format: 'date-time', example: at }) endedAt!: string;
  @ApiProperty({ example: 2_400_000 }) looked!: number;
  @ApiProperty({ example: 120_000 }) removed!: number;
}

export class SweepListDto {
  @ApiProperty({ type: [SweepDto] }) data!: SweepDto[];
  @ApiProperty({ type: String, nullable: true, example: null }) next!: string | null;
}
