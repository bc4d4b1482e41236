import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';
import { keyConcerns, roles, type KeyConcern, type ReviewedKey, type ReviewedRole, type Role } from '#access';
import { PageQuery } from '#platform';

const at = '2025-03-01T09:00:00.000Z';

export class AccessReviewQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'Keys that were not used for so long are told. Default: 90d.', example: '90d' })
  @IsOptional()
  @Matches(/^[1-9]\d{0,4}(h|d|w)$/, { message: 'unusedFor must be a time such as 12h, 90d or 8w' })
  unusedFor?: string;
}

export class ReviewedKeyDto {
  @ApiProperty({ example: 'key_01JD3V7Q2M8Z5T9W4R6X1Y0KBC' }) id!: string;
  @ApiProperty({ example: 'nightly import' }) name!: string;
  @ApiProperty({ enum: roles, example: 'operator' }) role!: Role;
  @ApiProperty({ format: 'date-time', example: at }) createdAt!: string;
  @ApiPropertyOptional({ description: 'Id of the key that made it.', example: 'key_admin' }) createdBy?: string;
  @ApiPropertyOptional({ description: 'Right to the minute; absent: never.', format: 'date-time', example: at })
  lastUsedAt?: string;
  @ApiPropertyOptional({ format: 'date-time', example: at }) expiresAt?: string;

  @ApiProperty({
    enum: keyConcerns,
    isArray: true,
    description: '`expired`: over, but not revoked.',
    example: ['unused', 'neverExpires'],
  })
  concerns!: KeyConcern[];

  static of({ createdAt, lastUsedAt, expiresAt, ...key }: ReviewedKey): ReviewedKeyDto {
    return {
      ...key,
      createdAt: createdAt.toISOString(),
      ...(lastUsedAt && { lastUsedAt: lastUsedAt.toISOString() }),
      ...(expiresAt && { expiresAt: expiresAt.toISOString() }),
    };
  }
}

export class ReviewedRoleDto implements ReviewedRole {
  @ApiProperty({ enum: roles, example: 'operator' }) role!: Role;
  @ApiProperty({ description: 'Keys in use that have exactly this role.', example: 2 }) keys!: number;

  @ApiProperty({
    type: [Object],
    description: 'What this role opens and those below do not.',
    example: [{ method: 'POST', path: '/api/connections' }],
  })
  routes!: ReviewedRole['routes'];
}

export class AccessReviewDto {
  @ApiProperty({ format: 'date-time', example: at }) at!: string;

  @ApiProperty({
    description: 'MILLRACE_ADMIN_KEY is set: a key that is in no list and never expires.',
    example: false,
  })
  adminKeyInSettings!: boolean;

  @ApiProperty({ type: [ReviewedRoleDto], description: 'Each may also do what those before it may.' })
  roles!: ReviewedRoleDto[];

  @ApiProperty({ type: [Object], description: 'What needs no key.', example: [{ method: 'GET', path: '/healthz' }] })
  public!: ReviewedRole['routes'];

  @ApiProperty({
    description: 'The review as a page: opens in a browser without a key, for 15 minutes.',
    example: 'https://millrace.example.com/access-reviews/eyJ…',
  })
  page!: string;

  @ApiProperty({ type: [ReviewedKeyDto], description: 'Keys in use, by age.' }) data!: ReviewedKeyDto[];
  @ApiProperty({ type: String, nullable: true, example: null }) next!: string | null;
}
