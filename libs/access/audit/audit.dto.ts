import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';
import { IsTime, PageQuery } from '#platform';
import { KeyHolderDto } from '../keys/key.dto.ts';

export class AuditQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'Only what this key asked for.', example: 'key_admin' })
  @IsOptional()
  @Matches(/^key_\w{1,64}$/, { message: 'must be the id of a key, such as key_admin' })
  key?: string;

  @ApiPropertyOptional({
    description: 'Only changes of this kind of thing: the part behind /api/.',
    example: 'connections',
  })
  @IsOptional()
  @Matches(/^[a-z0-9-]{1,40}$/, { message: 'must be the part of a path behind /api/, such as connections' })
  resource?: string;

  @ApiPropertyOptional({ description: 'From then on.', format: 'date-time', example: '2025-03-01T00:00:00Z' })
  @IsOptional()
  @IsTime()
  since?: string;

  @ApiPropertyOptional({ description: 'Before then.', format: 'date-time', example: '2025-04-01T00:00:00Z' })
  @IsOptional()
  @IsTime()
  until?: string;
}

export class AuditEntryDto {
  @ApiProperty({ example: 'aud_01JD3V7Q2M8Z5T9W4R6X1Y0KBC' })
  id!: string;

  @ApiProperty({ format: 'date-time', example: '2025-03-01T09:00:00.000Z' })
  at!: string;

  @ApiProperty({ type: KeyHolderDto })
  key!: KeyHolderDto;

  @ApiProperty({ example: 'PATCH' })
  method!: string;

  @ApiProperty({ example: '/api/connectors/postgres' })
  path!: string;

  @ApiPropertyOptional({ example: 'connectors' })
  resource?: string;

  @ApiProperty({ example: 200 })
  status!: number;

  @ApiPropertyOptional({ description: 'Of the error, when it failed.', example: 'forbidden' })
  code?: string;

  @ApiProperty({ description: 'Id of the request.', example: 'req_01JD3V7Q2M8Z5T9W4R6X1Y0KBC' })
  request!: string;

  @ApiPropertyOptional({ example: '127.0.0.1' })
  address?: string;
}

export class AuditListDto {
  @ApiProperty({ type: [AuditEntryDto] })
  data!: AuditEntryDto[];

  @ApiProperty({ type: String, nullable: true, example: null })
  next!: string | null;
}
