import { ApiProperty, ApiPropertyOptional, PartialType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsNumber,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { slugMessage, slugPattern } from '../slug.ts';
import type { RuleConditions } from './rule.schema.ts';

const duration = /^\d{1,6}(s|min|h|d|w)$/;
const durationMessage = (field: string, example: string): string => `${field} must be a time such as ${example}`;

export class ConditionsDto implements RuleConditions {
  @ApiPropertyOptional({ description: 'The last run failed.', example: true })
  @IsOptional()
  @IsBoolean()
  failed?: boolean;

  @ApiPropertyOptional({ description: 'A scheduled run did not happen.', example: true })
  @IsOptional()
  @IsBoolean()
  overdue?: boolean;

  @ApiPropertyOptional({ description: 'A full read found nothing where the last one found rows.', example: true })
  @IsOptional()
  @IsBoolean()
  nothingRead?: boolean;

  @ApiPropertyOptional({ description: 'Fields of the source are new or changed.', example: true })
  @IsOptional()
  @IsBoolean()
  drift?: boolean;

  @ApiPropertyOptional({ description: 'A run waits for approval.', example: true })
  @IsOptional()
  @IsBoolean()
  held?: boolean;

  @ApiPropertyOptional({ description: "More than this share of a run's rows was rejected.", example: 0.05 })
  @IsOptional()
  @IsNumber()
  @Min(0)
  @Max(0.999999)
  rejectShare?: number;

  @ApiPropertyOptional({ description: 'The data that arrived is older than this.', example: '2h' })
  @IsOptional()
  @Matches(duration, { message: durationMessage('lag', '90min or 2h') })
  lag?: string;

  @ApiPropertyOptional({
    description: 'A trigger failed three times in a row, or gave a firing up within the last hour.',
    example: true,
  })
  @IsOptional()
  @IsBoolean()
  triggerFailing?: boolean;

  @ApiPropertyOptional({
    description: 'A limit holds a trigger, or held a firing of it within the last hour.',
    example: true,
  })
  @IsOptional()
  @IsBoolean()
  triggerHeld?: boolean;

  @ApiPropertyOptional({
    description:
      'Requests of people (export, erase, restrict) are not finished, and due within three days or late. One alert for all of them.',
    example: true,
  })
  @IsOptional()
  @IsBoolean()
  privacyDue?: boolean;
}

export class PutRuleDto {
  @ApiPropertyOptional({ description: 'Default: the slug.', example: 'Nightly imports', maxLength: 100 })
  @IsOptional()
  @IsString()
  @Length(1, 100)
  name?: string;

  @ApiPropertyOptional({ description: 'Default: true.', example: true })
  @IsOptional()
  @IsBoolean()
  enabled?: boolean;

  @ApiProperty({ type: ConditionsDto, example: { failed: true, overdue: true, rejectShare: 0.05, lag: '2h' } })
  @IsObject()
  @ValidateNested()
  @Type(() => ConditionsDto)
  on!: ConditionsDto;

  @ApiPropertyOptional({ type: [String], description: 'Only syncs with one of these labels.', example: ['shop'] })
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @IsString({ each: true })
  @MaxLength(100, { each: true })
  labels?: string[];

  @ApiPropertyOptional({
    type: [String],
    description: 'Only these syncs (ids or slugs), besides those with the labels. Neither: all syncs.',
    example: ['shop-customers'],
  })
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @IsString({ each: true })
  @Length(1, 100, { each: true })
  syncs?: string[];

  @ApiPropertyOptional({
    type: [String],
    description: 'Only these triggers (slugs), of what is asked about triggers. Default: all.',
    example: ['abandoned-carts'],
  })
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  @IsString({ each: true })
  @Length(1, 63, { each: true })
  triggers?: string[];

  @ApiProperty({ type: [String], description: 'Channels (ids or slugs).', example: ['on-call'] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  @ArrayUnique()
  @IsString({ each: true })
  @Length(1, 100, { each: true })
  to!: string[];

  @ApiPropertyOptional({
    description: 'How long is waited for further syncs before the first message. Default: 30s.',
    example: '30s',
  })
  @IsOptional()
  @Matches(duration, { message: durationMessage('wait', '30s') })
  wait?: string;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    description: 'How often is reminded of what is still open; null: never. Default: 24h.',
    example: '24h',
  })
  @ValidateIf((_, value) => value !== undefined && value !== null)
  @Matches(/^(\d{1,6}(min|h|d|w))$/, { message: durationMessage('repeat', '24h') })
  repeat?: string | null;
}

export class CreateRuleDto extends PutRuleDto {
  @ApiProperty({ description: 'A name for URLs.', example: 'nightly-imports', pattern: slugPattern.source })
  @Matches(slugPattern, { message: slugMessage })
  slug!: string;
}

export class ChangeRuleDto extends PartialType(PutRuleDto, { skipNullProperties: false }) {}
