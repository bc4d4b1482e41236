import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import { PageQuery } from '#platform';
import type { ManagedView } from './managed-resources.ts';

export class ManagedQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'Only what was made in this name.', example: 'shop' })
  @IsOptional()
  @IsString()
  @MaxLength(40)
  owner?: string;
}

export class ManagedDto implements ManagedView {
  @ApiProperty({ example: '/api/blocks/card' }) path!: string;

  @ApiPropertyOptional({
    description: 'Its name in the path. Entries of former versions lack it, and have their path in lower case.',
    example: 'card',
  })
  name?: string;

  @ApiPropertyOptional({
    description: 'Of what has one: another of the same name is not meant.',
    example: 'blk_01JD3V7Q2M8Z5T9W4R6X1Y0KBC',
  })
  id?: string;

  @ApiProperty({ example: 'shop' }) owner!: string;
  @ApiProperty({ format: 'date-time', example: '2025-03-01T09:00:00.000Z' }) at!: string;
}

export class ManagedListDto {
  @ApiProperty({ type: [ManagedDto] }) data!: ManagedDto[];
  @ApiProperty({ type: String, nullable: true, example: null }) next!: string | null;
}
