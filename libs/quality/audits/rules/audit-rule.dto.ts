import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  Equals,
  IsArray,
  IsBoolean,
  IsIn,
  IsNumber,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Max,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import type { Condition } from '@millrace/sdk';
import { formats, type Format } from '../judging/formats.ts';
import {
  auditedKinds,
  faultKinds,
  severities,
  type AuditedKind,
  type AuditRuleState,
  type FaultKind,
  type Severity,
} from './audit-rule.ts';

const path = { minLength: 1, maxLength: 200 };

export class FormatTestDto {
  @ApiProperty({ enum: formats, example: 'email' }) @IsIn(formats) as!: Format;

  @ApiProperty({ type: [String], example: ['traits.email'] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @Length(path.minLength, path.maxLength, { each: true })
  fields!: string[];
}

export class CompareTestDto {
  @ApiProperty({ example: 'traits.birthDate' }) @IsString() @Length(1, 200) field!: string;
  @ApiProperty({ enum: ['greaterThan', 'lessThan'], example: 'greaterThan' })
  @IsIn(['greaterThan', 'lessThan'])
  is!: 'greaterThan' | 'lessThan';
  @ApiProperty({ example: 'traits.signedUpAt' }) @IsString() @Length(1, 200) other!: string;
}

export class VariesTestDto {
  @ApiProperty({ example: 'currency' }) @IsString() @Length(1, 200) field!: string;
  @ApiProperty({ example: 'profile' }) @IsString() @Length(1, 200) within!: string;
}

/** Null is no way to leave a field as it is. */
function isGiven(_: object, value: unknown): boolean {
  return value !== undefined;
}

export class ChangeAuditRuleDto {
  @ApiPropertyOptional({ example: false }) @ValidateIf(isGiven) @IsBoolean() enabled?: boolean;

  @ApiPropertyOptional({ enum: severities, example: 'warning' })
  @ValidateIf(isGiven)
  @IsIn(severities)
  severity?: Severity;

  @ApiPropertyOptional({ description: 'Share of the records that may be faulty, 0 to 1.', example: 0.02 })
  @ValidateIf(isGiven)
  @IsNumber()
  @Min(0)
  @Max(1)
  tolerance?: number;

  @ApiPropertyOptional({
    type: [String],
    description: 'Only records and faults that came from these connections (ids or slugs); none: from any.',
  })
  @ValidateIf(isGiven)
  @IsArray()
  @ArrayMaxSize(100)
  @Length(1, 64, { each: true })
  connections?: string[];
}

const whereOwn = 'Of a rule of your own; a built-in one has it.';

export class PutAuditRuleDto extends ChangeAuditRuleDto {
  @ApiPropertyOptional({ description: whereOwn, example: 'Members without a member number', maxLength: 200 })
  @ValidateIf(isGiven)
  @IsString()
  @Length(1, 200)
  title?: string;

  @ApiPropertyOptional({ description: whereOwn, enum: auditedKinds, example: 'profile' })
  @ValidateIf(isGiven)
  @IsIn(auditedKinds)
  of?: AuditedKind;

  @ApiPropertyOptional({ description: whereOwn, enum: faultKinds, example: 'missing' })
  @ValidateIf(isGiven)
  @IsIn(faultKinds)
  fault?: FaultKind;

  @ApiPropertyOptional({
    description: 'A condition that faulty records meet. Exactly one of when, format, compare, stale, sameAs, varies.',
    type: Object,
    example: { field: 'traits.memberNumber', is: 'missing' },
  })
  @IsOptional()
  @IsObject()
  when?: Condition;

  @ApiPropertyOptional({ type: FormatTestDto, description: 'Fields that are there, and not of this format.' })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => FormatTestDto)
  format?: FormatTestDto;

  @ApiPropertyOptional({ type: CompareTestDto, description: 'One number or time is greater or less than another.' })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => CompareTestDto)
  compare?: CompareTestDto;

  @ApiPropertyOptional({ description: 'Values that are older than the limit of their trait.', example: true })
  @IsOptional()
  @Equals(true)
  stale?: true;

  @ApiPropertyOptional({
    type: [String],
    description: 'Other records have the same in all of these fields, letters and spaces aside.',
    example: ['name', 'postcode'],
  })
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(5)
  @Length(path.minLength, path.maxLength, { each: true })
  sameAs?: string[];

  @ApiPropertyOptional({ type: VariesTestDto, description: 'Records that share one field differ in another.' })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => VariesTestDto)
  varies?: VariesTestDto;
}

export class AuditRuleDto extends PutAuditRuleDto implements AuditRuleState {
  @ApiProperty({ example: 'member-number' }) slug!: string;
  @ApiProperty({ example: 'Members without a member number' }) declare title: string;
  @ApiProperty({ enum: auditedKinds, example: 'profile' }) declare of: AuditedKind;
  @ApiProperty({ enum: faultKinds, example: 'missing' }) declare fault: FaultKind;
  @ApiProperty({ example: true }) declare enabled: boolean;
  @ApiProperty({ enum: severities, example: 'warning' }) declare severity: Severity;
  @ApiProperty({ example: 0 }) declare tolerance: number;
  @ApiProperty({ description: 'Part of Millrace: it can be switched off and limited.', example: false })
  builtIn!: boolean;
  @ApiProperty({ description: 'Raised by every change; 0: built in, and nothing was changed.', example: 3 })
  revision!: number;
  @ApiPropertyOptional({ type: ChangeAuditRuleDto, description: 'What was changed of a built-in rule.' })
  limits?: ChangeAuditRuleDto;
}

export class AuditRuleListDto {
  @ApiProperty({ type: [AuditRuleDto] }) data!: AuditRuleDto[];
  @ApiProperty({ type: String, nullable: true, example: null }) next!: string | null;
}
