import { ApiExtraModels, ApiProperty, ApiPropertyOptional, getSchemaPath } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsObject, IsOptional, IsString, Max, MaxLength, Min, ValidateNested } from 'class-validator';
import { SyncDto } from '../syncs/sync.dto.ts';
import type { Change, ChangeKind } from './change-of.ts';
import type { Difference } from './differences.ts';

export class DryRunDto {
  @ApiPropertyOptional({ description: 'Id or slug of a saved sync.', example: 'shop-customers' })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  sync?: string;

  @ApiPropertyOptional({ type: SyncDto, description: 'Or a sync that is not saved.' })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => SyncDto)
  unsaved?: SyncDto;

  @ApiPropertyOptional({ default: 10, minimum: 1, maximum: 100 })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(100)
  limit?: number;
}

const fates = ['mapped', 'deleted', 'rejected', 'filtered', 'superseded'] as const;
const changes: ChangeKind[] = ['create', 'update', 'delete', 'unchanged', 'superseded', 'rejected', 'unknown'];

class DifferenceDto implements Difference {
  @ApiProperty({ example: 'traits.city' }) field!: string;
  @ApiPropertyOptional({ type: Object, example: 'Oslo', description: 'Absent: nothing is there.' }) before?: unknown;
  @ApiPropertyOptional({ type: Object, example: 'Bergen', description: 'Absent: it goes.' }) after?: unknown;
}

@ApiExtraModels(DifferenceDto)
class ChangeDto implements Change {
  @ApiProperty({ enum: changes, example: 'update', description: 'unknown: the destination cannot tell beforehand.' })
  change!: ChangeKind;
  @ApiProperty({ type: [DifferenceDto], description: 'To what is there today.' }) differences!: DifferenceDto[];
}

@ApiExtraModels(ChangeDto)
export class DryRow {
  @ApiPropertyOptional({ example: 'customers.csv:2' }) position?: string;
  @ApiProperty({ type: Object, description: 'As the source gave it.' }) source!: unknown;
  @ApiProperty({ enum: fates, example: 'mapped' }) fate!: (typeof fates)[number];
  @ApiPropertyOptional({ type: Object, description: 'As it would arrive: object → record.' }) outputs?: Record<
    string,
    unknown
  >;
  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { $ref: getSchemaPath(ChangeDto) },
    description: 'What it would change: object → difference. Rows see those before them.',
  })
  changes?: Record<string, ChangeDto>;
  @ApiPropertyOptional() code?: string;
  @ApiPropertyOptional() message?: string;
}

export class DryRunResponse {
  @ApiProperty({ type: [DryRow] }) data!: DryRow[];
}
