import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Length } from 'class-validator';
import { IsTime } from '#platform';
import { roles, type Role } from '../roles/role.ts';

export class CreateKeyDto {
  @ApiProperty({ description: 'What the key is for.', example: 'nightly import', maxLength: 100 })
  @IsString()
  @Length(1, 100)
  name!: string;

  @ApiProperty({
    description: 'Each role may do everything that the ones before it may.',
    enum: roles,
    example: 'operator',
  })
  @IsIn(roles)
  role!: Role;

  @ApiPropertyOptional({
    description: 'From then on it is refused. Default: it stays good until it is revoked.',
    format: 'date-time',
    example: '2026-03-01T00:00:00Z',
  })
  @IsOptional()
  @IsTime()
  expiresAt?: string;
}

export class KeyHolderDto {
  @ApiProperty({ example: 'key_01JD3V7Q2M8Z5T9W4R6X1Y0KBC' })
  id!: string;

  @ApiProperty({ example: 'nightly import' })
  name!: string;

  @ApiProperty({ enum: roles, example: 'operator' })
  role!: Role;
}

export class NewKeyDto extends KeyHolderDto {
  @ApiProperty({
    description: 'The key itself, for `Authorization: Bearer …`. Shown this once.',
    example: 'mr_01JD3V7Q2M8Z5T9W4R6X1Y0KBC_3q2-7wAAn0o5v4C1c2FtcGxlIG9ubHksIG5vIGtleQ0',
  })
  key!: string;
}

export class KeyDto extends KeyHolderDto {
  @ApiProperty({ format: 'date-time', example: '2025-03-01T09:00:00.000Z' })
  createdAt!: string;

  @ApiPropertyOptional({ description: 'Id of the key that made it.', example: 'key_admin' })
  createdBy?: string;

  @ApiPropertyOptional({
    description: 'Right to the minute.',
    format: 'date-time',
    example: '2025-03-02T10:15:00.000Z',
  })
  lastUsedAt?: string;

  @ApiPropertyOptional({ format: 'date-time', example: '2025-04-01T00:00:00.000Z' })
  revokedAt?: string;

  @ApiPropertyOptional({ format: 'date-time', example: '2026-03-01T00:00:00.000Z' })
  expiresAt?: string;
}

export class KeyListDto {
  @ApiProperty({ type: [KeyDto] })
  data!: KeyDto[];

  @ApiProperty({ type: String, nullable: true, example: null })
  next!: string | null;
}
