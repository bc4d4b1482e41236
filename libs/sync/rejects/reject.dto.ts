import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsEmail,
  IsIn,
  IsOptional,
  IsString,
  MaxLength,
} from 'class-validator';
import { errorCodes, type ErrorCode } from '@millrace/sdk';
import { IsTime, PageQuery, QueryBoolean } from '#platform';

const codes = Object.keys(errorCodes) as ErrorCode[];

export class RejectListQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'Id or slug of a sync.', example: 'shop-customers' })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  sync?: string;

  @ApiPropertyOptional({ example: 'run_01J9Z3K7M2Q4R8T6V0X5Y1W3B7' })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  run?: string;

  @ApiPropertyOptional({ description: 'Why they were refused.', example: 'invalid_row' })
  @IsOptional()
  @IsIn(codes)
  code?: ErrorCode;

  @ApiPropertyOptional({
    description: 'Only those refused at or after this ISO time.',
    example: '2026-01-01T00:00:00Z',
  })
  @IsOptional()
  @IsTime()
  since?: string;

  @ApiPropertyOptional({ description: 'Only those that were not replayed yet.', example: true })
  @IsOptional()
  @QueryBoolean()
  @IsBoolean()
  open?: boolean;
}

export class RejectLookupDto {
  @ApiProperty({ description: 'An e-mail address in the original.', example: 'ann@example.com' })
  @IsEmail()
  email!: string;
}

export class ReplayDto {
  @ApiPropertyOptional({ description: 'All of this sync (id or slug).', example: 'shop-customers' })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  sync?: string;

  @ApiPropertyOptional({ description: 'All of this run.', example: 'run_01J9Z3K7M2Q4R8T6V0X5Y1W3B7' })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  run?: string;

  @ApiPropertyOptional({ description: 'Of those only the ones that were refused for this.', example: 'invalid_row' })
  @IsOptional()
  @IsIn(codes)
  code?: ErrorCode;

  @ApiPropertyOptional({ type: [String], description: 'Just these, of one sync.', example: ['5b1f0c…'] })
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(1_000)
  @IsString({ each: true })
  @MaxLength(100, { each: true })
  ids?: string[];
}
