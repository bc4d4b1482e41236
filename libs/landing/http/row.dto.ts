import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsDate,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import type { Condition } from '@millrace/sdk';
import type { RowPage, RowQuery, RowView } from '../query/index.ts';

export class RowQueryDto implements RowQuery {
  @ApiPropertyOptional({
    type: Object,
    description:
      'Only rows for which this holds. `equals` of the key finds the row at once; anything else is looked for.',
    example: { field: 'Country', is: 'equals', value: 'Norway' },
  })
  @IsOptional()
  @IsObject()
  where?: Condition;

  @ApiPropertyOptional({ description: 'Only these paths.', type: [String], example: ['Email', 'address.city'] })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @IsString({ each: true })
  @MaxLength(300, { each: true })
  select?: string[];

  @ApiPropertyOptional({
    type: String,
    format: 'date-time',
    description: 'Rows as they had been landed then.',
    example: '2026-01-31T00:00:00Z',
  })
  @IsOptional()
  @Type(() => Date)
  @IsDate()
  asOf?: Date;

  @ApiPropertyOptional({ description: 'The `next` of the former page.' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  after?: string;

  @ApiPropertyOptional({ minimum: 1, maximum: 200, default: 50 })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(200)
  limit: number = 50;
}

export class RowDto implements RowView {
  @ApiProperty({ description: 'For the URL of its history.', example: 'T7N1bqR3pO0w8bLx5v2kQA' }) id!: string;
  @ApiProperty({ example: '17' }) key!: string;
  @ApiProperty({ description: 'When it changed, as the source told it.' }) at!: string;
  @ApiProperty({ description: 'When this version was landed.' }) landedAt!: string;
  @ApiProperty({ example: 3 }) version!: number;
  @ApiPropertyOptional({ description: 'The source deleted it; `row` is null.' }) deleted?: true;
  @ApiProperty({ type: Object, nullable: true, description: 'As the source gave it.', example: { id: 17 } })
  row!: unknown;
}

export class RowListDto {
  @ApiProperty({ type: [RowDto] }) data!: RowDto[];
  @ApiProperty({ type: String, nullable: true, description: 'Pass as `after` for the next page.' }) next!:
    string | null;
}

export class RowPageDto extends RowListDto implements RowPage {
  @ApiProperty({ description: 'Rows that were looked at: 10,000 at most a request.', example: 50 }) scanned!: number;
  @ApiProperty({ description: 'Rows that were there at `asOf`, though how is no longer kept.', example: 0 })
  forgotten!: number;
}
