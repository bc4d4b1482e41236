import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Max,
  MaxLength,
  Min,
  ValidateBy,
  ValidateNested,
} from 'class-validator';
import {
  defaultIdentityPolicy,
  isKind,
  isRegion,
  type EmailPolicy,
  type IdentityPolicy,
  type KindPolicy,
  type PhonePolicy,
} from '../identity/index.ts';
import type { Revision } from '#platform';

const fallback = defaultIdentityPolicy;

export class EmailPolicyDto implements EmailPolicy {
  @ApiPropertyOptional({
    description: '`dropGmail`: a.nn@gmail.com is ann@gmail.com, and googlemail.com is gmail.com.',
    enum: ['keep', 'dropGmail'],
    default: fallback.email.dots,
  })
  @IsIn(['keep', 'dropGmail'])
  dots: EmailPolicy['dots'] = fallback.email.dots;

  @ApiPropertyOptional({
    description: '`drop`: ann+news@x.com is ann@x.com; `dropGmail`: only at Gmail.',
    enum: ['keep', 'dropGmail', 'drop'],
    default: fallback.email.tags,
  })
  @IsIn(['keep', 'dropGmail', 'drop'])
  tags: EmailPolicy['tags'] = fallback.email.tags;
}

export class PhonePolicyDto implements PhonePolicy {
  @ApiPropertyOptional({
    description: 'ISO 3166-1 alpha-2: where numbers without a country code are from. Null: those are uncertain.',
    type: String,
    nullable: true,
    default: fallback.phone.region,
    example: 'GB',
  })
  @IsOptional()
  @ValidateBy({
    name: 'isRegion',
    validator: {
      validate: (value) => typeof value === 'string' && isRegion(value),
      defaultMessage: () => 'region must be a country such as GB, or null',
    },
  })
  region: string | null = fallback.phone.region;

  @ApiPropertyOptional({
    description: 'Numbers that cannot be read with certainty: keep their digits as they are, or refuse the row.',
    enum: ['keep', 'refuse'],
    default: fallback.phone.uncertain,
  })
  @IsIn(['keep', 'refuse'])
  uncertain: PhonePolicy['uncertain'] = fallback.phone.uncertain;
}

export class KindPolicyDto implements KindPolicy {
  @ApiProperty({ example: 'email' })
  @ValidateBy({
    name: 'isKind',
    validator: {
      validate: (value) => typeof value === 'string' && isKind(value),
      defaultMessage: () => 'kind must be a kind of identity, such as email or customer_id',
    },
  })
  kind!: string;

  @ApiPropertyOptional({
    description:
      'Where a row names people who are kept apart, it is about whom the kind with the greatest priority names.',
    default: 0,
    example: 30,
  })
  @IsInt()
  @Min(-1_000)
  @Max(1_000)
  priority: number = 0;

  @ApiPropertyOptional({
    description: 'Identities of this kind that one profile may have; null: as many as come.',
    type: Number,
    nullable: true,
    default: null,
    example: 20,
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(2_000)
  limit: number | null = null;
}

export class SetIdentityPolicyDto implements IdentityPolicy {
  @ApiPropertyOptional({ type: EmailPolicyDto })
  @IsObject()
  @ValidateNested()
  @Type(() => EmailPolicyDto)
  email: EmailPolicyDto = new EmailPolicyDto();

  @ApiPropertyOptional({ type: PhonePolicyDto })
  @IsObject()
  @ValidateNested()
  @Type(() => PhonePolicyDto)
  phone: PhonePolicyDto = new PhonePolicyDto();

  @ApiPropertyOptional({
    description:
      'Values that identify nobody: kind and value, `email:@example.com` for a domain, `*:unknown` for every mapped kind. Default: the usual test and null values.',
    type: [String],
    example: ['email:test@test.com', 'email:@example.com', '*:unknown'],
  })
  @IsArray()
  @ArrayMaxSize(10_000)
  @IsString({ each: true })
  @MaxLength(300, { each: true })
  blocked: string[] = [...fallback.blocked];

  @ApiPropertyOptional({ type: [KindPolicyDto], description: 'Kinds that need more than priority 0 and no limit.' })
  @IsArray()
  @ArrayMaxSize(200)
  @ArrayUnique(({ kind }: KindPolicy) => kind, { message: 'kinds must name each kind once' })
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => KindPolicyDto)
  kinds: KindPolicyDto[] = fallback.kinds.map((kind) => Object.assign(new KindPolicyDto(), kind));

  @ApiPropertyOptional({
    description: 'How many known people one row may join to another; a row that joins more is rejected.',
    default: fallback.mergeLimit,
  })
  @IsInt()
  @Min(0)
  @Max(1_000)
  mergeLimit: number = fallback.mergeLimit;

  @ApiPropertyOptional({
    description: 'The revision that you have read: refused when somebody else has set another one since.',
    example: 3,
  })
  @IsOptional()
  @IsInt()
  @Min(0)
  revision?: number;
}

export class IdentityPolicyDto extends SetIdentityPolicyDto {
  @ApiProperty({ description: '0: the default.', example: 3 }) declare revision: number;
  @ApiPropertyOptional({ format: 'date-time', example: '2025-03-01T09:00:00.000Z' }) at?: string;
  @ApiPropertyOptional({ description: 'Id of the key that set it.', example: 'key_01JD3V7Q2M8Z5T9W4R6X1Y0KBC' })
  by?: string;
}

/** What is stored: plain data, without the revision. */
export function policyOf({ email, phone, blocked, kinds, mergeLimit }: SetIdentityPolicyDto): IdentityPolicy {
  return {
    email: { dots: email.dots, tags: email.tags },
    phone: { region: phone.region ?? null, uncertain: phone.uncertain },
    blocked,
    kinds: kinds.map(({ kind, priority, limit }) => ({ kind, priority, limit: limit ?? null })),
    mergeLimit,
  };
}

export function policyView({ value, revision, at, by }: Revision<IdentityPolicy>): IdentityPolicyDto {
  return { ...value, revision, ...(at && { at: at.toISOString() }), ...(by && { by }) };
}
